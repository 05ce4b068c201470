"""Starts the emulator with three changes, each named in emulator-gaps.ts.

Its clock can be moved: what `time.time()` and `datetime.now()` answer in this process is shifted by the number of seconds in the
file HEARTH_CLOCK_OFFSET_FILE; timers and sleeps keep to real time. Schedules are looked at every second. A route without
path parameters hands its function an event without `pathParameters`, as on AWS, not one that holds null.
"""

import datetime
import os
import time

_offset_file = os.environ["HEARTH_CLOCK_OFFSET_FILE"]
_real_time = time.time


def _virtual_time() -> float:
    with open(_offset_file, encoding="ascii") as file:
        return _real_time() + float(file.read())


class _VirtualDatetime(datetime.datetime):
    @classmethod
    def now(cls, tz=None):
        return cls.fromtimestamp(_virtual_time(), tz)

    @classmethod
    def utcnow(cls):
        return cls.now(datetime.timezone.utc).replace(tzinfo=None)


time.time = _virtual_time
datetime.datetime = _VirtualDatetime

from ministack.services import lambda_svc, scheduler  # noqa: E402 (the clock comes first)

scheduler._SCHEDULE_TICK_INTERVAL = 1

_execute = lambda_svc._execute_function_with_config_scope


def _execute_with_event_of_aws(function, event, *rest, **options):
    if isinstance(event, dict) and event.get("version") == "2.0" and event.get("pathParameters", "") is None:
        del event["pathParameters"]
    return _execute(function, event, *rest, **options)


lambda_svc._execute_function_with_config_scope = _execute_with_event_of_aws

from ministack.app import main  # noqa: E402

main()

"""Starts the emulator with seven changes, each named in emulator-gaps.ts.

Its clock can be moved: what `time.time()` and `datetime.now()` answer in this process is shifted by the number of seconds in the
file HEARTH_CLOCK_OFFSET_FILE; timers and sleeps keep to real time. Schedules are looked at every second. A route without
path parameters hands its function an event without `pathParameters`, as on AWS, not one that holds null. An error that a function
throws keeps its name, by which state machines retry; and where a state waits for a token, the failure of its function fails the state. Records of a stream
of which a function says that it did not get through them are given to it again, together with the rest of their batch. An alarm on one
metric with its gaps filled is stored as an alarm on that metric.
"""

import datetime
import os
import re
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

from ministack.core import lambda_runtime  # noqa: E402 (the clock comes first)
from ministack.services import lambda_svc, scheduler, stepfunctions  # noqa: E402
from ministack.services.cloudformation import provisioners  # noqa: E402

scheduler._SCHEDULE_TICK_INTERVAL = 1

_message_alone = "error: String(err.message || err), trace"
if lambda_runtime._NODEJS_WORKER_SCRIPT.count(_message_alone) != 1:
    raise RuntimeError("the emulator says otherwise than before what a function threw: see launch.py")
lambda_runtime._NODEJS_WORKER_SCRIPT = lambda_runtime._NODEJS_WORKER_SCRIPT.replace(
    _message_alone, "error: (err.name || 'Error') + ': ' + (err.message || err), trace"
)
_named = re.compile(r"([A-Za-z][\w.]*): ")

_execute = lambda_svc._execute_function


def _execute_as_on_aws(function, event):
    if isinstance(event, dict) and event.get("version") == "2.0" and event.get("pathParameters", "") is None:
        del event["pathParameters"]
    result = _execute(function, event)
    body = result.get("body")
    if not isinstance(body, dict):
        return result
    if result.get("error") and body.get("errorType") == "Runtime.HandlerError":
        name = _named.match(body.get("errorMessage", ""))
        if name is not None:
            body.update(errorType=name[1], errorMessage=body["errorMessage"][name.end() :])
    # A batch that failed as a whole is the one thing that the emulator gives again.
    if body.get("batchItemFailures"):
        return {**result, "error": True, "body": {"errorType": "BatchItemFailures", "errorMessage": "to be given again"}}
    return result


lambda_svc._execute_function = _execute_as_on_aws

_call_lambda = stepfunctions._call_lambda


def _call_lambda_and_tell(function, event):
    """The emulator forgets the failure of a function that was given a token, and the execution would wait for ever."""
    try:
        return _call_lambda(function, event)
    except stepfunctions._ExecutionError as failure:
        waiting = stepfunctions._task_tokens.get(event.get("taskToken")) if isinstance(event, dict) else None
        if waiting is not None and not waiting["event"].is_set():
            waiting["error"] = {"Error": failure.error, "Cause": failure.cause}
            waiting["event"].set()
        raise


stepfunctions._call_lambda = _call_lambda_and_tell

_alarm_record = provisioners._cw_metric_alarm_record


def _alarm_without_math(name, props):
    """The emulator refuses an alarm on an expression. It acts on no alarm, so what is kept of one is its metric."""
    metrics = props.get("Metrics") or []
    stats = [metric["MetricStat"] for metric in metrics if "MetricStat" in metric]
    if not metrics:
        return _alarm_record(name, props)
    if len(stats) != 1 or len(metrics) != 2:
        raise ValueError(f"{name}: an alarm on anything but one metric with its gaps filled: see launch.py")
    metric = stats[0]["Metric"]
    others = {key: value for key, value in props.items() if key != "Metrics"}
    return _alarm_record(name, {**others, **metric, "Period": stats[0]["Period"], "Statistic": stats[0]["Stat"]})


provisioners._cw_metric_alarm_record = _alarm_without_math

from ministack.app import main  # noqa: E402

main()

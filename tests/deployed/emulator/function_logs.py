"""Prints what the functions logged as errors, and every mention of a call that IAM refused, from the emulator's CloudWatch Logs."""

import json

import botocore.session


def is_trouble(message: str) -> bool:
    if "AccessDenied" in message:
        return True
    try:
        return json.loads(message).get("level") in ("ERROR", "CRITICAL")
    except (ValueError, AttributeError):
        return False


logs = botocore.session.get_session().create_client("logs")
for page in logs.get_paginator("describe_log_groups").paginate():
    for group in page["logGroups"]:
        name = group["logGroupName"]
        for found in logs.get_paginator("filter_log_events").paginate(logGroupName=name):
            for event in found["events"]:
                if is_trouble(event["message"]):
                    print(f"{name}: {event['message'].strip()}")

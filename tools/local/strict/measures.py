"""What of a call each limit of limits.json measures; None where it does not apply. Names are the API's own."""
import json

from ministack.services import apigateway, iam, lambda_svc, s3, sqs


def _environment(call):
    variables = (call.get("Environment") or {}).get("Variables")
    return len(json.dumps(variables, separators=(",", ":"), default=str).encode()) if variables else None


def _number(name):
    return lambda call: int(call[name]) if call.get(name) is not None else None


def _text(name):
    return lambda call: call.get(name)


def _length(name):
    return lambda call: len(call[name]) if isinstance(call.get(name), str) else None


def _bytes_of(*names):
    def measured(call):
        sizes = [len(call[name].encode()) for name in names if isinstance(call.get(name), str)]
        return max(sizes, default=None)

    return measured


def _workers(call):
    most = (call.get("ScalingConfig") or {}).get("MaximumConcurrency")
    return int(most) if most is not None else None


def _queue_of(call):
    arn = call.get("EventSourceArn") or ""
    return sqs._queue_by_arn(arn) if ":sqs:" in arn else None


def _timeout_and_visibility(call):
    queue = _queue_of(call)
    function = lambda_svc._functions.get(str(call.get("FunctionName", "")).rsplit(":", 1)[-1])
    if not queue or not function:
        return None
    return int(function["config"].get("Timeout", 3)), int(queue["attributes"].get("VisibilityTimeout", 30))


def _batch_without_window(call):
    if not _queue_of(call) or call.get("MaximumBatchingWindowInSeconds"):
        return None
    return int(call.get("BatchSize") or 10)


def _objects_in_bucket(call):
    bucket = s3._buckets.get(call["PhysicalId"])
    return len(bucket["objects"]) + bool(s3._bucket_has_versions(call["PhysicalId"])) if bucket else None


def _message_size(call):
    size = len(str(call.get("MessageBody", "")).encode())
    for name, value in (call.get("MessageAttributes") or {}).items():
        size += sum(len(str(part).encode()) for part in (name, *value.values()))
    return size


def _delay(call):
    # Negative ones are refused alike.
    delay = _number("DelaySeconds")(call)
    return None if delay is None else abs(delay) if delay >= 0 else 900 - delay


def _entries_size(call):
    sized = ("Source", "DetailType", "Detail")
    entries = call.get("Entries") or []
    text = (len(str(entry.get(name) or "").encode()) for entry in entries for name in sized)
    resources = (len(arn.encode()) for entry in entries for arn in entry.get("Resources") or [])
    # The instant counts fourteen bytes where it is given.
    return sum(text) + sum(resources) + sum(14 for entry in entries if entry.get("Time"))


def _policy_size(document):
    text = document if isinstance(document, str) else json.dumps(document or {})
    return len("".join(text.split()))


def _inline_policies(call):
    if call.get("Policies"):
        return sum(_policy_size(policy.get("PolicyDocument")) for policy in call["Policies"])
    roles = [call["RoleName"]] if call.get("RoleName") else call.get("Roles") or []
    name = call.get("PolicyName")
    sizes = []
    for role in roles:
        there = (iam._roles.get(role) or {}).get("InlinePolicies", {})
        others = sum(_policy_size(policy) for other, policy in there.items() if other != name)
        sizes.append(others + _policy_size(call.get("PolicyDocument")))
    return max(sizes, default=None)


def _managed_policy(call):
    return _policy_size(call.get("PolicyDocument"))


def _routes(call):
    if call.get("PhysicalId"):
        return None
    return len(apigateway._routes.get(call.get("ApiId"), {})) + 1


MEASURES = {
    "lambda-environment": _environment,
    "lambda-timeout": _number("Timeout"),
    "lambda-queue-visibility": _timeout_and_visibility,
    "lambda-batch-window": _batch_without_window,
    "lambda-workers-least": _workers,
    "lambda-workers-most": _workers,
    "s3-bucket-not-empty": _objects_in_bucket,
    "sqs-delay": _delay,
    "sqs-message-size": _message_size,
    "sqs-attributes": lambda call: len(call.get("MessageAttributes") or {}),
    "events-entries-size": _entries_size,
    "scheduler-name": _text("Name"),
    "scheduler-group-name": _text("GroupName"),
    "scheduler-expression": _text("ScheduleExpression"),
    "iam-inline-policies": _inline_policies,
    "iam-managed-policy": _managed_policy,
    "logs-group-name": _text("LogGroupName"),
    "secretsmanager-size": _bytes_of("SecretString"),
    "cloudwatch-alarm-description": _length("AlarmDescription"),
    "cloudformation-resources": lambda template: len(template.get("Resources") or {}),
    "cloudformation-outputs": lambda template: len(template.get("Outputs") or {}),
    "apigateway-routes": _routes,
    "apigateway-payload": lambda call: call["Bytes"],
}

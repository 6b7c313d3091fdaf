"""ministack 1.5.33 with its gaps closed, so that what runs here runs the same way on AWS.

Each block names the gap it closes. The version is pinned by hash in requirements.txt, so the private names below
hold; a new version that renames one fails here, at start, and not in the middle of a test.
"""
import functools
import http.client
import json
import logging
import os
import signal
import sys
import threading
import time
from email.utils import parseaddr

import ministack.app as app
from ministack.core import iam_actions, lambda_runtime
from ministack.core.responses import get_account_id, get_region
from ministack.services import dynamodb, eventbridge, lambda_svc, scheduler, secretsmanager, ses, ses_v2
from ministack.services.cloudformation import provisioners

# Its own modules, in strict/: what AWS refuses and an emulator would let pass. Importing them is enough.
from strict import chains, control, limits, stack_limits, throttling  # noqa: F401
from strict.replaces import replaces


# --- Clocks: at(), rate() and cron() fire within a second instead of ten.
assert scheduler._SCHEDULE_TICK_INTERVAL == eventbridge._SCHEDULER_TICK_INTERVAL == 10
scheduler._SCHEDULE_TICK_INTERVAL = eventbridge._SCHEDULER_TICK_INTERVAL = 1


# --- Event bus: SES itself publishes with source aws.ses, which PutEvents refuses. Only the SES front sends those.
@replaces(eventbridge, "_put_events")
def _put_events(original, data, allow_aws_source=False):
    return original(data, True)


# --- Streams: a batch answered with batchItemFailures has failed, where the mapping asks for such answers.
@replaces(lambda_svc, "_execute_function")
def _execute_function(original, func, event):
    result = original(func, event)
    body = result.get("body")
    if not result.get("error") and isinstance(body, dict) and body.get("batchItemFailures") and _reports_items(event):
        return {**result, "error": True, "body": {"errorType": "PartialFailure", "errorMessage": json.dumps(body)}}
    return result


def _reports_items(event):
    source = event["Records"][0] if isinstance(event, dict) and event.get("Records") else {}
    return source.get("eventSource") == "aws:dynamodb" and any(
        mapping.get("EventSourceArn") == source.get("eventSourceARN")
        and "ReportBatchItemFailures" in (mapping.get("FunctionResponseTypes") or [])
        for mapping in lambda_svc._esms.values()
    )


# --- Streams: saved positions point into records that are not saved; without a reset new records would be lost.
@replaces(lambda_svc, "load_persisted_state")
def _load_lambda_state(original, data):
    original({**data, "dynamodb_stream_positions": {}})


# --- Streams: read in a thread of their own; in the common one, every queue would wait while `publish` runs.
_poll_streams, lambda_svc._poll_dynamodb_streams = lambda_svc._poll_dynamodb_streams, lambda: False


def _read_streams():
    while True:
        try:
            busy = _poll_streams()
        except Exception:
            logging.exception("Reading the streams failed")
            busy = False
        if not busy:
            time.sleep(0.02)


# --- Functions: a handler that logs nothing is waited for 5 ms, not 50, in case it still does.
assert lambda_runtime.Worker._drain_stderr_bounded.__defaults__ == (0.050, 0.005, 0.250)
lambda_runtime.Worker._drain_stderr_bounded.__defaults__ = (0.005, 0.002, 0.250)

# --- Tables: CloudFormation ignores the TTL of a template, and any change to a table without a name replaced it.
_TABLE = provisioners._RESOURCE_HANDLERS["AWS::DynamoDB::GlobalTable"]


@replaces(provisioners, "_ddb_global_table_create")
def _create_table(original, logical_id, props, stack):
    return _with_ttl(original(logical_id, props, stack), props)


@replaces(provisioners, "_ddb_global_table_update")
def _update_table(original, physical_id, old, new, stack):
    old, new = {**old, "TableName": physical_id}, {**new, "TableName": physical_id}
    return _with_ttl(original(physical_id, old, new, stack), new)


def _with_ttl(made, props):
    if ttl := props.get("TimeToLiveSpecification"):
        dynamodb._update_ttl({"TableName": made[0], "TimeToLiveSpecification": ttl})
    return made


assert set(_TABLE) >= {"create", "update"}
_TABLE["create"] = provisioners._ddb_global_table_create
_TABLE["update"] = provisioners._ddb_global_table_update

# --- Secrets: the Ref of a secret is its ARN (with six random characters), not its name.
_SECRET = provisioners._RESOURCE_HANDLERS["AWS::SecretsManager::Secret"]


def _secret_name(secret_id):
    return secretsmanager._resolve(secret_id)[0] or secret_id


def _create_secret(original, *args):
    _, attributes = original(*args)
    return attributes["Arn"], attributes


def _update_secret(original, physical_id, *args):
    return _create_secret(original, _secret_name(physical_id), *args)


_SECRET["create"] = functools.partial(_create_secret, _SECRET["create"])
_SECRET["update"] = functools.partial(_update_secret, _SECRET["update"])
_SECRET["delete"] = functools.partial(lambda original, arn, props: original(_secret_name(arn), props), _SECRET["delete"])


# --- IAM: loopback is as good as TLS; everything else would trip over "deny insecure transport".
@replaces(app, "pin_request_origin")
def _pin_request_origin(original, source_ip, secure_transport):
    original(source_ip, True)


# --- IAM: a batch of SQS calls is allowed by the right to the single one; there is no action of its own for it.
@replaces(iam_actions, "extract_iam_action")
def _extract_iam_action(original, service, *args):
    action = original(service, *args)
    return action.removesuffix("Batch") if service == "sqs" and action else action


# --- IAM: a schedule belongs to the group it names (body of a create or update, query of the rest).
@replaces(iam_actions, "extract_resource_arn")
def _extract_resource_arn(original, service, method, path, headers, body, query_params, region, account_id):
    arn = original(service, method, path, headers, body, query_params, region, account_id)
    if service != "scheduler" or ":schedule/default/" not in arn:
        return arn
    group = (query_params.get("groupName") or [None])[0] or iam_actions._safe_json_field(body, "GroupName")
    return arn.replace(":schedule/default/", f":schedule/{group or 'default'}/")


# --- IAM: SendEmail is checked on the identity and on the configuration set, raw mail as SendRawEmail.
_SEND = "/v2/email/outbound-emails"


@replaces(app, "_enforce_ses_v2")
def _enforce_ses_v2(original, method, path, headers, body, query_params, request_id):
    if method != "POST" or path.rstrip("/") != _SEND:
        return original(method, path, headers, body, query_params, request_id)
    mail = json.loads(body or b"{}")
    action = "ses:SendRawEmail" if (mail.get("Content") or {}).get("Raw") else "ses:SendEmail"
    prefix = f"arn:aws:ses:{get_region()}:{get_account_id()}"
    resources = [f"{prefix}:identity/{_identity_of(mail.get('FromEmailAddress', ''))}"]
    if mail.get("ConfigurationSetName"):
        resources.append(f"{prefix}:configuration-set/{mail['ConfigurationSetName']}")
    for arn in resources:
        denied = app._enforce_data_plane("sesv2", action, headers, query_params, request_id, arn, named_resource=arn)
        if denied:
            return denied
    return None


def _identity_of(sender):
    address = parseaddr(sender)[1]
    domains = ses._domain_and_parents(address.rpartition("@")[2].lower())
    return next((name for name in [address, *domains] if name in ses_v2._identities), address)


# --- SES: the front (ses-front.ts) asks here whether a mail may go and keeps it itself; nothing piles up in memory.
@replaces(ses_v2, "handle_request")
async def _handle_ses(original, method, path, headers, body, query_params):
    if method != "POST" or path.rstrip("/") != _SEND:
        return await original(method, path, headers, body, query_params)
    mail = json.loads(body or b"{}")
    name = mail.get("ConfigurationSetName")
    if name and name not in ses_v2._config_sets:
        return ses_v2._json_err("NotFoundException", f"Configuration set <{name}> does not exist.", 404)
    destination = mail.get("Destination") or {}
    refusal = ses._message_rejection(mail.get("FromEmailAddress", ""), destination.get("ToAddresses") or [])
    return ses_v2._json_err("MessageRejected", refusal) if refusal else ses_v2.json_response({"MessageId": "allowed"})


# --- HTTP API: the caller's address, cookies as a list, and an error that says nothing, as API Gateway gives them. A rush
# waits for a worker: one process for each of two hundred requests at once would bring a small machine to its knees.
_WORKERS = threading.BoundedSemaphore(4 * (os.cpu_count() or 1))


@replaces(lambda_svc, "_execute_function_with_config_scope")
def _execute_for_gateway(original, func, event):
    request = event.get("requestContext", {}).get("http") if isinstance(event, dict) else None
    if request is None or event.get("version") != "2.0":
        return original(func, event)
    headers = event["headers"]
    if forwarded := headers.get("x-forwarded-for"):
        request["sourceIp"] = forwarded.split(",")[-1].strip()
    if cookies := headers.pop("cookie", None):
        event["cookies"] = cookies.split("; ")
    with _WORKERS:
        result = original(func, event)
    if not (result.get("error") or result.get("throttle")):
        return result
    status = 503 if result.get("throttle") or "timed out" in str(result.get("body")) else 500
    answer = {"message": http.client.responses[status]}
    return {"body": {"statusCode": status, "headers": {"content-type": "application/json"}, "body": json.dumps(answer)}}


def _stop_with_parent():
    """Save and stop when the launcher is gone, however it went: nothing is left behind."""
    launcher = os.getppid()
    while os.getppid() == launcher:
        time.sleep(1)
    os.kill(os.getpid(), signal.SIGTERM)
    time.sleep(10)
    os.killpg(0, signal.SIGKILL)


for work in (_stop_with_parent, _read_streams):
    threading.Thread(target=work, daemon=True).start()
sys.argv = ["ministack"]
app.main()

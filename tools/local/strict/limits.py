"""What AWS refuses by its documented limits and ministack would let pass: the rules of limits.json, before every call.

A rule names the calls it is about (an API's action, or the type of a resource that CloudFormation makes), what is
measured (measures.py), and how AWS answers. docs/local-aws.md has them as a table, and what ministack refuses by itself.
"""
import json
import pathlib
import re
from urllib.parse import parse_qs, unquote

from ministack import app
from ministack.core.responses import error_response_json
from ministack.services import apigateway, iam, sqs

from strict.measures import MEASURES
from strict.replaces import replaces

RULES = json.loads(pathlib.Path(__file__).with_name("limits.json").read_text())
assert {rule["id"] for rule in RULES} == set(MEASURES), "Each limit is measured, and each measure is a limit's"


def refusal(name, call):
    """The first rule that this call breaks, with AWS's sentence, or None."""
    for rule in RULES:
        if name not in rule["calls"]:
            continue
        measured = MEASURES[rule["id"]](call)
        if measured is None:
            continue
        most = rule.get("most")
        if isinstance(measured, tuple):
            measured, most = measured
        broken = (
            not re.fullmatch(rule["pattern"], measured)
            if "pattern" in rule
            else measured < rule["least"] if "least" in rule else measured > most
        )
        if broken:
            sentence = rule["message"].replace("{measured}", str(measured)).replace("{most}", str(most))
            return {**rule, "message": sentence}
    return None


# --- Calls of an API, as its action and its parameters.
_LAMBDA = {"POST functions": "CreateFunction", "POST event-source-mappings": "CreateEventSourceMapping"}


def _call_of(service, method, path, headers, body, query_params):
    target = headers.get("x-amz-target", "").rpartition(".")[2]
    if service == "iam":
        fields = {name: values[0] for name, values in parse_qs((body or b"").decode("utf-8", "replace")).items()}
        return fields.get("Action"), fields
    try:
        call = json.loads(body or b"{}")
    except ValueError:
        return None, {}
    if not isinstance(call, dict):
        return None, {}
    if target:
        return target, {**call, "LogGroupName": call.get("logGroupName")} if service == "logs" else call
    parts = [unquote(part) for part in path.strip("/").split("/")]
    if service == "lambda":
        if method == "PUT" and parts[-1] == "configuration":
            return "UpdateFunctionConfiguration", call
        return _LAMBDA.get(f"{method} {parts[-1]}"), call
    if service == "scheduler" and len(parts) == 2 and method in ("POST", "PUT"):
        if parts[0] == "schedule-groups":
            return "CreateScheduleGroup", {**call, "GroupName": parts[1]}
        return f"{'Create' if method == 'POST' else 'Update'}Schedule", {**call, "Name": parts[1]}
    if service == "apigateway" and method == "POST" and parts[:2] == ["v2", "apis"] and parts[3:] == ["routes"]:
        return "CreateRoute", {**call, "ApiId": parts[2]}
    return None, {}


def _answer(service, rule):
    if service == "iam":
        return iam._error(rule["status"], rule["code"], rule["message"])
    return error_response_json(rule["code"], rule["message"], rule["status"])


def _in_front_of(service):
    inner = app.SERVICE_HANDLERS[service]

    async def handle(method, path, headers, body, query_params):
        action, call = _call_of(service, method, path, headers, body, query_params)
        rule = refusal(f"{service}:{action}", call) if action else None
        return _answer(service, rule) if rule else await inner(method, path, headers, body, query_params)

    app.SERVICE_HANDLERS[service] = handle


CALLS = {name for rule in RULES for name in rule["calls"]}
for _service in {name.split(":")[0] for name in CALLS if re.match("[a-z-]+:[A-Z]", name)} - {"sqs", "execute-api"}:
    _in_front_of(_service)


# --- SQS: inside, so that a batch gives back the entries that are wrong.
@replaces(sqs, "_act_send_message")
def _send_message(original, data, queue_url):
    if rule := refusal("sqs:SendMessage", data):
        raise sqs._Err(rule["code"], rule["message"], rule["status"])
    return original(data, queue_url)


sqs._HANDLERS["SendMessage"] = sqs._act_send_message


# --- HTTP API: what is too large never reaches the function.
@replaces(apigateway, "handle_execute")
async def _execute(original, api_id, stage, path, method, headers, body, query_params, **rest):
    if rule := refusal("execute-api:Invoke", {"Bytes": len(body or b"")}):
        return rule["status"], {"Content-Type": "application/json"}, json.dumps({"message": rule["message"]}).encode()
    return await original(api_id, stage, path, method, headers, body, query_params, **rest)

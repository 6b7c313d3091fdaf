"""Recursive-loop detection over SQS, as Lambda does it.

AWS, "Use Lambda recursive loop detection to prevent infinite loops" (docs.aws.amazon.com/lambda/latest/dg/
invocation-recursion.html, read 2026-11-30): services annotate what they send to Lambda by X-Ray's tracing header; the
function's SDK (JavaScript: 3.105.0 or newer) passes it on, tracing or not; after about 16 runs of one function in one
chain the next is not begun. The event source mapping gets a RecursiveInvocationException, which is a receive like any
other, and the message is tried and refused again until maxReceiveCount sends it to the queue's dead letters. SQS, SNS,
S3 and Lambda take part; whatever goes through DynamoDB, EventBridge or Scheduler begins a new chain. A message that is
received again has the header it was sent with, so that redelivery makes no chain longer.

How the header counts is not documented ("Lineage"). Ours is `Lineage=<function>:<runs>|<function>:<runs>`. For a batch
the longest of its messages' chains counts: AWS does not say which, and this one refuses soonest.
"""
import contextvars
import hashlib
import re
import secrets
import time

from ministack.services import lambda_svc, sqs
from ministack.services.cloudformation import provisioners

from strict.replaces import replaces

_TRACE_HEADER = "x-amzn-trace-id"
_LINEAGE = re.compile(r"(?:^|;)Lineage=([0-9a-z:|]+)")

# What a function is run with, and what the sender of a message was run with.
_running = contextvars.ContextVar("lineage of this run", default={})
_sending = contextvars.ContextVar("trace header of this SendMessage", default=None)

dropped = {}
longest = {}


def _lineage_of(header):
    found = _LINEAGE.search(header or "")
    hops = (hop.split(":") for hop in found.group(1).split("|")) if found else ()
    return {name: int(runs) for name, runs in hops}


def _key(function_name):
    return hashlib.sha256(function_name.encode()).hexdigest()[:8]


# The header of a run: what came in, one run of this function longer.
@replaces(lambda_svc, "_xray_trace_id_for_invocation")
def _header_of_run(original, config, inbound_trace_header=None):
    lineage = dict(_running.get())
    key = _key(config.get("FunctionName", ""))
    lineage[key] = lineage.get(key, 0) + 1
    root = f"Root=1-{int(time.time()):08x}-{secrets.token_hex(12)};Parent={secrets.token_hex(8)};Sampled=0"
    return f"{root};Lineage={'|'.join(f'{name}:{runs}' for name, runs in lineage.items())}"


# SendMessage and SendMessageBatch keep it with the message; nobody else that puts messages into a queue has one.
@replaces(sqs, "handle_request")
async def _handle_sqs(original, method, path, headers, body, query_params):
    kept = _sending.set(headers.get(_TRACE_HEADER))
    try:
        return await original(method, path, headers, body, query_params)
    finally:
        _sending.reset(kept)


@replaces(sqs, "_build_send_sys_attrs")
def _attributes_of_message(original, now, given):
    attributes = original(now, given)
    if header := _sending.get():
        attributes.setdefault("AWSTraceHeader", header)
    return attributes


# A batch is run as part of its messages' chain, or refused.
@replaces(lambda_svc, "_run_sqs_batch")
def _run_batch(original, mapping, function, event, batch, *queue):
    lineage = {}
    for message in batch:
        for key, runs in _lineage_of((message.get("sys") or {}).get("AWSTraceHeader")).items():
            lineage[key] = max(runs, lineage.get(key, 0))
    name = mapping["FunctionName"]
    runs = lineage.get(_key(name), 0) + 1
    longest[name] = max(runs, longest.get(name, 0))
    # It logs the refusal and counts it in the metric RecursiveInvocationsDropped.
    if lambda_svc._recursive_loop_drop(name, function, runs):
        dropped[name] = dropped.get(name, 0) + 1
        mapping["LastProcessingResult"] = "PROBLEM: RecursiveInvocationException"
        return
    kept = _running.set(lineage)
    try:
        original(mapping, function, event, batch, *queue)
    finally:
        _running.reset(kept)


# The template's RecursiveLoop, which the emulator's CloudFormation passes over.
_FUNCTION = provisioners._RESOURCE_HANDLERS["AWS::Lambda::Function"]


def _create(original, logical_id, props, *rest):
    made = original(logical_id, props, *rest)
    lambda_svc._functions[made[0]]["recursive_loop"] = props.get("RecursiveLoop", "Terminate")
    return made


def _update(original, physical_id, old, new, *rest):
    made = original(physical_id, old, new, *rest)
    lambda_svc._functions[made[0]]["recursive_loop"] = new.get("RecursiveLoop", "Terminate")
    return made


def _around(handlers, name, outer):
    inner = handlers[name]
    handlers[name] = lambda *args: outer(inner, *args)


_around(_FUNCTION, "create", _create)
_around(_FUNCTION, "update", _update)

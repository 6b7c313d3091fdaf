"""Lambda's account concurrency, and what becomes of a queue's batch when there is none left.

AWS, "Handling errors for an SQS event source in Lambda" (docs.aws.amazon.com/lambda/latest/dg/
services-sqs-errorhandling.html, read 2026-11-30): a batch that is throttled is tried again until the queue's visibility
timeout has passed, then let go. It has been received by then, so the queue counts one of maxReceiveCount for it.
"""
import contextvars
import time

from ministack.services import lambda_svc, sqs

from strict.replaces import replaces

_AGAIN_AFTER = 0.2
_AGAIN_AFTER_AT_MOST = 5

_let_go_at = contextvars.ContextVar("when a queue's batch is let go", default=None)

throttled = {}
let_go = {}


@replaces(lambda_svc, "_run_sqs_batch")
def _run_batch(original, mapping, function, event, batch, queue_url, queue_name):
    timeout = int(sqs._queues[queue_url]["attributes"].get("VisibilityTimeout", "30"))
    kept = _let_go_at.set(time.monotonic() + timeout)
    try:
        original(mapping, function, event, batch, queue_url, queue_name)
    finally:
        _let_go_at.reset(kept)


@replaces(lambda_svc, "_execute_function")
def _execute(original, function, event):
    wait = _AGAIN_AFTER
    name = (function.get("config") or function).get("FunctionName", "")
    while (result := original(function, event)).get("throttle"):
        throttled[name] = throttled.get(name, 0) + 1
        until = _let_go_at.get()
        if until is None:
            return result
        if time.monotonic() + wait >= until:
            let_go[name] = let_go.get(name, 0) + 1
            return result
        time.sleep(wait)
        wait = min(2 * wait, _AGAIN_AFTER_AT_MOST)
    return result


def allow(executions):
    """Set how many Lambdas may run at once: ten in a new account."""
    lambda_svc._ACCOUNT_CONCURRENCY_CAP = executions


def allowed():
    return lambda_svc._ACCOUNT_CONCURRENCY_CAP

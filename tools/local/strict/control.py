"""What tests ask and order at /_local: refused runs, longest chains, throttles, and how many Lambdas may run at once."""
import json

from ministack import app

from strict import chains, throttling
from strict.replaces import replaces

_PATH = "/_local"


@replaces(app, "_handle_admin_config_request")
async def _handle(original, path, method, body):
    if path != _PATH:
        return await original(path, method, body)
    if method == "PUT":
        order = json.loads(body)
        throttling.allow(int(order["concurrency"]))
        for counts in (chains.dropped, chains.longest, throttling.throttled, throttling.let_go):
            counts.clear()
    seen = {
        "concurrency": throttling.allowed(),
        "dropped": chains.dropped,
        "longest": chains.longest,
        "throttled": throttling.throttled,
        "letGo": throttling.let_go,
    }
    return 200, {"Content-Type": "application/json"}, json.dumps(seen).encode()

#!/usr/bin/env bash
# ministack 1.5.33 (CloudWatch Logs): a filter pattern for JSON lines finds every line, one that says "either of" finds none.
#
# Seen, over two lines, {"level":"INFO","message":"Swept"} and {"level":"ERROR","message":"Mail failed"}:
#   { $.message = "Swept" }              both lines
#   { $.message = "Nobody said this" }   both lines
#   ?Swept ?Nobody                       no line
#   "Swept"                              the first line, as it should
# CloudWatch takes the first two as conditions on fields, and the third as "any of these words" ("Filter pattern syntax for metric
# filters, subscription filters, filter log events, and Live Tail", CloudWatch Logs User Guide, read in November 2026).
#
# Why it matters to event mail: "did the line that pages somebody appear?" is asked with such a pattern. Here the answer is
# always yes, so a test of an alarm on lost mail passes when nothing was logged; a check that nothing failed is always red.
#
# Exits 1 if any of these answers changes.
set -euo pipefail
folder=$(mktemp -d)
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check ministack==1.5.33 boto3==1.43.106
port=$("$folder/venv/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
GATEWAY_PORT=$port BIND_HOST=127.0.0.1 "$folder/venv/bin/ministack" >"$folder/log" 2>&1 &
server=$!
trap 'kill $server 2>/dev/null || true; wait $server 2>/dev/null || true; rm -rf "$folder"' EXIT
"$folder/venv/bin/python" - "$port" <<'PY'
import json
import sys
import time

import boto3
from botocore.exceptions import EndpointConnectionError

logs = boto3.client(
    "logs",
    endpoint_url=f"http://127.0.0.1:{sys.argv[1]}",
    region_name="eu-west-2",
    aws_access_key_id="test",
    aws_secret_access_key="test",
)
for _ in range(100):
    try:
        logs.describe_log_groups()
        break
    except EndpointConnectionError:
        time.sleep(0.2)
logs.create_log_group(logGroupName="sweep")
logs.create_log_stream(logGroupName="sweep", logStreamName="one")
now = int(time.time() * 1000)
lines = [{"level": "INFO", "message": "Swept"}, {"level": "ERROR", "message": "Mail failed"}]
logs.put_log_events(
    logGroupName="sweep",
    logStreamName="one",
    logEvents=[{"timestamp": now + n, "message": json.dumps(line)} for n, line in enumerate(lines)],
)
expected = {
    '{ $.message = "Swept" }': ["Swept", "Mail failed"],
    '{ $.message = "Nobody said this" }': ["Swept", "Mail failed"],
    "?Swept ?Nobody": [],
    '"Swept"': ["Swept"],
}
seen = {}
for pattern in expected:
    events = logs.filter_log_events(logGroupName="sweep", filterPattern=pattern)["events"]
    seen[pattern] = [json.loads(event["message"])["message"] for event in events]
    print(f"{pattern}: {seen[pattern]}")
sys.exit(0 if seen == expected else 1)
PY

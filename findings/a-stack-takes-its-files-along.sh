#!/usr/bin/env bash
# ministack 1.5.33: DeleteBucket refuses a bucket that holds an object, deleting the stack that made the bucket does not.
#
# Seen: a stack of one bucket, an object put into it. DeleteBucket answers BucketNotEmpty. DeleteStack then succeeds, the
# stack and the bucket with its object are gone. CloudFormation deletes a bucket by the same call as everybody, and the stack
# ends as DELETE_FAILED: "You can only delete empty buckets" (AWS::S3::Bucket, CloudFormation Template Reference, November 2026).
#
# Why it matters to event mail: the bucket holds what organisers uploaded of who came. On AWS taking a stage down stops half-way
# with the table, queues and senders gone and the bucket left; here it never does, so nobody writes the step that empties it.
#
# Exits 1 if that changes.
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
from botocore.exceptions import ClientError, EndpointConnectionError

aws = {
    "endpoint_url": f"http://127.0.0.1:{sys.argv[1]}",
    "region_name": "eu-west-2",
    "aws_access_key_id": "test",
    "aws_secret_access_key": "test",
}
s3, stacks = boto3.client("s3", **aws), boto3.client("cloudformation", **aws)


def refusal(call) -> str:
    try:
        call()
        return "done"
    except ClientError as error:
        return error.response["Error"]["Code"]


def eventually(call, answer: str) -> str:
    for _ in range(100):
        seen = refusal(call)
        if seen == answer:
            return seen
        time.sleep(0.1)
    return seen


for _ in range(100):
    try:
        s3.list_buckets()
        break
    except EndpointConnectionError:
        time.sleep(0.2)
template = {"Resources": {"Files": {"Type": "AWS::S3::Bucket", "Properties": {"BucketName": "attendance-reports"}}}}
stacks.create_stack(StackName="stage", TemplateBody=json.dumps(template))
made = eventually(lambda: s3.put_object(Bucket="attendance-reports", Key="report.csv", Body=b"1"), "done")
by_itself = refusal(lambda: s3.delete_bucket(Bucket="attendance-reports"))
stacks.delete_stack(StackName="stage")
stack = eventually(lambda: stacks.describe_stacks(StackName="stage"), "ValidationError")
objects = eventually(lambda: s3.list_objects_v2(Bucket="attendance-reports"), "NoSuchBucket")
print(f"object: {made}; DeleteBucket: {by_itself}; the stack afterwards: {stack}; the bucket: {objects}")
sys.exit(0 if (made, by_itself, stack, objects) == ("done", "BucketNotEmpty", "ValidationError", "NoSuchBucket") else 1)
PY

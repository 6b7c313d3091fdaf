#!/usr/bin/env bash
# moto 5.2.5 (its server, SES v2): the stand-in for SES refuses a sender it never heard of, and lets one send whose domain
# it itself calls unverified; a sender under a subdomain, or with the domain in capitals, it refuses.
#
# Seen, in this order:
#   SendEmail from a@example.org, nothing created          MessageRejected, "Email address not verified a@example.org"
#   CreateEmailIdentity example.org, GetEmailIdentity      VerifiedForSendingStatus: false
#   SendEmail from a@example.org                           accepted, with a MessageId
#   SendEmail from a@news.example.org, a@EXAMPLE.org       MessageRejected
# SES does the opposite in both: until the DKIM records are found the domain may send nothing, and a verified domain stands
# for its subdomains ("Creating and verifying identities in Amazon SES", Developer Guide, read in November 2026).
#
# Why it matters to event mail: between the first deploy and the DNS change lie hours, and every confirmation of those hours
# is refused. A test that creates the identity and sends is green here, so what becomes of those mails is never seen.
#
# Exits 1 if any of these answers changes.
set -euo pipefail
folder=$(mktemp -d)
python3 -m venv "$folder/venv"
"$folder/venv/bin/pip" install --quiet --disable-pip-version-check 'moto[server]==5.2.5' boto3==1.44.8
port=$("$folder/venv/bin/python" -c 'import socket; s = socket.socket(); s.bind(("127.0.0.1", 0)); print(s.getsockname()[1])')
"$folder/venv/bin/moto_server" -H 127.0.0.1 -p "$port" >"$folder/log" 2>&1 &
server=$!
trap 'kill $server 2>/dev/null || true; wait $server 2>/dev/null || true; rm -rf "$folder"' EXIT
"$folder/venv/bin/python" - "$port" <<'PY'
import sys
import time

import boto3
from botocore.exceptions import ClientError, EndpointConnectionError

ses = boto3.client(
    "sesv2",
    endpoint_url=f"http://127.0.0.1:{sys.argv[1]}",
    region_name="eu-west-2",
    aws_access_key_id="test",
    aws_secret_access_key="test",
)
CONTENT = {"Simple": {"Subject": {"Data": "Your place"}, "Body": {"Text": {"Data": "is confirmed."}}}}


def send(sender: str) -> str:
    try:
        ses.send_email(FromEmailAddress=sender, Destination={"ToAddresses": ["b@example.org"]}, Content=CONTENT)
        answer = "accepted"
    except ClientError as error:
        answer = error.response["Error"]["Code"]
    print(f"{sender}: {answer}")
    return answer


for _ in range(100):
    try:
        ses.list_email_identities()
        break
    except EndpointConnectionError:
        time.sleep(0.2)
unknown = send("a@example.org")
ses.create_email_identity(EmailIdentity="example.org")
verified = ses.get_email_identity(EmailIdentity="example.org")["VerifiedForSendingStatus"]
print(f"example.org, VerifiedForSendingStatus: {verified}")
seen = [unknown, verified, send("a@example.org"), send("a@news.example.org"), send("a@EXAMPLE.org")]
sys.exit(0 if seen == ["MessageRejected", False, "accepted", "MessageRejected", "MessageRejected"] else 1)
PY

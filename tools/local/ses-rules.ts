import type { Mail } from './ses-events.ts';

/** How SES refuses: status, error type, its sentence. */
export type Refusal = readonly [status: number, type: string, message: string];

const bad = (message: string): Refusal => [400, 'BadRequestException', message];

/** Amazon SES Developer Guide, "Service quotas": recipients per message, and the message after base64 encoding. */
const MOST_RECIPIENTS = 50;
const MOST_BYTES = 40 * 1024 * 1024;
/** SES API v2, "MessageTag" and "MessageHeader"; the lengths of a header are those of the SDK's newest model. */
const TAG = /^[A-Za-z0-9_-]{1,256}$/;
const HEADER_NAME = /^[!-9;-~]{1,126}$/;
const HEADER_VALUE = /^[ -~]{0,995}$/;
const LONGEST_HEADER = 996;

/** What SES finds wrong with a request as it is, whoever sends it; docs/local-aws.md has the page of each rule. */
export function refusalOf(mail: Mail, bytes: number): Refusal | undefined {
  const { ToAddresses, CcAddresses, BccAddresses } = mail.Destination;
  const recipients = [...ToAddresses, ...CcAddresses, ...BccAddresses];
  if (recipients.length === 0) return bad('There are no recipients specified');
  if (recipients.length > MOST_RECIPIENTS) return bad(`Recipient count exceeds ${MOST_RECIPIENTS}.`);
  if (bytes > MOST_BYTES) return bad('Message length is more than 41943040 bytes long.');
  for (const address of [mail.FromEmailAddress, ...recipients, ...mail.ReplyToAddresses]) {
    const wrong = wrongWith(address);
    if (wrong) return bad(wrong);
  }
  if (mail.EmailTags.some(({ Name, Value }) => !TAG.test(Name) || !TAG.test(Value)))
    return bad('Message tags may hold letters, digits, _ and - only, at most 256 of them.');
  const isHeader = ({ Name, Value }: { Name: string; Value: string }) =>
    HEADER_NAME.test(Name) && HEADER_VALUE.test(Value) && Name.length + Value.length <= LONGEST_HEADER;
  return mail.Content.Simple?.Headers.every(isHeader) === false ? bad('Invalid header name or value.') : undefined;
}

/** A quoted string, or anything that may stand outside of one (RFC 5322 §3.2): no special but the dot of "Inc.". */
const NAME = /^(?:"(?:[^"\\]|\\.)*"|[^()<>[\]:;@\\,"])*$/;

/** SES takes one mailbox in ASCII: "SES does not support the SMTPUTF8 extension"; a name beyond ASCII has to be encoded. */
function wrongWith(mailbox: string): string | undefined {
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
  if (/[^\x00-\x7f]/.test(mailbox)) return "Missing final '@domain'";
  // biome-ignore lint/suspicious/noControlCharactersInRegex: that is what is looked for
  if (/[\x00-\x1f\x7f]/.test(mailbox)) return 'Local address contains control or whitespace';
  const [, name = '', address = mailbox] = /^(.*?)\s*<([^<>]*)>$/.exec(mailbox.trim()) ?? [];
  if (!NAME.test(name)) return 'Illegal address';
  return /^[^\s@<>,;:"()]+@[^\s@<>,;:"()]+$/.test(address) ? undefined : "Missing final '@domain'";
}

/** The address of a mailbox, without the name before it. */
export const addressOf = (mailbox: string): string => /<([^<>]*)>$/.exec(mailbox.trim())?.[1] ?? mailbox.trim();

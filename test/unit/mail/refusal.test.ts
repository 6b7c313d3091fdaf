import { SESv2ServiceException } from '@aws-sdk/client-sesv2';
import { describe, expect, test } from 'vitest';
import { outcomeOf } from '#shared/mail/refusal.ts';

const SENDER = { from: 'Rollcall <events@example.org>' };
const NOT_VERIFIED = 'Email address is not verified. The following identities failed the check in region EU-WEST-2';

const said = (name: string, message: string, status = 400) =>
  outcomeOf(
    new SESv2ServiceException({ name, message, $fault: 'client', $metadata: { httpStatusCode: status } }),
    SENDER,
  );

describe('SES says that an address is not verified', () => {
  test.each([
    ['the sender', 'events@example.org', 'sender'],
    ['the sender by name', 'Rollcall <events@example.org>', 'sender'],
    ['the sender in other letters', 'Events@Example.org', 'sender'],
    ['the sender and a recipient', 'ada@example.net, events@example.org', 'sender'],
    ['the sender, and others it has no room for', 'events@example.org...', 'sender'],
    ['a recipient in the sandbox', 'ada@example.net', 'recipient'],
    ['a recipient whose address ends in the sender’s', 'my.events@example.org', 'recipient'],
  ])('%s: the mail stays owed', (_, failed, whom) => {
    expect(said('MessageRejected', `${NOT_VERIFIED}: ${failed}`)).toEqual({
      is: 'barred',
      whom,
      reason: 'MessageRejected',
      says: NOT_VERIFIED,
    });
  });

  test('the bare sentence counts, too', () => {
    expect(said('MessageRejected', 'Email address is not verified.')).toMatchObject({ is: 'barred' });
  });
});

test.each(['Message contains a virus', 'Your message said: Email address is not verified.', 'Address blacklisted.'])(
  'any other rejection is for good: %s',
  (message) => {
    expect(said('MessageRejected', message)).toEqual({ is: 'impossible', reason: 'MessageRejected', says: message });
  },
);

test('the sentence counts in a rejection only: elsewhere it is somebody’s text', () => {
  expect(said('BadRequestException', `${NOT_VERIFIED}: events@example.org`)).toMatchObject({ is: 'impossible' });
});

test.each(['MailFromDomainNotVerifiedException', 'AccountSuspendedException'])(
  '%s holds for everybody we could write to, and passes',
  (name) => {
    expect(said(name, 'No.')).toEqual({ is: 'barred', whom: 'sender', reason: name, says: 'No.' });
  },
);

test.each([
  [
    "User `arn:aws:sts::1:role/x' is not authorized to perform `ses:SendEmail' on resource `arn:aws:ses:eu-west-2:1:identity/ada@example.net'",
    "User `arn:aws:sts::1:role/x' is not authorized to perform `ses:SendEmail' on resource `arn:aws:ses:eu-west-2:1:identity/<address>'",
  ],
  ["Missing final '@domain'", "Missing final '@domain'"],
  ['Invalid header value: <https://example.org/u/secret-token>', 'Invalid header value: <<link>'],
  [
    "Illegal address Ada Example <ada+x@example.net>, (o'hara@example.net)",
    "Illegal address Ada Example <<address>>, (o'<address>)",
  ],
])('what SES says goes to the log without anybody’s address or link: %s', (message, says) => {
  expect(said('AccessDeniedException', message, 403)).toMatchObject({ says });
});

test('what SES says is cut where it goes on and on', () => {
  expect(said('BadRequestException', 'x'.repeat(5000))).toMatchObject({ says: 'x'.repeat(300) });
});

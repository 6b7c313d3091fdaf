import { describe, expect, test } from 'vitest';
import { Mail } from '#tools/local/ses-events.ts';
import { refusalOf } from '#tools/local/ses-rules.ts';

const refused = (given: Record<string, unknown> = {}, bytes = 1000) =>
  refusalOf(
    Mail.parse({
      FromEmailAddress: 'Rollcall <events@example.org>',
      Destination: { ToAddresses: ['ada@example.org'] },
      ...given,
    }),
    bytes,
  );
const from = (FromEmailAddress: string) => refused({ FromEmailAddress });
const to = (...ToAddresses: string[]) => refused({ Destination: { ToAddresses } });
const header = (Name: string, Value: string) => refused({ Content: { Simple: { Headers: [{ Name, Value }] } } });

describe('SES takes', () => {
  test.each([
    'events@example.org',
    'Rollcall <events@example.org>',
    'Acme Inc. <events@example.org>',
    '"Acme, Inc." <events@example.org>',
    '"Ada \\"Countess\\" L" <events@example.org>',
    '=?UTF-8?B?R3LDtsOfZQ==?= <events@example.org>',
  ])('a mail from %s', (sender) => {
    expect(from(sender)).toBeUndefined();
  });

  test('fifty recipients, tags and headers as long as they may be, and 40 MB', () => {
    expect(to(...Array.from({ length: 50 }, (_, n) => `a${n}@example.org`))).toBeUndefined();
    expect(refused({ EmailTags: [{ Name: 'x'.repeat(256), Value: 'Az09_-'.repeat(42) }] })).toBeUndefined();
    expect(header('X-Note', 'x'.repeat(990))).toBeUndefined();
    expect(refused({}, 40 * 1024 * 1024)).toBeUndefined();
  });
});

describe('SES refuses', () => {
  test.each([
    ['an unquoted comma', 'Acme, Inc. <events@example.org>'],
    ['an unquoted colon', 'News: today <events@example.org>'],
    ['an unquoted bracket', 'Rollcall (dev) <events@example.org>'],
    ['a quote that does not end', '"Acme <events@example.org>'],
    ['letters beyond ASCII', 'Größe <events@example.org>'],
    ['letters beyond ASCII in the address', 'büro@example.org'],
    ['a line break', 'A\r\nBcc: eve@example.org <events@example.org>'],
    ['two senders', 'a@example.org, b@example.org'],
    ['no address', 'Rollcall'],
    ['nobody', ''],
  ])('a sender with %s', (_, sender) => {
    expect(from(sender)).toMatchObject([400, 'BadRequestException', expect.any(String)]);
  });

  test.each([
    ['nobody to send to', to()],
    ['51 recipients', to(...Array.from({ length: 51 }, (_, n) => `a${n}@example.org`))],
    ['a recipient that is none', to('ada')],
    ['a reply address that is none', refused({ ReplyToAddresses: ['a@example.org, b@example.org'] })],
    ['an address in a tag', refused({ EmailTags: [{ Name: 'to', Value: 'ada@example.org' }] })],
    ['a long tag', refused({ EmailTags: [{ Name: 'x', Value: 'x'.repeat(257) }] })],
    ['a header named with a colon', header('X:Y', 'x')],
    ['a header with letters beyond ASCII', header('X-Note', 'é')],
    ['a long header', header('X-Note', 'x'.repeat(991))],
    ['more than 40 MB', refused({}, 40 * 1024 * 1024 + 1)],
  ])('%s', (_, refusal) => {
    expect(refusal).toMatchObject([400, 'BadRequestException', expect.any(String)]);
  });
});

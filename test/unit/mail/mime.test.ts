import fc from 'fast-check';
import { type ParsedMail, simpleParser } from 'mailparser';
import { expect, test } from 'vitest';
import { type MimeFields, mimeOf } from '#shared/mail/mime.ts';
import { renderMail } from '#shared/mail/render-mail.ts';
import { anEvent, aRegistration } from '#test/support/builders.ts';
import { aMailView } from '#test/support/mail-view.ts';
import { readCalendar } from '#test/support/read-calendar.ts';

const view = aMailView({
  event: anEvent({ title: 'Sécurité & ordre public – 漢字' }),
  registration: aRegistration({ name: 'Zoë Ångström' }),
});
const aMail = (given: Partial<MimeFields> = {}): MimeFields => ({
  ...renderMail('confirmation', view),
  from: 'Rollcall <events@example.org>',
  to: 'ada@example.org',
  replyTo: 'desk@example.org',
  headers: { 'Auto-Submitted': 'auto-generated' },
  ...given,
});

const bytesOf = async (given: Partial<MimeFields> = {}) => Buffer.from(await mimeOf(aMail(given)));
const read = async (given: Partial<MimeFields> = {}): Promise<ParsedMail> => simpleParser(await bytesOf(given));
/** The raw headers of the mail itself, one line each, by name. */
const headersOf = (bytes: Buffer) => {
  const [head = ''] = bytes.toString('latin1').split('\r\n\r\n');
  return head.replace(/\r\n[ \t]/g, ' ').split('\r\n');
};
const namesOf = (bytes: Buffer) => headersOf(bytes).map((line) => line.split(':')[0]?.toLowerCase());
/** The content types in the order they come: the shape of the mail. */
const shapeOf = (bytes: Buffer) =>
  [...bytes.toString('latin1').matchAll(/^Content-Type: ([^;\r]+)/gim)].map(([, type]) => type);

test('a mail reads back as it was written, in every script', async () => {
  const mail = aMail();
  const parsed = await read();
  expect(parsed.subject).toBe('Your place is confirmed: Sécurité & ordre public – 漢字');
  expect(parsed.text?.trim()).toBe(mail.text.trim());
  expect(parsed.html).toBe(mail.html);
  expect(parsed.from?.value).toEqual([{ name: 'Rollcall', address: 'events@example.org' }]);
  expect(parsed.to).toMatchObject({ value: [{ address: 'ada@example.org' }] });
  expect(parsed.replyTo?.value).toMatchObject([{ address: 'desk@example.org' }]);
  expect(parsed.headers.get('auto-submitted')).toBe('auto-generated');
});

test('the invitation is an alternative to the text, for programs that draw it, and a file for the others', async () => {
  const bytes = await bytesOf();
  expect(shapeOf(bytes)).toEqual([
    'multipart/mixed',
    'multipart/alternative',
    'text/plain',
    'text/html',
    'text/calendar',
    'application/ics',
  ]);
  expect(bytes.toString('latin1')).toMatch(/^Content-Type: text\/calendar; charset=utf-8; method=REQUEST\r$/m);
  const { attachments } = await simpleParser(bytes);
  expect(attachments.find(({ filename }) => filename === 'invite.ics')?.content.toString()).toBe(aMail().calendar?.ics);
  expect(readCalendar(aMail().calendar?.ics ?? '').events[0]?.summary).toBe(view.event.title);
});

test('a cancellation says so in its type, where Gmail looks', async () => {
  const cancelled = aRegistration({
    status: 'cancelled',
    sequence: 2,
    deliveries: { '1@a1': 'sent|1795000000|1|a1b2c3|1' },
  });
  const { calendar } = renderMail('own-cancellation', aMailView({ registration: cancelled }));
  expect((await bytesOf({ ...(calendar && { calendar }) })).toString('latin1')).toContain('method=CANCEL');
});

test('a mail without a calendar is just text and HTML', async () => {
  const { calendar: _, ...plain } = aMail();
  expect(shapeOf(Buffer.from(await mimeOf(plain)))).toEqual(['multipart/alternative', 'text/plain', 'text/html']);
});

test('date and message id are left to SES', async () => {
  expect(namesOf(await bytesOf()).toSorted()).toEqual([
    'auto-submitted',
    'content-type',
    'from',
    'mime-version',
    'reply-to',
    'subject',
    'to',
  ]);
});

test('the same fields make the same bytes', async () => {
  expect(await bytesOf()).toEqual(await bytesOf());
});

test('no line is longer than SMTP takes (RFC 5322 §2.1.1), and all end with CRLF', async () => {
  const text = (await bytesOf({ text: `${'long '.repeat(2000)}\n` })).toString('latin1');
  expect(Math.max(...text.split('\r\n').map((line) => line.length))).toBeLessThanOrEqual(998);
  expect(text.replaceAll('\r\n', '')).not.toMatch(/[\r\n]/);
});

test('the one-click headers of optional mail arrive whole', async () => {
  const stop = `<https://events.example.org/u/${'x'.repeat(90)}>`;
  const { headers } = await read({
    headers: { 'List-Unsubscribe': stop, 'List-Unsubscribe-Post': 'List-Unsubscribe=One-Click' },
  });
  expect(headers.get('list')).toMatchObject({ unsubscribe: { url: stop.slice(1, -1) } });
});

const BREAKS = ['\r\n', '\n', '\r', '\r\n\r\n', '\u2028', '\u0085', '\0'];

test.each(BREAKS.flatMap((end) => (['from', 'to', 'replyTo'] as const).map((field) => [field, end] as const)))(
  'a line break in %s (%j) is no address, and no mail',
  async (field, end) => {
    await expect(bytesOf({ [field]: `ada@example.org${end}Bcc: eve@example.org` })).rejects.toThrow('Not an address');
  },
);

test.each(['ada@example.org, eve@example.org', 'Ada <ada@example.org>', '<ada@example.org>', 'undisclosed:;', ''])(
  'only one bare address is one to send to: %j is none',
  async (to) => {
    await expect(bytesOf({ to })).rejects.toThrow('Not an address');
  },
);

test('a sender named with commas, quotes or dots is still one sender', async () => {
  const parsed = await read({ from: 'Forum, "Sichere" Stadt e.V. <events@example.org>' });
  expect(parsed.from?.value).toEqual([{ name: 'Forum, "Sichere" Stadt e.V.', address: 'events@example.org' }]);
});

test.each(['Bcc', 'to', 'Subject', 'Content-Type', 'MIME-Version', 'X Y', 'X:Y', 'X-A\r\nBcc', '', 'é'])(
  'a header named %j cannot be added',
  async (name) => {
    await expect(bytesOf({ headers: { [name]: 'eve@example.org' } })).rejects.toThrow('Not a header to add');
  },
);

test('whatever is in the subject, the headers or the bodies, the mail keeps its headers and its shape', {
  timeout: 20_000,
}, async () => {
  const plain = await bytesOf({ headers: { 'X-Note': 'x' } });
  const nasty = fc
    .array(
      fc.oneof(
        fc.string({ unit: 'binary' }),
        fc.constantFrom(
          ...BREAKS,
          'Bcc: eve@example.org',
          'Content-Type: text/html',
          '--',
          '----_NmP-',
          '=?utf-8?Q?=0D=0A?=',
          '.',
        ),
      ),
      { minLength: 1, maxLength: 20 },
    )
    .map((parts) => `x${parts.join('')}x`);
  await fc.assert(
    fc.asyncProperty(nasty, async (text) => {
      const bytes = await bytesOf({ subject: text, text, html: text, headers: { 'X-Note': text } });
      expect(namesOf(bytes)).toEqual(namesOf(plain));
      expect((await simpleParser(bytes)).to).toMatchObject({ value: [{ address: 'ada@example.org' }] });
      expect((await simpleParser(bytes)).attachments.map(({ filename }) => filename)).toEqual(
        (await simpleParser(plain)).attachments.map(({ filename }) => filename),
      );
    }),
    { numRuns: 50 },
  );
});

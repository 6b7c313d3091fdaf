import fc from 'fast-check';
import { simpleParser } from 'mailparser';
import { describe, expect, test } from 'vitest';
import { mailboxHeader, readMailbox } from '#shared/mail/mailbox.ts';
import { mimeOf } from '#shared/mail/mime.ts';

const ADDRESS = 'events@example.org';
const headerOf = (name: string) => mailboxHeader({ name, address: ADDRESS });
/** The sender as another program reads it. */
const readBack = async (from: string) => (await simpleParser(`From: ${from}\r\nSubject: x\r\n\r\nHello`)).from?.value;

describe('the name of a sender', () => {
  test.each([
    ['Rollcall', `Rollcall <${ADDRESS}>`],
    ['Acme Events', `Acme Events <${ADDRESS}>`],
    ['Acme, Inc.', `"Acme, Inc." <${ADDRESS}>`],
    ['Rollcall (dev)', `"Rollcall (dev)" <${ADDRESS}>`],
    ['Events: North', `"Events: North" <${ADDRESS}>`],
    ['Ada "Countess" L', `"Ada \\"Countess\\" L" <${ADDRESS}>`],
    ['back\\slash', `"back\\\\slash" <${ADDRESS}>`],
    ['=?UTF-8?B?QQ==?=', `"=?UTF-8?B?QQ==?=" <${ADDRESS}>`],
    ['Größe', `=?UTF-8?B?R3LDtsOfZQ==?= <${ADDRESS}>`],
    ['', ADDRESS],
  ])('%s is written %s', (name, header) => {
    expect(headerOf(name)).toBe(header);
  });

  test('a long one is divided into words of 75 characters at most, and no character is torn apart', async () => {
    const name = 'Gesellschaft für öffentliche Sicherheit 🎓 und Bürgerbeteiligung in Österreich 東京';
    const words = headerOf(name).split(' ').slice(0, -1);
    expect(words.length).toBeGreaterThan(2);
    for (const word of words) {
      expect(word.length).toBeLessThanOrEqual(75);
      expect(word).toMatch(/^=\?UTF-8\?B\?[A-Za-z0-9+/]+=*\?=$/);
    }
    expect(await readBack(headerOf(name))).toEqual([{ name, address: ADDRESS }]);
  });

  test('whatever it is, it is one sender in printable ASCII, read back as it was, and the same in raw mail', async () => {
    const name = fc
      .string({
        unit: fc.oneof(
          fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
          fc.constantFrom(...',.;:@()[]"\\=?'),
        ),
        maxLength: 60,
      })
      .map((text) =>
        text
          .replace(/[<>]/g, '')
          .replace(/[\p{C}\p{Z}]+/gu, ' ')
          .trim()
          .normalize(),
      )
      .filter((text) => text !== '' && !/^"|"$/.test(text));
    await fc.assert(
      fc.asyncProperty(name, async (given) => {
        const header = headerOf(given);
        expect(header).toMatch(/^[\x20-\x7e]+$/);
        expect(await readBack(header)).toEqual([{ name: given, address: ADDRESS }]);
        const plain = { to: 'ada@example.org', replyTo: ADDRESS, subject: 'x', text: 'x', html: 'x', headers: {} };
        const raw = await simpleParser(Buffer.from(await mimeOf({ ...plain, from: `${given} <${ADDRESS}>` })));
        expect(raw.from?.value).toEqual([{ name: given, address: ADDRESS }]);
      }),
      { numRuns: 200 },
    );
  });
});

describe('a sender as people write it', () => {
  test.each([
    ['Acme, Inc. <events@example.org>', 'Acme, Inc.'],
    ['"Acme, Inc." <events@example.org>', 'Acme, Inc.'],
    ['"Ada \\"Countess\\" L" <events@example.org>', 'Ada "Countess" L'],
    ['Forum "Stadt" <events@example.org>', 'Forum "Stadt"'],
    ['"Stadt" und "Land" <events@example.org>', '"Stadt" und "Land"'],
    ['events@example.org', ''],
  ])('%s is named %s', (text, name) => {
    expect(readMailbox(text)).toEqual({ name, address: ADDRESS });
  });

  test('an international host is written in ASCII', () => {
    expect(readMailbox('Events <events@bücher.example>').address).toBe('events@xn--bcher-kva.example');
  });

  test.each([
    'A <events@example.org> <eve@example.org>',
    'A <events@example.org>, B <eve@example.org>',
    'A <events@example.org\r\nBcc: eve@example.org>',
    'A <büro@example.org>',
    '',
  ])('%j is no sender', (text) => {
    expect(() => readMailbox(text)).toThrow('Not an address');
  });

  test('a line break in the name ends no header', () => {
    const header = mailboxHeader(readMailbox('A\r\nBcc: eve@example.org <events@example.org>'));
    expect(header).toBe('"A Bcc: eve@example.org" <events@example.org>');
  });
});

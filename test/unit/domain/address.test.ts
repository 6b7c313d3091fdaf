import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Address, canonicalAddress, keyedHash, mailboxOf, typedAddress } from '#shared/domain/address.ts';

test.each([
  ['ada@example.org', 'ada@example.org'],
  ['  Ada@Example.ORG\n', 'ada@example.org'],
  ['ada+talks@example.org', 'ada+talks@example.org'],
  ['a.d.a@example.org', 'a.d.a@example.org'],
  ["o'brien@example.org", "o'brien@example.org"],
  ['{ada|bob}=!#$%&*/?^_`~-@example.org', '{ada|bob}=!#$%&*/?^_`~-@example.org'],
  ['ada@münchen.example', 'ada@xn--mnchen-3ya.example'],
  ['ada@MÜNCHEN.example', 'ada@xn--mnchen-3ya.example'],
  ['ada@xn--mnchen-3ya.example', 'ada@xn--mnchen-3ya.example'],
  ['ada@straße.example', 'ada@xn--strae-oqa.example'],
  ['ada@例え。テスト', 'ada@xn--r8jz45g.xn--zckzah'],
  ['ada@пример.рф', 'ada@xn--e1afmkfd.xn--p1ai'],
  ['ada@نامه‌ای.com', 'ada@xn--mgba3gch31f060k.com'],
  ['\u200bada@example.org\u200e', 'ada@example.org'],
  ['ad\u200ba@exam\u00adple\u2060.org\ufeff', 'ada@example.org'],
  ['\u202aada@example.org\u202c', 'ada@example.org'],
  ['\u2067ada@example.org\u2069', 'ada@example.org'],
  ['ada\u200d@\u200cexam\u200dple.org\u200d', 'ada@example.org'],
  ['Ada <ada@example.org>', 'ada@example.org'],
  ['"Moreau, Ada" <Ada@example.org>;', 'ada@example.org'],
  ["'ada@example.org' <ada@example.org>", 'ada@example.org'],
  ['<ada@example.org>', 'ada@example.org'],
  ['<mailto:ada@example.org>', 'ada@example.org'],
  ['MailTo:ada@example.org', 'ada@example.org'],
  ['ada@example.org;', 'ada@example.org'],
  [' ada@example.org , ', 'ada@example.org'],
  ['ada@a-1.b2.example.co.uk', 'ada@a-1.b2.example.co.uk'],
  [`${'a'.repeat(64)}@${'abcdefgh.'.repeat(20)}abcde.org`, `${'a'.repeat(64)}@${'abcdefgh.'.repeat(20)}abcde.org`],
  [`${'a'.repeat(64)}@example.org`, `${'a'.repeat(64)}@example.org`],
])('%j is the address %s', (typed, address) => {
  expect(typedAddress(typed)).toBe(address);
});

test.each([
  ['nothing', ''],
  ['no @', 'ada.example.org'],
  ['no mailbox', '@example.org'],
  ['no host', 'ada@'],
  ['a host without a dot', 'ada@localhost'],
  ['two @', 'ada@bob@example.org'],
  ['a quoted mailbox', '"ada l"@example.org'],
  ['a mailbox in another script, which SES does not take', 'адa@example.org'],
  ['a mailbox that starts with a dot', '.ada@example.org'],
  ['a mailbox that ends with a dot', 'ada.@example.org'],
  ['two dots in a row', 'a..b@example.org'],
  ['a mailbox of 65 characters', `${'a'.repeat(65)}@example.org`],
  ['255 characters', `${'a'.repeat(64)}@${'abcdefgh.'.repeat(20)}abcdef.org`],
  ['a host label of 64 characters', `ada@${'a'.repeat(64)}.org`],
  ['an IPv4 address', 'ada@192.0.2.1'],
  ['an address literal', 'ada@[192.0.2.1]'],
  ['a number as top level', 'ada@example.123'],
  ['a host that ends with a dot', 'ada@example.org.'],
  ['a label that starts with a hyphen', 'ada@-example.org'],
  ['a label that ends with a hyphen', 'ada@example-.org'],
  ['a top level that ends with a hyphen', 'ada@example.org-'],
  ['an underscore in the host', 'ada@my_host.example.org'],
  ['two addresses in brackets', 'Ada <ada@example.org>; Bob <bob@example.org>'],
  ['two addresses, one of them in brackets', '<ada@example.org> bob@example.org'],
  ['brackets in brackets', '<<ada@example.org>>'],
  ['a bracket that is not closed', 'Ada <ada@example.org'],
  ['mailto with a subject', 'mailto:ada@example.org?subject=Hi'],
  ['mailto alone', 'mailto:'],
  ['two addresses with a semicolon', 'ada@example.org;bob@example.org'],
  ['longer than anybody pastes', `${'a'.repeat(400)} <ada@example.org>`],
  ['two addresses', 'ada@example.org,bob@example.org'],
  ['two addresses, the first whole', 'ada@example.org, bob'],
  ['a space in the mailbox', 'ada l@example.org'],
  ['a space in the host', 'ada@exam ple.org'],
  ['a port', 'ada@example.org:25'],
  ['a path', 'ada@example.org/inbox'],
  ['a path the other way', 'ada@example.org\\inbox'],
  ['a query', 'ada@example.org?subject=Hi'],
  ['a fragment', 'ada@example.org#top'],
  ['percent encoding', 'ada@ex%61mple.org'],
  ['a line break in the mailbox', 'ada\n@example.org'],
  ['a line break in the host', 'ada@exam\nple.org'],
  ['a second header', 'ada@example.org\r\nBcc: bob@example.org'],
  ['a tab in the host', 'ada@exam\tple.org'],
  ['a null', 'ada@example.org\0'],
  ['a bidi override around it', '\u202eada@example.org\u202c'],
  ['a bidi override', 'ada@\u202egro.elpmaxe'],
  ['a lone surrogate', 'ada@\ud800.org'],
])('%s makes no address', (_, typed) => {
  expect(typedAddress(typed)).toBeUndefined();
  expect(Address.safeParse(typed).error?.issues).toEqual([
    expect.objectContaining({ message: 'Enter an email address like name@example.org' }),
  ]);
});

test('whatever anybody types, an address is printable ASCII, of a length SES takes, and its own canonical form', () => {
  const words = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.constantFrom('ada', 'münchen', 'example.org', '+', '.', '\r\n'),
  );
  const typed = fc.oneof(
    fc.tuple(words, words, words).map(([a, b, c]) => `${a}@${b}.${c}`),
    fc.emailAddress(),
  );
  fc.assert(
    fc.property(typed, (text) => {
      const address = typedAddress(text);
      if (address === undefined) return;
      expect(address).toMatch(/^[!-~]{1,64}@[a-z0-9.-]{4,253}$/);
      expect(address.length).toBeLessThanOrEqual(254);
      expect(typedAddress(address)).toBe(address);
      expect(canonicalAddress(address)).toBe(address);
    }),
    { numRuns: 1000 },
  );
});

test('whatever comes along when an address is pasted, in whatever order, it is that address', () => {
  const unseen = fc.constantFrom(
    '',
    ' ',
    '\u00a0',
    '\n',
    '\u200b',
    '\u200e',
    '\u200f',
    '\u2060',
    '\ufeff',
    '\u00ad',
    '\u200d',
  );
  const names = fc.constantFrom('', 'Ada', '"Moreau, Ada"', 'Zoë Ægir (she/her)', 'ada@example.org', '李小龍');
  const pasted = fc
    .record({ name: names, brackets: fc.boolean(), mailto: fc.boolean(), stop: fc.constantFrom('', ';', ',') })
    .chain(({ name, brackets, mailto, stop }) =>
      fc.array(unseen, { minLength: 4, maxLength: 4 }).map(([a, b, c, d]) => {
        const address = `${mailto ? 'mailto:' : ''}${b}ada@example.org${c}`;
        return brackets ? `${a}${name} <${address}>${d}${stop}` : `${a}${address}${stop}${d}`;
      }),
    );
  fc.assert(
    fc.property(pasted, (text) => {
      expect(typedAddress(text)).toBe('ada@example.org');
    }),
    { numRuns: 1000 },
  );
});

test('plus and dots are one mailbox for the budget', () => {
  const one = ['adal@example.org', 'a.d.a.l@example.org', 'adal+1@example.org', 'ad.al+x+y@example.org'];
  expect(new Set(one.map(mailboxOf))).toEqual(new Set(['adal@example.org']));
  expect(mailboxOf('adal@example.com')).not.toBe(mailboxOf('adal@example.org'));
});

test('a keyed hash differs by key, by part and by where one part ends, and fits a key of the table', () => {
  const hashes = [
    keyedHash('key', 'place', 'e1', 'ada@example.org'),
    keyedHash('other', 'place', 'e1', 'ada@example.org'),
    keyedHash('key', 'place', 'e2', 'ada@example.org'),
    keyedHash('key', 'place', 'e1ada', '@example.org'),
    keyedHash('key', 'place', 'e1', 'ada@example.org', 'ada'),
  ];
  expect(new Set(hashes).size).toBe(hashes.length);
  for (const hash of hashes) expect(hash).toMatch(/^[\w-]{22}$/);
  expect(keyedHash('key', 'place', 'e1', 'ada@example.org')).toBe(hashes[0]);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { PersonName } from '#shared/domain/person-name.ts';

const saidOf = (typed: unknown): string | undefined => PersonName.safeParse(typed).error?.issues[0]?.message;

test.each([
  'Ada Lovelace',
  'Al',
  'X',
  'O’Brien-Smith',
  "Sinéad O'Connor",
  'J.R.R. Tolkien',
  'Sammy Davis, Jr.',
  'Prof.Dr. Jana Nováková',
  'Dr.med.Jürgen von der Größe',
  'Samantha "Sam" Jones',
  'Ada (she/her)',
  'Ada [they/them]',
  'Müller/Schmidt',
  'St.John Smythe',
  'Oliver St.John',
  'Ada & Bob',
  'Björn @ Home',
  'John Smith 3rd',
  'X Æ A-12',
  'Ada 🎁',
  'Anne_Marie',
  'Jean #2',
  'Call 020 7946 0000',
  'Room 4.52',
  'María José (Pepa) Núñez i Gal·la',
  'Łukasz Żółć',
  'Ивана Крстић-Петровић',
  'Ελένη Γλύκατζη-Αρβελέρ',
  'დავით',
  'דוד בן־גוריון',
  'צ׳רלי',
  'علی‌رضا بیرانوند',
  'नरेन्द्र मोदी',
  'ශ්‍රී ලංකා',
  'നന്ദ‌കുമാര്‍',
  'བསྟན་འཛིན་རྒྱ་མཚོ',
  '山田　太郎',
  '葛\u{e0100}',
  '김연아',
  'ᏍᏏᏉᏯ',
])('%s is a name', (name) => {
  expect(PersonName.parse(name)).toBe(name.normalize('NFC'));
});

test.each([
  ['single spaces, and accents on their letters', '  Zoe\u0308 \u00a0 Ball ', 'Zoë Ball'],
  ['no marks of direction at its ends', '\u200eAda Lovelace\u200f', 'Ada Lovelace'],
  ['nothing pasted along before or behind it', '\ufeffAda\u200b\r\n\t', 'Ada'],
  ['nothing in it that nobody sees', 'A\u00adda Love\u200blace', 'Ada Lovelace'],
])('a name is kept with %s', (_, typed, kept) => {
  expect(PersonName.parse(typed)).toBe(kept);
});

describe('whoever is refused reads what to change:', () => {
  test.each([
    ['a link', 'Ada https://evil.example/win', 'https://evil.example/win'],
    ['what looks like one without being one', 'Ada A:://b', 'A:://b'],
    ['a bare domain', 'Win at evil.com', 'evil.com'],
    ['a page of one', 'bit.ly/win now', 'bit.ly/win'],
    ['a domain with a capital', 'Evil.Com', 'Evil.Com'],
    ['a domain in another script', 'Приз на сайт.рф', 'сайт.рф'],
    ['a domain in wide letters', 'ｅｖｉｌ．ｃｏｍ', 'evil.com'],
    ['a domain with an ideographic dot', 'evil。com', 'evil。com'],
    ['a domain with something unseen behind the dot', 'evil.\u200dcom', 'evil.com'],
    ['a host that starts with www', 'www.evil.example', 'www.evil.example'],
    ['a link to write to', 'mailto:ada', 'mailto:ada'],
    ['an address', 'Ada ada@example.org', 'ada@example.org'],
    ['a wide @', 'ada＠example', 'ada@example'],
  ])('%s', (_, typed, link) => {
    expect(saidOf(typed)).toBe(`Your name must not hold a web or email address: take out “${link}”`);
  });

  test.each([
    ['an element', '<b>Ada</b>', '<'],
    ['an address in brackets', 'Ada <ada>', '<'],
    ['a wide element', 'Ada ＞', '＞'],
    ['a link in Markdown', '[Ada](evil)', ']('],
    ['a placeholder', '{{name}}', '{{'],
  ])('%s', (_, typed, sign) => {
    expect(saidOf(typed)).toBe(`Your name must not hold ${sign}: take it out`);
  });

  test.each(['Ada\nBcc: bob', 'Ada\rBcc', 'Ada\u2028Bcc', 'Ada\tLovelace', 'Ada\0B', 'Ada\ud83dB'])('%j', (typed) => {
    expect(saidOf(typed)).toBe('Your name must be one line: take out line breaks, tabs and the like');
  });

  test.each(['Ada \u202eecalevoL', 'Ada \u2066Lovelace', 'Ada\u200fB'])('%j', (typed) => {
    expect(saidOf(typed)).toContain('type it instead of pasting it');
  });

  test.each([undefined, '', ' \u3000 ', '\u3164', '\u{e0041}\u{e0042}', '\u200b', '\ufffd', '?!'])('%j', (typed) => {
    expect(saidOf(typed)).toBe('Enter your name');
  });

  test('101 characters', () => {
    expect(saidOf('a'.repeat(101))).toBe('Your name must be 100 characters or fewer');
    expect(PersonName.parse('𠮷'.repeat(100))).toBe('𠮷'.repeat(100));
  });
});

test('whatever anybody types, what passes is one line without links, markup or a turn of direction, and its own spelling', () => {
  const typed = fc.string({
    unit: fc.oneof(
      fc.constantFrom(
        'A',
        'b',
        ' ',
        '.',
        '-',
        'ж',
        '人',
        '.com',
        '@',
        '<',
        ':',
        '/',
        '\u200b',
        '\u202e',
        '\u200d',
        '\n',
      ),
      fc.string({ unit: 'binary', maxLength: 1 }),
    ),
    maxLength: 12,
  });
  fc.assert(
    fc.property(typed, (text) => {
      const name = PersonName.safeParse(text).data;
      if (name === undefined) return;
      expect(name).not.toMatch(/[\p{Cc}\p{Bidi_C}\p{Zl}\p{Zp}\p{Cs}<>]/u);
      expect(name.normalize('NFKC').replace(/\p{DI}/gu, '')).not.toMatch(
        /\S@\S|\S:\/\/|[\p{L}\p{N}]\.com(?![\p{L}\p{N}\p{M}])/u,
      );
      expect(PersonName.parse(name)).toBe(name);
    }),
    { numRuns: 2000 },
  );
});

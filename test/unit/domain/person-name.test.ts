import fc from 'fast-check';
import { expect, test } from 'vitest';
import { PersonName } from '#shared/domain/person-name.ts';

const isName = (typed: string) => PersonName.safeParse(typed).success;

test.each([
  'Ada Lovelace',
  'Al',
  'O’Brien-Smith',
  "Sinéad O'Connor",
  'J.R.R. Tolkien',
  'J. K. Rowling',
  'Sammy Davis, Jr.',
  'Dr. med. Jürgen von der Größe',
  'Prof. Dame Jocelyn Bell Burnell, Ph.D.',
  'Louis XIV',
  'John Smith 3rd',
  'X Æ A-12',
  'María José (Pepa) Núñez i Gal·la',
  'Þórdís Kolbrún Reykfjörð Gylfadóttir',
  'Nguyễn Thị Minh Khai',
  'Łukasz Żółć',
  'Ивана Крстић-Петровић',
  'Ελένη Γλύκατζη-Αρβελέρ',
  'Արամ Խաչատրյան',
  'შოთა რუსთაველი',
  'דוד בן־גוריון',
  'צ׳רלי',
  'محمد بن سلمان',
  'علی‌رضا بیرانوند',
  'नरेन्द्र मोदी',
  'ශ්‍රී ලංකා',
  'നന്ദ‌കുമാര്‍',
  'รัตนาภรณ์',
  'བསྟན་འཛིན་རྒྱ་མཚོ',
  'អង់គ្លេស',
  '山田　太郎',
  'ジョン・スミス',
  '葛\u{e0100}城',
  '김연아',
  'Kealiʻi Reichel',
  'ᏍᏏᏉᏯ',
  'አበበ ቢቂላ',
])('%s is a name', (name) => {
  expect(PersonName.parse(name)).toBe(name.normalize('NFC'));
});

test('a name is kept trimmed, with single spaces, and its accents on their letters', () => {
  expect(PersonName.parse('  Zoe\u0308 \u00a0 Ball ')).toBe('Zoë Ball');
});

test.each([
  ['a link', 'Ada https://evil.example'],
  ['a bare domain', 'Win at evil.com'],
  ['a domain with a capital', 'Evil.Com'],
  ['a domain in another script', 'Приз на сайт.рф'],
  ['a domain with an accent before the dot', 'exámplé.рф'],
  ['a domain of digits', '4.52'],
  ['a domain in wide letters', 'ｅｖｉｌ．ｃｏｍ'],
  ['a domain with an ideographic dot', 'evil。com'],
  ['a domain with a dot leader', 'evil․com'],
  ['a domain with a joiner behind the dot', 'evil.\u200dcom'],
  ['a domain with a joiner in its last letters', 'evil.c\u200dom'],
  ['a host that starts with www', 'www evil example'],
  ['an IP address', '192.0.2.10'],
  ['an address', 'ada@example.org'],
  ['a wide @', 'ada＠example'],
  ['a path', 'evil/win'],
  ['an element', '<b>Ada</b>'],
  ['a wide element', '＜b＞Ada'],
  ['an entity', '&lt;b&gt;'],
  ['Markdown', '[Ada](evil)'],
  ['Markdown emphasis', '**Ada**'],
  ['a placeholder', '{{name}}'],
  ['a formula', '=HYPERLINK("evil")'],
  ['quotes', 'Ada "Countess" Lovelace'],
  ['an exclamation', 'You have won!'],
  ['an amount', 'Claim £500'],
  ['an emoji', 'Ada 🎁'],
  ['a line break', 'Ada\nBcc: bob'],
  ['a carriage return', 'Ada\rBcc'],
  ['a line separator', 'Ada\u2028Bcc'],
  ['a tab', 'Ada\tLovelace'],
  ['a null', 'Ada\0'],
  ['a bidi override', 'Ada \u202eecalevoL'],
  ['a bidi isolate', 'Ada \u2066Lovelace'],
  ['a right-to-left mark', 'Ada\u200f'],
  ['a soft hyphen', 'A\u00adda'],
  ['a zero-width space', 'A\u200bda'],
  ['a joiner between Latin letters', 'A\u200dda'],
  ['an unseen letter', '\u3164'],
  ['unseen tags', 'Ada\u{e0041}\u{e0042}'],
  ['half a character', 'Ada\ud83d'],
  ['nothing', ''],
  ['spaces', ' \u3000 '],
  ['no letter', '12 - 3'],
  ['101 characters', 'a'.repeat(101)],
])('%s is no name', (_, typed) => {
  expect(isName(typed)).toBe(false);
});

test('100 characters are a name, whatever they take in memory', () => {
  expect(isName('𠮷'.repeat(100))).toBe(true);
});

test('whatever anybody types, what passes is one line without anything that makes a link, markup or a header', () => {
  const typed = fc.string({
    unit: fc.oneof(fc.constantFrom('A', 'b', ' ', '.', '-', 'ж', '人'), fc.string({ unit: 'binary', maxLength: 1 })),
    maxLength: 12,
  });
  fc.assert(
    fc.property(typed, (text) => {
      const name = PersonName.safeParse(text).data;
      if (name === undefined) return;
      // Some type an acute accent for an apostrophe: to Unicode it is a symbol.
      expect(name.replaceAll('´', '')).not.toMatch(
        /[\p{Cc}\p{Bidi_C}\p{Zl}\p{Zp}\p{Cs}\p{Co}\p{S}<>@/:;"[\]{}\\|*_#=%?!]/u,
      );
      expect(name).not.toMatch(/[\p{L}\p{N}]\.[\p{L}\p{N}]{2}/u);
      expect(PersonName.parse(name)).toBe(name);
    }),
    { numRuns: 2000 },
  );
});

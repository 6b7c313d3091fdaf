import fc from 'fast-check';
import { expect, test } from 'vitest';
import type * as z from 'zod';
import { line, paragraphs, requiredLine } from '#shared/domain/text.ts';

const title = requiredLine('Title', 20);
const note = line('Note', 20);
const about = paragraphs('Description', 40);
const saysOf = (schema: z.ZodType, given: unknown) => schema.safeParse(given).error?.issues.map((each) => each.message);

test('a line is trimmed, its spaces single, its accents on their letters', () => {
  expect(title.parse(' \u00a0A  cafe\u0301\u00a0 talk \n')).toBe('A café talk');
});

test('paragraphs keep lines, indents and tabs; line ends of any machine become one kind', () => {
  expect(about.parse('\r\n- one\r\n  - two\n\tthree  four\n')).toBe('- one\n  - two\n\tthree  four');
});

test('lengths count characters as people do, not the memory they take', () => {
  expect(title.parse('🎓'.repeat(20))).toHaveLength(40);
  expect(saysOf(title, '🎓'.repeat(21))).toEqual(['Title must be 20 characters or fewer']);
  expect(saysOf(about, 'a'.repeat(41))).toEqual(['Description must be 40 characters or fewer']);
  expect(title.parse(`${' '.repeat(500)}a`)).toBe('a');
});

test.each([
  ['nothing at all', undefined],
  ['an empty line', ''],
  ['spaces of every kind', ' \u00a0\u2003\u3000'],
  ['only what nobody sees', '\u200d\ufe0f'],
])('a required line asks for itself when it is %s', (_, given) => {
  expect(saysOf(title, given)).toEqual(['Enter title']);
});

test('an optional line may be empty', () => {
  expect(note.parse('  ')).toBe('');
});

test.each([[null], [5], [true], [['a']], [{ a: 1 }]])('%j is no text', (given) => {
  expect(saysOf(title, given)).toEqual(['Title must be text']);
  expect(saysOf(about, given)).toEqual(['Description must be text']);
});

const HIDDEN = {
  'a null': '\0',
  'an escape': '\u001b',
  'a delete': '\u007f',
  'a C1 control': '\u0085',
  'a soft hyphen': '\u00ad',
  'a grapheme joiner': '\u034f',
  'an Arabic letter mark': '\u061c',
  'a Hangul filler': '\u3164',
  'a Mongolian vowel separator': '\u180e',
  'a zero-width space': '\u200b',
  'a left-to-right mark': '\u200e',
  'a line separator': '\u2028',
  'a paragraph separator': '\u2029',
  'a bidi embedding': '\u202a',
  'a bidi override': '\u202e',
  'a word joiner': '\u2060',
  'a bidi isolate': '\u2066',
  'a byte-order mark': '\ufeff',
  'an interlinear anchor': '\ufff9',
  'an unseen tag': '\u{e0041}',
  'half a character': '\ud800',
  'the other half': '\udc00',
};

test.each(Object.entries(HIDDEN))('%s is refused within a line and within paragraphs', (_, hidden) => {
  expect(saysOf(title, `a${hidden}b`)).toEqual(['Title must be one line without hidden characters']);
  expect(saysOf(about, `a${hidden}b`)).toEqual(['Description must not contain hidden characters']);
});

test.each([
  ['a line feed', '\n'],
  ['a carriage return', '\r\n'],
  ['a tab', '\t'],
  ['a vertical tab', '\v'],
])('%s is refused within a line', (_, character) => {
  expect(saysOf(title, `a${character}b`)).toEqual(['Title must be one line without hidden characters']);
});

test.each([
  ['a family, joined', '👩‍👩‍👧'],
  ['a heart of its own colour', '❤️'],
  ['the flag of Scotland', '🏴\u{e0067}\u{e0062}\u{e0073}\u{e0063}\u{e0074}\u{e007f}'],
  ['Persian with a non-joiner', 'می‌خواهم'],
  ['Sinhala with a joiner', 'ශ්‍රී'],
  ['a Japanese name with its own form of a character', '葛\u{e0100}城'],
  ['Arabic and English together', 'ندوة (Webinar) 2026'],
  ['mathematics', '2 × 3 ≠ 7'],
])('%s is text like any other', (_, text) => {
  expect(title.parse(text)).toBe(text);
  expect(about.parse(text)).toBe(text);
});

test('unseen tags do not pass for a flag', () => {
  expect(title.safeParse('a\u{e0067}\u{e0062}\u{e007f}').success).toBe(false);
  expect(title.safeParse('🏴\u{e0067}\u{e0062}').success).toBe(false);
});

test('what passed once passes again unchanged, as it must when it is read back', () => {
  const schemas = [title, note, about];
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), fc.constantFrom(...schemas), (text, schema) => {
      const once = schema.safeParse(text);
      if (once.success) expect(schema.parse(once.data)).toBe(once.data);
    }),
    { numRuns: 1000 },
  );
});

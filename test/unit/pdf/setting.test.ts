import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { fitInto } from '#shared/pdf/fit-into.ts';
import { hanOf } from '#shared/pdf/scripts.ts';
import { type Setting, typeset } from '#shared/pdf/typeset.ts';
import { inVisualOrder } from '#shared/pdf/visual-order.ts';
import { FACES } from '#test/support/guest-site.ts';

const PLAIN: Setting = { strong: false, han: 'simplified' };
const ROOM = { width: 690, height: 86, size: 37 };

const clustersOf = async (text: string, setting = PLAIN) => (await typeset(FACES, text, setting)) ?? [];
const setIn = async (text: string, setting = PLAIN) => [
  ...new Set((await clustersOf(text, setting)).map(({ face }) => face.name)),
];
const pieces = async (text: string) => inVisualOrder(await clustersOf(text)).map((piece) => piece.text);
const linesOf = async (text: string, room = ROOM) =>
  fitInto(await clustersOf(text), room).lines.map((line) => line.map((piece) => piece.text).join(''));

describe('letters are set in the font that has them', () => {
  test.each([
    ['Ada Łukasz Ελένη Ивана नरेन्द्र', ['text']],
    ['محمد بن سلمان', ['arabic']],
    ['علی‌رضا ۲۰۲۶', ['arabic']],
    ['דוד בן־גוריון', ['hebrew']],
    ['Արամ', ['armenian']],
    ['შოთა', ['georgian']],
    ['น้ำผึ้ง', ['thai']],
    ['ジョン・スミス', ['japanese']],
    ['김연아', ['korean']],
    ['陳大文', ['simplified']],
    ['Ada 山田', ['text', 'simplified']],
    ['→ ★ ①', ['japanese']],
  ])('%s', async (text, names) => {
    expect(await setIn(text)).toEqual(names);
  });

  test('strong only where no other script stands beside', async () => {
    const strong = { ...PLAIN, strong: true };
    expect(await setIn('Ada', strong)).toEqual(['strong']);
    expect(await setIn('Ada 김', strong)).toEqual(['text', 'korean']);
  });

  test.each([
    ['Asia/Tokyo', 'japanese'],
    ['Asia/Taipei', 'traditional'],
    ['Europe/London', 'simplified'],
    [undefined, 'simplified'],
  ] as const)('Chinese characters have the forms that people in %s read: %s', async (zone, han) => {
    expect(await setIn('大文', { ...PLAIN, han: hanOf(zone) })).toEqual([han]);
  });

  test('but the text’s own letters tell more', async () => {
    expect(await setIn('大文アリ')).toEqual(['japanese']);
    expect(await setIn('大文 김')).toEqual(['korean']);
    expect(await setIn('大文 ㄅ')).toEqual(['traditional']);
  });

  test('a letter that none has leaves the whole unset, a sign is left out with the space it had', async () => {
    expect(await typeset(FACES, 'Ada ᏍᏏᏉᏯ', PLAIN)).toBeUndefined();
    expect((await clustersOf('🎉 Ada 🎉 B 🎉')).map(({ text }) => text).join('')).toBe('Ada B');
    expect(await clustersOf('🎉')).toEqual([]);
  });
});

test.each([
  ['Thai’s ring stands below a tone', 'น้ำ', 'น\u0e4d\u0e49\u0e32'],
  ['Arabic’s doubling stands below a vowel', 'مُحَمَّد', 'مُحَم\u0651\u064eد'],
])('%s', async (_, text, set) => {
  expect((await clustersOf(text)).map((cluster) => cluster.text).join('')).toBe(set);
});

describe('from left to right on the sheet stand', () => {
  test.each([
    ['Ada Lovelace', ['Ada Lovelace']],
    ['Ada דוד Bob', ['Ada', 'דוד', 'Bob']],
    ['דוד Ada בן', ['בן', 'Ada', 'דוד']],
    ['דוד (בן)', ['(', 'בן', ')', 'דוד']],
    // fontkit turns what begins with Arabic letters or digits; numbers run from left to right, so they are turned before.
    ['تهران ۲۰۲۶', ['۶۲۰۲', 'تهران']],
  ])('%s: %j', async (text, order) => {
    const stretches = (await pieces(text)).map((piece) => piece.trim());
    expect(stretches.filter((piece) => piece !== '')).toEqual(order);
  });
});

describe('in its room', () => {
  test('a short text has one line and the size that is wanted', async () => {
    expect(fitInto(await clustersOf('Ada Lovelace'), ROOM)).toMatchObject({
      size: 37,
      lines: [[{ text: 'Ada Lovelace' }]],
    });
  });

  test('lines break at spaces and behind hyphens, and are of nearly one length', async () => {
    expect(await linesOf('Maria Josefina Concepción Wilhelmina Anastasia von Hohenberg-Szczepańska')).toEqual([
      'Maria Josefina Concepción Wilhelmina',
      'Anastasia von Hohenberg-Szczepańska',
    ]);
  });

  test('Chinese breaks between words, never before a closing bracket; a word longer than a line is torn', async () => {
    const room = { width: 200, height: 400, size: 20 };
    for (const line of await linesOf('重大犯罪対策セミナー「情報共有の未来」（オンライン）', room))
      expect(line).not.toMatch(/^[」）ー]/);
    expect((await linesOf('W'.repeat(60), room)).join('')).toBe('W'.repeat(60));
  });

  test('whatever is typed, all of it fits, and nothing is lost', async () => {
    const unit = fc.oneof(
      fc.constantFrom(...'AbWi é-()Žя人の한ก'),
      fc.constantFrom('محمد ', 'דוד ', ' ', '…', '—'),
      fc.string({ unit: 'grapheme', minLength: 1, maxLength: 1 }),
    );
    const room = fc.record({
      width: fc.integer({ min: 40, max: 700 }),
      height: fc.integer({ min: 12, max: 90 }),
      size: fc.constant(37),
    });
    await fc.assert(
      fc.asyncProperty(fc.string({ unit, minLength: 1, maxLength: 200 }), room, async (text, given) => {
        const clusters = await clustersOf(text);
        fc.pre(clusters.length > 0);
        const { size, lines, height } = fitInto(clusters, given);
        expect(height).toBeLessThanOrEqual(given.height);
        for (const line of lines)
          expect(line.reduce((sum, { width }) => sum + width * size, 0)).toBeLessThanOrEqual(given.width * 1.02);
        const letters = (texts: readonly string[]) => [...texts.join('').replaceAll(' ', '')].length;
        expect(letters(lines.flat().map((piece) => piece.text))).toBe(letters(clusters.map((cluster) => cluster.text)));
      }),
      { numRuns: 60 },
    );
  });
});

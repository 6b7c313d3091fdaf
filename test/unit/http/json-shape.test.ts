import fc from 'fast-check';
import { expect, test } from 'vitest';
import { shapeFault } from '#shared/http/json-shape.ts';
import { steep } from '#test/support/steep.ts';

const DEEPEST = 16;
const depthOf = (value: unknown): number =>
  typeof value === 'object' && value !== null ? 1 + Math.max(0, ...Object.values(value).map(depthOf)) : 0;

test('JSON that a program wrote is at fault exactly when it is too deep', () => {
  fc.assert(
    fc.property(
      fc.jsonValue({ noUnicodeString: false }),
      fc.integer({ min: 1, max: 4 }),
      fc.boolean(),
      (value, deepest, pretty) => {
        const text = JSON.stringify(value, null, pretty ? 2 : 0);
        expect(shapeFault(text, deepest) !== undefined).toBe(depthOf(value) > deepest);
      },
    ),
  );
});

test('a name given twice is found wherever it is, however it is written', () => {
  const name = fc.string({ unit: 'grapheme', maxLength: 8 });
  const escaped = (text: string) =>
    [...text]
      .map((char) => (char.length === 1 ? `\\u${char.charCodeAt(0).toString(16).padStart(4, '0')}` : char))
      .join('');
  fc.assert(
    fc.property(name, fc.dictionary(name, fc.jsonValue()), (twice, others) => {
      const { [twice]: _, ...rest } = others;
      const body = JSON.stringify(rest).slice(1, -1);
      const again = `"${escaped(twice)}":{}`;
      const text = `{${[`${JSON.stringify(twice)}:[1,"x"]`, body, again].filter(Boolean).join(',')}}`;
      expect(JSON.parse(text)).toHaveProperty([twice], {});
      expect(shapeFault(text, DEEPEST)?.detail).toBe('This field is there twice');
    }),
  );
});

test.each([
  ['{"a":1,"b":{"a":1},"c":[{"a":1},{"a":2}]}', undefined],
  ['{"a":"{\\"a\\":1,\\"a\\":2}"}', undefined],
  ['{"a":1,"a":2}', '#/a'],
  ['[{},{"a":[],"a":{}}]', '#/1/a'],
  ['{"x":{"a/b":1,"a\\u002fb":2}}', '#/x/a~1b'],
  ['{"":1,"":2}', '#/'],
  ['["a","a",{"b":"b"}]', undefined],
])('%s', (text, place) => {
  expect(shapeFault(text, DEEPEST)).toEqual(place && { pointer: place, detail: expect.any(String) });
});

test('text that is no JSON is left to the parser, and reading it never fails', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => void shapeFault(text, DEEPEST)));
  for (const text of ['', '"', '"\\', '{"', '}}]]', ',,,', '{"\\u00":1,"\\u00":2']) shapeFault(text, DEEPEST);
});

test.each([
  ['quotes', '"'],
  ['escaped quotes', '\\"'],
  ['backslashes', '\\'],
  ['closing brackets', ']'],
  ['names', '{"a":'],
  ['commas', ','],
])('256 KB of %s cost no more than reading them', async (what, piece) => {
  const send = (bytes: number) =>
    shapeFault(`[${piece.repeat(Math.floor(bytes / piece.length))}`, Number.POSITIVE_INFINITY);
  expect(await steep([{ what, most: 262_144, send }])).toEqual([]);
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { csvLine, inert } from '#shared/csv/csv-line.ts';
import { readCsv } from '#test/support/read-csv.ts';

const FORMULA = /^[=+\-@\t\r\uff0b\uff0d\uff1d\uff20]/;
const hostile = fc.stringMatching(/^[=+\-@\t\r\n ,;|"'a1\uff1d]{0,30}$/);
const text = fc.oneof(hostile, fc.string({ unit: 'binary' }));
const rows = fc.array(fc.array(text, { minLength: 1 }), { minLength: 1 });

test('whatever is written, another program reads the same cells', () => {
  fc.assert(
    fc.property(rows, (given) => {
      expect(readCsv(given.map(csvLine).join(''))).toEqual(given.map((row) => row.map(inert)));
    }),
  );
});

test('what is inert is the text itself, but for apostrophes before signs', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'binary' }), (given) => {
      const plain = given.replaceAll("'", '');
      expect(inert(plain).replaceAll("'", '')).toBe(plain);
    }),
  );
  for (const harmless of ['Tea at 3', 'a=b', 'e-mail', '1+1', 'Siobhán', '', 'well-known; quite']) {
    expect(inert(harmless)).toBe(harmless);
  }
});

test.each([',', ';', '\t', '|'])('read with %j between the cells, none begins like a formula', (separator) => {
  fc.assert(
    fc.property(rows, (given) => {
      const file = given.map(csvLine).join('');
      for (const cell of readCsv(file, separator).flat()) expect(cell.trimStart()).not.toMatch(FORMULA);
      // And by a program that minds no quotes at all.
      for (const cell of file.split(/[\r\n]/).flatMap((line) => line.split(separator)))
        expect(cell.replaceAll('"', '').trim()).not.toMatch(/^[=+\-@]/);
    }),
  );
});

test.each([
  ['=1+1', "'=1+1"],
  ['+44 20', "'+44 20"],
  ['-5', "'-5"],
  ['@SUM(A1)', "'@SUM(A1)"],
  ['\t=1', "'\t'=1"],
  ['\rx', "'\rx"],
  ['  =1', "  '=1"],
  ['Tea\n- and cake', "Tea\n'- and cake"],
  ['a;=HYPERLINK("https://example.org")', 'a;\'=HYPERLINK("https://example.org")'],
  ['＝1', "'＝1"],
])('%j becomes %j', (given, kept) => {
  expect(inert(given)).toBe(kept);
});

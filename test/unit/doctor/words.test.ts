import fc from 'fast-check';
import { expect, test } from 'vitest';
import { wrapped } from '#tools/doctor/show.ts';
import { counted, some, span } from '#tools/doctor/words.ts';

test.each([
  [0, '0 s'],
  [-3, '0 s'],
  [1, '1 s'],
  [60, '1 minute'],
  [61, '61 s'],
  [119.9, '119 s'],
  [120, '2 minutes'],
  [3600, '1 hour'],
  [3700, '61 minutes'],
  [7200, '2 hours'],
  [86_400, '1 day'],
  [172_800, '2 days'],
])('%d seconds are %s', (seconds, words) => {
  expect(span(seconds)).toBe(words);
});

test('one and many are told apart', () => {
  expect([counted(1, 'mail'), counted(2, 'mail'), counted(12_000, 'person', 'people')]).toEqual([
    '1 mail',
    '2 mails',
    '12,000 people',
  ]);
});

test('of many things a few are named', () => {
  expect(some(['a', 'b'])).toBe('a, b');
  expect(some(['a', 'b', 'c', 'd', 'e'])).toBe('a, b, c and 2 more');
});

test('whatever is wrapped, no word is lost or broken, and no line is too wide but by one word', () => {
  const texts = fc.array(fc.string({ unit: fc.constantFrom('a', 'b', 'é', '-'), minLength: 1, maxLength: 30 }), {
    minLength: 1,
  });
  fc.assert(
    fc.property(texts, fc.integer({ min: 20, max: 90 }), (words, width) => {
      const lines = wrapped(words.join(' '), width);
      expect(lines.join(' ')).toBe(words.join(' '));
      for (const line of lines) expect(line.length <= width || !line.includes(' ')).toBe(true);
    }),
  );
});

import { randomBytes } from 'node:crypto';
import fc from 'fast-check';
import { expect, test } from 'vitest';
import { open, seal } from '#shared/domain/seal.ts';

const KEY = 'a key that is kept nowhere near what it sealed';

test('whatever is sealed opens again, for the purpose and by the key it was sealed with alone', () => {
  fc.assert(
    fc.property(fc.string({ unit: 'grapheme' }), (text) => {
      const sealed = seal(KEY, 'one thing', text, randomBytes);
      expect(open(KEY, 'one thing', sealed)).toBe(text);
      expect(open(KEY, 'another thing', sealed)).toBeUndefined();
      expect(open(`${KEY}!`, 'one thing', sealed)).toBeUndefined();
    }),
  );
});

test('of a text that was sealed nothing can be read, nor whether it is the same as another', () => {
  const texts = Array.from({ length: 50 }, () => seal(KEY, 'one thing', 'ada@example.org', randomBytes));
  expect(new Set(texts).size).toBe(50);
  for (const text of texts) expect(Buffer.from(text, 'base64url').toString('latin1')).not.toMatch(/ada|example/);
});

test('with one bit changed, or cut short anywhere, it does not open', () => {
  const bytes = Buffer.from(seal(KEY, 'one thing', 'ada@example.org', randomBytes), 'base64url');
  for (let at = 0; at < bytes.length; at++) {
    const changed = Buffer.from(bytes);
    changed[at] = (changed[at] ?? 0) ^ 1;
    expect(open(KEY, 'one thing', changed.toString('base64url'))).toBeUndefined();
    expect(open(KEY, 'one thing', bytes.subarray(0, at).toString('base64url'))).toBeUndefined();
  }
});

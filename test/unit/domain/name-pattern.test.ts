import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { isOfPattern, NamePattern } from '#shared/domain/name-pattern.ts';

describe('a pattern of names', () => {
  test.each([
    ['Ada Moreau', 'ada moreau', true],
    ['Ada Moreau', 'ada', false],
    ['Ada Moreau', 'ada*', true],
    ['Ada Moreau', '*moreau', true],
    ['Ada Moreau', '*a m*', true],
    ['WIN big at CASINO', '*win*casino*', true],
    ['casino win', '*win*casino*', false],
    ['aba', 'ab*ba', false],
    ['abba', 'ab*ba', true],
    ['Ｃａｓｉｎｏ', 'casino', true],
    ['a.c', 'a.c', true],
    ['abc', 'a.c', false],
    ['abc', '[a-c]*', false],
    ['(a+)+$', '(a+)+$', true],
  ])('%j is of %j: %s', (name, pattern, expected) => {
    expect(isOfPattern(name, pattern)).toBe(expected);
  });

  test('whatever stars stand for, the name is of the pattern, and with one letter less before them it is not', () => {
    const piece = fc.stringMatching(/^[a-z]{1,6}$/);
    fc.assert(
      fc.property(fc.array(fc.tuple(piece, fc.stringMatching(/^[a-z ]{0,6}$/)), { minLength: 1 }), (pieces) => {
        const name = pieces.map(([kept, any]) => kept + any).join('');
        const pattern = pieces.map(([kept]) => `${kept}*`).join('');
        expect(isOfPattern(name, pattern)).toBe(true);
        expect(isOfPattern(name.slice(1), `#${pattern}`)).toBe(false);
      }),
    );
  });

  test.each([
    ['*', 'everybody'],
    ['* *', 'everybody'],
    ['', 'everybody'],
    ['x'.repeat(101), '100 characters'],
    [7, 'must be text'],
  ])('%j is refused, and said why', (pattern, why) => {
    expect(JSON.stringify(NamePattern.safeParse(pattern).error?.issues)).toContain(why);
  });

  test('length comes first: of a text that is too long nothing else is looked at', () => {
    const text = 'x'.repeat(5_000_000);
    expect(NamePattern.safeParse(text).error?.issues).toHaveLength(1);
  });
});

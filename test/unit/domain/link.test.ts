import fc from 'fast-check';
import { expect, test } from 'vitest';
import { chance, newId, randomWord } from '#shared/domain/ids.ts';
import {
  LINK_PURPOSES,
  type LinkHolder,
  type LinkKeys,
  type LinkPurpose,
  linkKeysIn,
  readLink,
  signLink,
  signPress,
  verifyLink,
  verifyPress,
} from '#shared/domain/link.ts';

const KEYS: LinkKeys = new Map([['k1', 'the first key of sixty-four characters']]);
const ROTATED: LinkKeys = new Map([...KEYS, ['k2', 'the second key']]);
const ada: LinkHolder = { eventId: newId(chance), registrationId: newId(chance), linkSeed: randomWord(16, chance) };
const bob: LinkHolder = { ...ada, registrationId: newId(chance), linkSeed: randomWord(16, chance) };

const opens = (token: string, purpose: LinkPurpose, holder: LinkHolder | undefined, keys = KEYS): boolean => {
  const claim = readLink(token);
  return claim !== undefined && verifyLink(keys, purpose, claim, holder);
};

test.each(LINK_PURPOSES)('a link to %s opens that, for its holder, and nothing else', (purpose) => {
  const token = signLink(KEYS, purpose, ada);
  expect(LINK_PURPOSES.filter((each) => opens(token, each, ada))).toEqual([purpose]);
  expect(opens(token, purpose, bob)).toBe(false);
  expect(opens(token, purpose, undefined)).toBe(false);
});

test('a token names its row, and fits a path without escapes', () => {
  const token = signLink(KEYS, 'manage', ada);
  expect(readLink(token)).toMatchObject({ eventId: ada.eventId, registrationId: ada.registrationId, keyId: 'k1' });
  expect(encodeURIComponent(token)).toBe(token);
  expect(token).not.toContain(ada.linkSeed);
});

test('a new seed kills every link made before', () => {
  const token = signLink(KEYS, 'manage', ada);
  expect(opens(token, 'manage', { ...ada, linkSeed: 'another0seed' })).toBe(false);
});

test('the last key signs, all verify: rotation keeps links, retiring a key kills its own', () => {
  const old = signLink(KEYS, 'manage', ada);
  const fresh = signLink(ROTATED, 'manage', ada);
  expect(readLink(fresh)?.keyId).toBe('k2');
  expect([opens(old, 'manage', ada, ROTATED), opens(fresh, 'manage', ada, ROTATED)]).toEqual([true, true]);
  const retired = new Map([['k2', 'the second key']]);
  expect([opens(old, 'manage', ada, retired), opens(fresh, 'manage', ada, retired)]).toEqual([false, true]);
});

test.each(['constructor', 'toString', '__proto__', 'k9', ''])(
  'a token by key %j, which nobody has, opens nothing',
  (keyId) => {
    const token = signLink(KEYS, 'manage', ada).replace('.k1.', `.${keyId}.`);
    expect(opens(token, 'manage', ada)).toBe(false);
  },
);

test('keys are in the order they are written in, ids that are numbers too: the last signs', () => {
  const secret = 'a secret of thirty-two characters'.padEnd(32);
  const written = `{ "k1": "${secret}","10" : "${secret}",\n"2":"${secret}" }`;
  expect([...linkKeysIn(written).keys()]).toEqual(['k1', '10', '2']);
  expect(readLink(signLink(linkKeysIn(written), 'manage', ada))?.keyId).toBe('2');
  // What was signed while another key was the last one opens what it opened.
  const before = signLink(linkKeysIn(`{"2":"${secret}"}`), 'manage', ada);
  expect(opens(before, 'manage', ada, linkKeysIn(`{"2":"${secret}","1":"${secret}"}`))).toBe(true);
});

test.each(['', '[]', '{"K1":"x"}', '{"k1":"short"}', '{"k1":7}', '{"":"0123456789012345678901234567890123456789"}'])(
  'a secret that says %j holds no keys',
  (text) => {
    expect(() => linkKeysIn(text)).toThrow();
  },
);

test('another key of the same id opens nothing', () => {
  expect(opens(signLink(new Map([['k1', 'a forger’s key']]), 'manage', ada), 'manage', ada)).toBe(false);
});

test('neither of the words that fill in for a missing key or person opens anything', () => {
  expect(opens(signLink(new Map([['k9', 'no such key']]), 'manage', ada), 'manage', ada)).toBe(false);
  expect(opens(signLink(KEYS, 'manage', { ...ada, linkSeed: '' }), 'manage', undefined)).toBe(false);
});

test('without a key nothing is signed', () => {
  expect(() => signLink(new Map(), 'manage', ada)).toThrow('no key');
  expect(() => signPress(new Map([['k1', '']]), 'token', 'cancel', 0)).toThrow('no key');
});

test('change one character of a token, anywhere, and it opens nothing', () => {
  const token = signLink(KEYS, 'manage', ada);
  const holders = [ada, bob];
  fc.assert(
    fc.property(
      fc.nat(token.length - 1),
      fc.constantFrom(...'0123456789abcdefghijklmnopqrstuvwxyzABC-_.'),
      (at, character) => {
        const forged = token.slice(0, at) + character + token.slice(at + 1);
        fc.pre(forged !== token);
        const claim = readLink(forged);
        const holder = holders.find(({ registrationId }) => registrationId === claim?.registrationId) ?? ada;
        expect(claim !== undefined && verifyLink(KEYS, 'manage', claim, { ...holder, ...claim })).toBe(false);
      },
    ),
    { numRuns: 500 },
  );
});

test('whatever stands in a path, reading it as a token is safe', () => {
  fc.assert(fc.property(fc.string({ unit: 'binary' }), (text) => readLink(text) === undefined));
  const token = signLink(KEYS, 'manage', ada);
  for (const odd of [
    `${token}x`,
    ` ${token}`,
    `${token}\n`,
    token.slice(1),
    token.toUpperCase(),
    `${token}.${token}`,
  ]) {
    expect(readLink(odd)).toBeUndefined();
  }
});

const HOUR = 3_600_000;
const AT_TEN = Date.parse('2026-11-23T10:00:00Z');
const TOKEN = signLink(KEYS, 'manage', ada);
const PRESS = signPress(KEYS, TOKEN, 'cancel', AT_TEN);

test.each([
  ['at once', AT_TEN, true],
  ['at the end of its hour', AT_TEN + HOUR - 1, true],
  ['in the next hour', AT_TEN + HOUR, true],
  ['at the end of the next hour', AT_TEN + 2 * HOUR - 1, true],
  ['two hours later', AT_TEN + 2 * HOUR, false],
  ['an hour before it was drawn', AT_TEN - 1, false],
])('a button drawn on the hour, pressed %s', (_, now, counts) => {
  expect(verifyPress(KEYS, TOKEN, 'cancel', PRESS, now)).toBe(counts);
});

test('a button drawn at the end of an hour is good for an hour and a moment', () => {
  const press = signPress(KEYS, TOKEN, 'cancel', AT_TEN - 1);
  expect(verifyPress(KEYS, TOKEN, 'cancel', press, AT_TEN + HOUR - 1)).toBe(true);
  expect(verifyPress(KEYS, TOKEN, 'cancel', press, AT_TEN + HOUR)).toBe(false);
});

test('a press counts for its own action, link and key only', () => {
  const other = signLink(KEYS, 'manage', bob);
  expect(verifyPress(KEYS, TOKEN, 'undo', PRESS, AT_TEN)).toBe(false);
  expect(verifyPress(KEYS, other, 'cancel', PRESS, AT_TEN)).toBe(false);
  expect(verifyPress(new Map([['k1', 'another key']]), TOKEN, 'cancel', PRESS, AT_TEN)).toBe(false);
  expect(verifyPress(new Map(), TOKEN, 'cancel', PRESS, AT_TEN)).toBe(false);
  expect(verifyPress(ROTATED, TOKEN, 'cancel', PRESS, AT_TEN)).toBe(true);
});

test.each([
  '',
  '.',
  'k1',
  'k1.',
  'k1.short',
  `k1.${'é'.repeat(22)}`,
  `k1.${'a'.repeat(22)}`,
  'constructor.aaaaaaaaaaaaaaaaaaaaaa',
])('a scanner that submits the form with %j has pressed nothing', (press) => {
  expect(verifyPress(KEYS, TOKEN, 'cancel', press, AT_TEN)).toBe(false);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type ApiKey, SCOPES } from '#shared/domain/api-key.ts';
import { judgeApiKeys } from '#tools/doctor/judge/api-keys.ts';
import { judgeAddressKey, judgeLinkKeys, linkKeyFacts } from '#tools/doctor/judge/secrets.ts';

const NOW = Date.parse('2026-11-30T12:00:00Z');
const SECRET = 'S'.repeat(64);
const judged = (text: string | undefined) => judgeLinkKeys(linkKeyFacts(text));

describe('link keys', () => {
  test.each([
    [undefined, 'no JSON object'],
    ['', 'no JSON object'],
    [SECRET, 'no JSON object'],
    [`["${SECRET}"]`, 'no JSON object'],
    ['null', 'no JSON object'],
    ['{}', 'holds no key'],
    [JSON.stringify({ K1: SECRET }), 'an id that is not'],
    [JSON.stringify({ k1: 'short' }), 'shorter than 32'],
    [JSON.stringify({ k1: 7 }), 'shorter than 32'],
  ])('as %s hurt: %s', (text, says) => {
    expect(judged(text)).toMatchObject([{ status: 'hurts', says: expect.stringContaining(says) }]);
  });

  test('that are good say which one signs', () => {
    expect(judged(JSON.stringify({ k1: SECRET, k2: SECRET }))).toEqual([
      { status: 'fine', says: '2 link keys are readable and well-formed; k2 signs.' },
    ]);
    expect(judged(`{"k1":"${SECRET}","2":"${SECRET}"}`)[0]?.says).toContain('; 2 signs.');
  });

  test('nothing of any value is ever told, whatever the secret holds', () => {
    const value = fc.string({ minLength: 12, maxLength: 80, unit: fc.constantFrom(...'ABCDEFGHXYZ+/') });
    const text = fc.oneof(
      value,
      fc.dictionary(fc.string({ maxLength: 20 }), value).map((keys) => JSON.stringify(keys)),
    );
    fc.assert(
      fc.property(text, value, (secret, key) => {
        for (const given of [secret, JSON.stringify({ k1: key }), JSON.stringify({ [key]: key })]) {
          const told = JSON.stringify(judged(given));
          expect(told).not.toContain(key);
          if (secret.length >= 12) expect(told).not.toContain(secret);
        }
      }),
    );
  });
});

test('the address key is judged by its length alone', () => {
  expect(judgeAddressKey(64)).toMatchObject([{ status: 'fine' }]);
  expect(judgeAddressKey(0)).toMatchObject([{ status: 'hurts', says: expect.stringContaining('empty') }]);
  expect(judgeAddressKey(31)).toMatchObject([{ status: 'hurts' }]);
});

const key = (given: Partial<ApiKey> = {}): ApiKey => ({
  keyId: '7f3kq9x2m4t8c1vz',
  name: 'Ada Example',
  secretHash: 'a'.repeat(64),
  scopes: ['events:read'],
  createdAt: '2026-11-01T00:00:00Z',
  ...given,
});
const keysOf = (...all: ApiKey[]) => judgeApiKeys(all, { now: NOW, stage: 'prod' });

describe('API keys', () => {
  test.each([
    ['2026-12-10T23:59:59Z', 'ends in 10 days'],
    ['2026-11-29T23:59:59Z', 'ended 12 hours ago'],
  ])('that end on %s are named by their id: %s', (expiresOn, says) => {
    expect(keysOf(key(), key({ keyId: '2'.repeat(16), expiresOn }))).toMatchObject([
      { status: 'soon', says: expect.stringMatching(new RegExp(`^API key 2{16} ${says}`)) },
    ]);
  });

  test('that are good are counted, and so are the others', () => {
    const gone = key({ expiresOn: '2026-01-01T00:00:00Z' });
    expect(keysOf(key(), key({ revokedAt: '2026-11-02T00:00:00Z' }), gone)).toEqual([
      { status: 'fine', says: '1 API key is good; 1 revoked, 1 expired.' },
    ]);
  });

  test('that may do everything are worth a note, but at the local stage', () => {
    const almighty = key({ scopes: [...SCOPES] });
    expect(keysOf(almighty)).toMatchObject([{ status: 'note', says: expect.stringContaining('may do everything') }]);
    expect(judgeApiKeys([almighty], { now: NOW, stage: 'local' })).toMatchObject([{ status: 'fine' }]);
  });

  test('of which none is good lock every organiser out', () => {
    expect(keysOf(key({ revokedAt: '2026-11-02T00:00:00Z' }))).toMatchObject([{ status: 'soon' }]);
    expect(keysOf()).toMatchObject([{ status: 'soon' }]);
  });

  test('are told by their ids: never whose they are, nor any hash', () => {
    const dates = fc.option(fc.date({ min: new Date('2026-01-01'), max: new Date('2027-12-31'), noInvalidDate: true }));
    fc.assert(
      fc.property(fc.array(dates, { maxLength: 5 }), (ends) => {
        const all = ends.map((end) => key(end ? { expiresOn: end.toISOString() } : {}));
        const told = JSON.stringify(keysOf(...all));
        expect(told).not.toContain('Ada');
        expect(told).not.toContain('aaaa');
      }),
    );
  });
});

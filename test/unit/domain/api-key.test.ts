import { expect, test } from 'vitest';
import { ApiKey, isGood, mintKey, readToken, SCOPES } from '#shared/domain/api-key.ts';
import { chance } from '#shared/domain/ids.ts';
import { NOW } from '#test/support/builders.ts';

const AT = Date.parse(NOW);
const minted = (wish: Partial<Parameters<typeof mintKey>[0]> = {}) =>
  mintKey({ name: 'Nightly import', scopes: ['events:read'], ...wish }, chance, NOW);
const secretOf = (token: string) => readToken(token)?.secret ?? '';

test('a key is kept without its secret, which its bearer gets once', () => {
  const { key, token } = minted();
  expect(ApiKey.parse(key)).toEqual(key);
  expect(token).toMatch(/^rk_[0-9a-z]{16}_[\w-]{43}$/);
  expect(readToken(token)?.keyId).toBe(key.keyId);
  expect(JSON.stringify(key)).not.toContain(secretOf(token));
  expect(Buffer.from(secretOf(token), 'base64url')).toHaveLength(32);
});

test('two keys share nothing', () => {
  const [one, two] = [minted(), minted()];
  expect(one.key.keyId).not.toBe(two.key.keyId);
  expect(isGood(one.key, secretOf(two.token), AT)).toBe(false);
});

test('a key is good with its own secret only', () => {
  const { key, token } = minted();
  const secret = secretOf(token);
  expect(isGood(key, secret, AT)).toBe(true);
  for (const wrong of ['', secret.slice(1), `${secret}A`, secret.toLowerCase(), key.secretHash]) {
    expect(isGood(key, wrong, AT)).toBe(false);
  }
});

test('nobody’s key is not good, not even with an empty secret', () => {
  expect(isGood(undefined, '', AT)).toBe(false);
  expect(isGood(undefined, secretOf(minted().token), AT)).toBe(false);
});

test('a revoked key is not good, from whenever', () => {
  const { key, token } = minted();
  expect(isGood({ ...key, revokedAt: '2030-01-01T00:00:00Z' }, secretOf(token), AT)).toBe(false);
});

test('a key is good until the moment it expires', () => {
  const { key, token } = minted({ expiresOn: NOW });
  expect(isGood(key, secretOf(token), AT - 1)).toBe(true);
  expect(isGood(key, secretOf(token), AT)).toBe(false);
});

test.each([
  '',
  'rk_',
  'rk_0123456789abcdef',
  'Bearer x',
  `rk_0123456789abcdef_${'a'.repeat(42)}`,
  `rk_0123456789ABCDEF_${'a'.repeat(43)}`,
  `rk_0123456789abcdef_${'a'.repeat(43)}\n`,
])('%j is no token of ours', (token) => {
  expect(readToken(token)).toBeUndefined();
});

test('a key has at least one scope, and only those there are', () => {
  const { key } = minted({ scopes: [...SCOPES] });
  expect(ApiKey.safeParse(key).success).toBe(true);
  expect(ApiKey.safeParse({ ...key, scopes: [] }).success).toBe(false);
  expect(ApiKey.safeParse({ ...key, scopes: ['events:delete'] }).success).toBe(false);
});

import { createHash, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { type Chance, Id, newId } from './ids.ts';

export const SCOPES = [
  'events:read',
  'events:write',
  'registrations:read',
  'registrations:write',
  'campaigns:read',
  'campaigns:write',
  'campaigns:trigger',
  'sending:control',
] as const;
export const Scope = z.enum(SCOPES);
export type Scope = z.infer<typeof Scope>;

/** A key as it is kept: enough to recognise its secret, not enough to be it. */
export const ApiKey = z.object({
  keyId: Id,
  name: z.string().min(1).max(100),
  secretHash: z.string().regex(/^[0-9a-f]{64}$/),
  scopes: z.array(Scope).min(1),
  /** The only events it reaches; absent means all. */
  events: z.array(Id).optional(),
  createdAt: z.iso.datetime(),
  expiresOn: z.iso.datetime().optional(),
  revokedAt: z.iso.datetime().optional(),
});
export type ApiKey = z.infer<typeof ApiKey>;

const hashOf = (secret: string): string => createHash('sha256').update(secret).digest('hex');

/** A new key and, once only, the token that is its bearer's: `rk_<keyId>_<secret>`, the secret of 256 random bits. */
export function mintKey(
  wish: Pick<ApiKey, 'name' | 'scopes' | 'events' | 'expiresOn'>,
  bytes: Chance,
  now: string,
): { key: ApiKey; token: string } {
  const keyId = newId(bytes);
  const secret = Buffer.from(bytes(32)).toString('base64url');
  return { key: { ...wish, keyId, secretHash: hashOf(secret), createdAt: now }, token: `rk_${keyId}_${secret}` };
}

/** The parts of a bearer token, or undefined when it is none of ours. */
export function readToken(token: string): { keyId: string; secret: string } | undefined {
  const [, keyId, secret] = /^rk_([0-9a-z]{16})_([\w-]{43})$/.exec(token) ?? [];
  return keyId && secret ? { keyId, secret } : undefined;
}

/** Whether the secret is this key's, and the key still good. Takes the same time for every wrong secret. */
export function isGood(key: ApiKey | undefined, secret: string, now: number): key is ApiKey {
  const expected = Buffer.from(key?.secretHash ?? hashOf(''), 'hex');
  const matches = timingSafeEqual(expected, Buffer.from(hashOf(secret), 'hex'));
  if (!key || !matches || key.revokedAt !== undefined) return false;
  return key.expiresOn === undefined || now < Date.parse(key.expiresOn);
}

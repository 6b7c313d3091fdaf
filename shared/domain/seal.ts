import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import type { Chance } from './ids.ts';

const CIPHER = 'aes-256-gcm';
/** NIST SP 800-38D §8.2.2: 96 random bits, good for 2^32 texts under one key. */
const NONCE_BYTES = 12;
const TAG_BYTES = 16;

/** RFC 5869: a key of its own for each purpose, so that what is sealed for one opens nothing of another. */
const keyFor = (key: string, purpose: string): Uint8Array =>
  new Uint8Array(hkdfSync('sha256', key, '', `rollcall seal ${purpose}`, 32));

/** A text nobody can read or change without the key: for what has to be kept for a while, and is somebody's. */
export function seal(key: string, purpose: string, text: string, chance: Chance): string {
  const nonce = chance(NONCE_BYTES);
  const cipher = createCipheriv(CIPHER, keyFor(key, purpose), nonce);
  const hidden = Buffer.concat([cipher.update(text, 'utf8'), cipher.final()]);
  return Buffer.concat([nonce, hidden, cipher.getAuthTag()]).toString('base64url');
}

/** What was sealed; undefined where it was not by this key for this purpose, or is not as it was. */
export function open(key: string, purpose: string, sealed: string): string | undefined {
  const bytes = Buffer.from(sealed, 'base64url');
  if (bytes.length < NONCE_BYTES + TAG_BYTES) return undefined;
  const [nonce, tag] = [bytes.subarray(0, NONCE_BYTES), bytes.subarray(-TAG_BYTES)];
  const decipher = createDecipheriv(CIPHER, keyFor(key, purpose), nonce, { authTagLength: TAG_BYTES }).setAuthTag(tag);
  try {
    const text = decipher.update(bytes.subarray(NONCE_BYTES, -TAG_BYTES));
    return Buffer.concat([text, decipher.final()]).toString('utf8');
  } catch {
    return undefined;
  }
}

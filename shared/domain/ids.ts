import { randomBytes } from 'node:crypto';
import * as z from 'zod';

const ALPHABET = '0123456789abcdefghjkmnpqrstvwxyz';

/** Chance, passed in: `n` random bytes. */
export type Chance = (n: number) => Uint8Array;
export const chance: Chance = randomBytes;

/** A random word of `length` characters of Crockford's base 32 (5 bits each): fits keys, tags, URLs and a phone call. */
export function randomWord(length: number, bytes: Chance): string {
  return Array.from(bytes(length), (byte) => ALPHABET[byte % 32]).join('');
}

/** Ids of events, registrations and keys: 80 random bits, for life. */
export const Id = z.string().regex(/^[0-9a-hj-km-np-tv-z]{16}$/, 'Not an id of ours');
export const newId = (bytes: Chance): string => randomWord(16, bytes);

/** Nobody's registration: under this id mail to an event's organiser is kept. Chance draws it once in 10^24 times. */
export const ORGANISER_ID = 'z'.repeat(16);

/** One event's registrations are spread over eight partitions, always: one partition takes 1,000 writes a second. */
export const SHARDS = 8;
export const shardOf = (registrationId: string): number => ALPHABET.indexOf(registrationId.charAt(0)) % SHARDS;

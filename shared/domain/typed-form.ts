import { createCipheriv, createDecipheriv, hkdfSync } from 'node:crypto';
import * as z from 'zod';
import { Id } from './ids.ts';
import { Details } from './registration-details.ts';

/** What somebody typed into the form of an event, and the registration that comes of it, if one does. */
export const TypedForm = z.object({
  registrationId: Id,
  name: z.string(),
  email: z.string(),
  timeZone: z.string().optional(),
  privacyVersion: z.string().optional(),
  details: Details,
});
export type TypedForm = z.infer<typeof TypedForm>;

const ALGORITHM = 'aes-256-gcm';
/** NIST SP 800-38D §5.2.1.1: a nonce of 96 bits, a tag of 128. */
const NONCE = 12;
const TAG = 16;

/** A key that nobody has but who holds the ticket and the site together: neither the table nor a copy of it can be read alone. */
const keyOf = (addressKey: string, ticket: string): Buffer =>
  Buffer.from(hkdfSync('sha256', addressKey, ticket, 'what was typed into a form', 32));

/** The form, readable by nobody but with the ticket. `nonce` is 12 bytes of chance. */
export function sealForm(addressKey: string, ticket: string, typed: TypedForm, nonce: Uint8Array): string {
  const cipher = createCipheriv(ALGORITHM, keyOf(addressKey, ticket), nonce);
  const sealed = Buffer.concat([cipher.update(JSON.stringify(typed)), cipher.final()]);
  return Buffer.concat([nonce, cipher.getAuthTag(), sealed]).toString('base64url');
}

/** The form that was sealed with that ticket. Throws where it was with another, or has been changed. */
export function openForm(addressKey: string, ticket: string, sealed: string): TypedForm {
  const bytes = Buffer.from(sealed, 'base64url');
  const decipher = createDecipheriv(ALGORITHM, keyOf(addressKey, ticket), bytes.subarray(0, NONCE), {
    authTagLength: TAG,
  });
  decipher.setAuthTag(bytes.subarray(NONCE, NONCE + TAG));
  const text = Buffer.concat([decipher.update(bytes.subarray(NONCE + TAG)), decipher.final()]);
  return TypedForm.parse(JSON.parse(text.toString()));
}

/** How many bytes of chance sealing takes. */
export const NONCE_BYTES = NONCE;

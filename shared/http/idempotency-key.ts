import { atHeader, type Fault } from './fault.ts';

/** Printable ASCII without spaces: a UUID, or whatever else the caller never uses twice. */
const KEY = /^[\x21-\x7e]{1,255}$/;

/** The caller's `Idempotency-Key` (draft-ietf-httpapi-idempotency-key-header), or what is wrong with it. */
export function readIdempotencyKey(header: string | undefined): { key: string } | { fault: Fault } {
  const key = header?.trim() ?? '';
  if (KEY.test(key)) return { key };
  const detail =
    key === ''
      ? 'Send an Idempotency-Key, such as a new UUID, so that a repeated request sends nothing twice'
      : 'Send 1 to 255 printable ASCII characters without spaces, such as a UUID';
  return { fault: atHeader('idempotency-key', detail) };
}

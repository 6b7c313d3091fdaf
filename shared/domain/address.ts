import { createHmac } from 'node:crypto';
import { domainToASCII } from 'node:url';
import * as z from 'zod';
import { unpasted, withoutJoiners } from './pasted.ts';
import { hasHidden } from './text.ts';

/** RFC 3696 erratum 1690 has 254; people paste names and blanks, and hosts in their own letters are longer than in ASCII. */
const LONGEST_TYPED = 400;
const HINT = 'Enter an email address like name@example.org';
/** RFC 5321 §4.5.3.1: 64 octets before the @, 254 in all. The local part is RFC 5322's dot-atom, ASCII only: SES takes no SMTPUTF8. */
const LOCAL = /^[a-z0-9!#$%&'*+/=?^_`{|}~-]+(\.[a-z0-9!#$%&'*+/=?^_`{|}~-]+)*$/;
const HOST = /^(?=.{1,253}$)([a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?\.)+(?=[a-z-]*[a-z])[a-z0-9-]{1,62}[a-z0-9]$/;
/** What a URL's host parser would cut off, decode or drop in silence. */
const NO_HOST = /[\s/\\?#%:@[\]]/;

/** The one spelling of an address: trimmed, lower-cased, host in its ASCII form (UTS 46). Undefined when it is none. */
export function canonicalAddress(typed: string): string | undefined {
  // Before anything is folded: what takes a file's cell for an address comes here, too.
  if (typed.length > LONGEST_TYPED) return undefined;
  const text = typed.trim().toLowerCase();
  const at = text.lastIndexOf('@');
  if (at < 1) return undefined;
  const local = text.slice(0, at);
  const typedHost = text.slice(at + 1);
  if (NO_HOST.test(typedHost) || hasHidden(typedHost)) return undefined;
  const host = domainToASCII(typedHost);
  if (local.length > 64 || !LOCAL.test(local) || !HOST.test(host)) return undefined;
  const address = `${local}@${host}`;
  return address.length > 254 ? undefined : address;
}

/** The same out of what somebody typed or pasted for an address, with what came along when they copied it. */
export function typedAddress(typed: string): string | undefined {
  if (typed.length > LONGEST_TYPED) return undefined;
  const text = unpasted(typed);
  const at = text.lastIndexOf('@');
  const mailbox = withoutJoiners(text.slice(0, Math.max(at, 0)));
  return canonicalAddress(mailbox + text.slice(at)) ?? canonicalAddress(withoutJoiners(text));
}

/** An email address as people type it; parses to its canonical spelling. */
export const Address = z
  .string({ error: HINT })
  .max(LONGEST_TYPED, { error: HINT, abort: true })
  .transform((typed, context) => {
    const address = typedAddress(typed);
    if (address === undefined) {
      context.addIssue({ code: 'custom', message: HINT, input: typed });
      return z.NEVER;
    }
    return address;
  });

/** The mailbox behind an address, plus and dot tricks taken off: what a mail budget counts, never who a person is. */
export function mailboxOf(address: string): string {
  const at = address.lastIndexOf('@');
  const [local = ''] = address.slice(0, at).split('+');
  return `${local.replaceAll('.', '')}${address.slice(at)}`;
}

/**
 * What one place at an event is kept for: an address, or a person at it. Nobody can tell from it who that is. Where several
 * share a mailbox it is two hashes, of the person and of the address alone: see `placeOf`.
 */
export const placeHash = (
  key: string,
  { eventId, onePlacePer }: { readonly eventId: string; readonly onePlacePer: 'address' | 'address-and-name' },
  { email, name }: { readonly email: string; readonly name: string },
): string => {
  const ofAddress = keyedHash(key, 'place', eventId, email);
  if (onePlacePer === 'address') return ofAddress;
  return `${keyedHash(key, 'place', eventId, email, name.toLowerCase())}.${ofAddress}`;
};

/**
 * The hash a place is taken under, and where several share a mailbox the one they are all found by; rows of earlier
 * versions have no such second one.
 */
export function placeOf(addressHash: string): { readonly own: string; readonly shared: string | undefined } {
  const [own = '', shared] = addressHash.split('.');
  return { own, shared };
}

/** A keyed hash (HMAC-SHA-256, 128 bits kept): keys of the table tell nobody who is in it. */
export const keyedHash = (key: string, ...parts: readonly string[]): string =>
  createHmac('sha256', key).update(parts.join('\n')).digest('base64url').slice(0, 22);

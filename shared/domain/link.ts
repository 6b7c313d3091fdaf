import { createHmac, timingSafeEqual } from 'node:crypto';
import * as z from 'zod';
import { Id } from './ids.ts';

/** What a link lets its holder do; a link for one purpose opens nothing else. */
export const LINK_PURPOSES = [
  'manage',
  'join',
  'survey',
  'stop',
  'certificate',
  'address',
  'organiser',
  'object',
] as const;
export type LinkPurpose = (typeof LINK_PURPOSES)[number];

/** Signing keys by id, oldest first: the last signs, all verify, so keys rotate without killing links. */
export type LinkKeys = ReadonlyMap<string, string>;

const WrittenKeys = z.record(z.string().regex(/^[a-z0-9]{1,16}$/), z.string().min(32));

/**
 * The keys of `{"k1":"…","k2":"…"}` in the order they are written in; throws when it is none of that. A record would put ids
 * that are numbers first, wherever they stand, and the key somebody added last would never sign.
 */
export function linkKeysIn(text: string): LinkKeys {
  const placeOf = (id: string) => text.search(new RegExp(`"${id}"\\s*:`));
  const written = Object.entries(WrittenKeys.parse(JSON.parse(text)));
  return new Map(written.sort(([a], [b]) => placeOf(a) - placeOf(b)));
}

/** Whose link it is. `linkSeed` is on the row: replacing it kills every link the person has. */
export interface LinkHolder {
  readonly eventId: string;
  readonly registrationId: string;
  readonly linkSeed: string;
}

/** Whose link for that purpose it is. One that confirms an address is good for that address only. */
export function linkHolder(
  purpose: LinkPurpose,
  row: LinkHolder & { readonly newEmail?: string | undefined; readonly email?: string | undefined },
): LinkHolder {
  if (purpose === 'address') return { ...row, linkSeed: `${row.linkSeed} ${row.newEmail ?? ''}` };
  return purpose === 'organiser' ? { ...row, linkSeed: `${row.linkSeed} ${row.email ?? ''}` } : row;
}

/** Whose link to object it is: whoever reads that address which was left, however often the registration moves on. */
export const objectionHolder = (
  { eventId, registrationId }: Omit<LinkHolder, 'linkSeed'>,
  { occasion, email }: { readonly occasion: string; readonly email: string },
): LinkHolder => ({ eventId, registrationId, linkSeed: `${occasion} ${email}` });

/** What a token claims to be before anybody has checked it. */
export interface LinkClaim {
  readonly eventId: string;
  readonly registrationId: string;
  readonly keyId: string;
  readonly mac: string;
}

const macOf = (key: string, purpose: LinkPurpose, { eventId, registrationId, linkSeed }: LinkHolder): string =>
  createHmac('sha256', key)
    .update(['link', purpose, eventId, registrationId, linkSeed].join('\n'))
    .digest('base64url')
    .slice(0, 27);

/** `<eventId><registrationId>.<keyId>.<mac>`: ids to find the row by, 160 bits that only the key's holder can make. */
export function signLink(keys: LinkKeys, purpose: LinkPurpose, holder: LinkHolder): string {
  const [keyId, key] = [...keys].at(-1) ?? [];
  if (!keyId || !key) throw new Error('There is no key to sign links with');
  return `${holder.eventId}${holder.registrationId}.${keyId}.${macOf(key, purpose, holder)}`;
}

/** The claim a token makes, or undefined when it cannot be one of ours. */
export function readLink(token: string): LinkClaim | undefined {
  const [, eventId, registrationId, keyId, mac] =
    /^([0-9a-z]{16})([0-9a-z]{16})\.([a-z0-9]{1,16})\.([\w-]{27})$/.exec(token) ?? [];
  if (!eventId || !registrationId || !keyId || !mac) return undefined;
  if (!Id.safeParse(eventId).success || !Id.safeParse(registrationId).success) return undefined;
  return { eventId, registrationId, keyId, mac };
}

/** Whether the claim is true of the person found; takes the same time whatever is wrong. */
export function verifyLink(
  keys: LinkKeys,
  purpose: LinkPurpose,
  claim: LinkClaim,
  holder: LinkHolder | undefined,
): boolean {
  const key = keys.get(claim.keyId);
  const nobody = { ...claim, linkSeed: '' };
  const expected = macOf(key ?? 'no such key', purpose, holder ?? nobody);
  return timingSafeEqual(Buffer.from(expected), Buffer.from(claim.mac)) && key !== undefined && holder !== undefined;
}

const HOUR = 3_600_000;
const pressAt = (key: string, token: string, action: string, hour: number) =>
  createHmac('sha256', key).update(['press', action, hour, token].join('\n')).digest('base64url').slice(0, 22);

/**
 * The value of a submit button: proof that a page we drew was pressed, good for one to two hours. A mail scanner's
 * `form.submit()` leaves the button out.
 */
export function signPress(keys: LinkKeys, token: string, action: string, now: number): string {
  const [keyId, key] = [...keys].at(-1) ?? [];
  if (!keyId || !key) throw new Error('There is no key to sign presses with');
  return `${keyId}.${pressAt(key, token, action, Math.floor(now / HOUR))}`;
}

/** Whether a button we drew for this token and action was pressed. */
export function verifyPress(keys: LinkKeys, token: string, action: string, press: string, now: number): boolean {
  const [keyId = '', mac = ''] = press.split('.');
  const key = keys.get(keyId);
  if (!key || mac.length !== 22) return false;
  const hour = Math.floor(now / HOUR);
  return [hour, hour - 1].some((each) => {
    const expected = Buffer.from(pressAt(key, token, action, each));
    const given = Buffer.from(mac);
    return given.length === expected.length && timingSafeEqual(expected, given);
  });
}

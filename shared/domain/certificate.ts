import { createHmac, timingSafeEqual } from 'node:crypto';
import { attendanceFinalAt, attendanceOf } from './attendance.ts';
import type { Event } from './event.ts';
import { Id, randomWord } from './ids.ts';
import type { LinkKeys } from './link.ts';
import type { Registration } from './registration.ts';
import type { Epoch } from './time.ts';

/** Why somebody has no certificate of attendance. Only `too-early` passes. */
export type WithoutCertificate = 'forgotten' | 'called-off' | 'no-place' | 'too-early' | 'not-recorded';

/** Whether somebody may have a certificate now; `from` is when it is final who came, where that is ahead and known. */
export type CertificateStanding =
  | { readonly holds: true }
  | { readonly holds: false; readonly because: WithoutCertificate; readonly from?: Epoch };

type Held = Parameters<typeof attendanceOf>[0] & Pick<Event, 'state' | 'purgingAt'>;
type Person = Parameters<typeof attendanceOf>[1] & Pick<Registration, 'erased'>;

/** A certificate is for whoever had a place and came, once that is final, for as long as their data is kept. */
export function certificateStanding(event: Held, person: Person, now: Epoch): CertificateStanding {
  const not = (because: WithoutCertificate, from?: Epoch) =>
    ({ holds: false, because, ...(from && { from }) }) as const;
  if (person.erased || event.purgingAt !== undefined) return not('forgotten');
  if (event.state === 'cancelled') return not('called-off');
  if (person.status !== 'confirmed') return not('no-place');
  if (event.state !== 'published') return not('too-early');
  const from = attendanceFinalAt(event);
  if (now < from) return not('too-early', from);
  return attendanceOf(event, person, now) === 'attended' ? { holds: true } : not('not-recorded');
}

/** Whose certificate it is. Their `linkSeed` is no part of it: a corrected address makes no certificate false. */
export interface CertificateHolder {
  readonly eventId: string;
  readonly registrationId: string;
}

/** As characters of base 32: 60 bits that only who has a key can make. */
const MAC_LENGTH = 12;

const macOf = (key: string, { eventId, registrationId }: CertificateHolder): string => {
  const mac = createHmac('sha256', key).update(['certificate', eventId, registrationId].join('\n')).digest();
  return randomWord(MAC_LENGTH, (n) => mac.subarray(0, n));
};

/**
 * The code by which anybody may ask whether a certificate is genuine: both ids and a MAC in Crockford's base 32, in groups
 * of four, signed by the last key. Nothing is kept of it.
 */
export function certificateCode(keys: LinkKeys, holder: CertificateHolder): string {
  const key = [...keys.values()].at(-1);
  if (!key) throw new Error('There is no key to sign certificates with');
  const word = holder.eventId + holder.registrationId + macOf(key, holder);
  return (word.toUpperCase().match(/.{4}/g) ?? []).join('-');
}

/**
 * Whose certificate a code is of, or undefined when none of the keys made it. Read as people type: case, spaces and
 * hyphens say nothing, O is 0, I and L are 1 (Crockford). It names no key, so each is tried: rotation kills no code.
 */
export function readCertificateCode(keys: LinkKeys, typed: string): CertificateHolder | undefined {
  if (typed.length > LONGEST_TYPED) return undefined;
  const [, eventId = '', registrationId = '', mac = ''] = CODE.exec(plain(typed)) ?? [];
  if (!Id.safeParse(eventId).success || !Id.safeParse(registrationId).success) return undefined;
  const holder = { eventId, registrationId };
  const isOf = (key: string) => timingSafeEqual(Buffer.from(macOf(key, holder)), Buffer.from(mac));
  return [...keys.values()].filter(isOf).length > 0 ? holder : undefined;
}

/** With blanks and hyphens between all that a code is made of. */
const LONGEST_TYPED = 200;
const CODE = /^(.{16})(.{16})([0-9a-z]{12})$/;

const plain = (typed: string): string =>
  typed
    .replace(/[\s\p{Pd}]+/gu, '')
    .toLowerCase()
    .replaceAll('o', '0')
    .replace(/[il]/g, '1');

/** How long a provider counted, as a certificate says it: "1 minute", "187 minutes". */
export function attendedFor(minutes: number): string {
  const whole = Math.round(minutes);
  return whole === 1 ? '1 minute' : `${whole} minutes`;
}

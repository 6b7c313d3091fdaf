import type { Event } from './event.ts';
import type { Registration } from './registration.ts';
import { type Epoch, epochOf } from './time.ts';

/**
 * How the door of an event stands for somebody: `before` it opens, `open`, `closed`; `in-person` where there is none to
 * go through but that of the house, `no-place` for who has none, or what became of the event.
 */
export type Gate = 'postponed' | 'cancelled' | 'no-place' | 'in-person' | 'before' | 'open' | 'closed';

const MINUTE = 60;
const HOUR = 3600;
/** So long after the end who lost the connection, or is still talking, gets in. */
const STAYS_OPEN = 30 * MINUTE;

/** Whether people can take part from where they are. */
export const isOnline = ({ format }: Pick<Event, 'format'>): boolean => format !== 'in-person';

/** Seconds between the opening of the gate and the start. */
export function opensBefore({ joining }: Pick<Event, 'joining'>): number {
  const [, count = '15', unit = 'M'] = /^PT(\d+)([MH])$/.exec(joining?.opensBefore ?? '') ?? [];
  return Number(count) * (unit === 'H' ? HOUR : MINUTE);
}

/** When people are let in from: epoch seconds. */
export const opensAt = (event: Pick<Event, 'startInstant' | 'joining'>): Epoch =>
  epochOf(event.startInstant) - opensBefore(event);

/** When the last are let in: epoch seconds. */
export const closesAt = ({ endInstant }: Pick<Event, 'endInstant'>): Epoch => epochOf(endInstant) + STAYS_OPEN;

type Gated = Pick<Event, 'state' | 'format' | 'startInstant' | 'endInstant' | 'joining'>;

/** How the gate stands for this person at that moment. The event may be over and its gate still open. */
export function gateOf(event: Gated, { status }: Pick<Registration, 'status'>, now: Epoch): Gate {
  if (event.state !== 'published') return event.state === 'postponed' ? 'postponed' : 'cancelled';
  const joinsFromAfar = status === 'confirmed' && isOnline(event);
  if (now >= (joinsFromAfar ? closesAt(event) : epochOf(event.endInstant))) return 'closed';
  if (status !== 'confirmed') return 'no-place';
  if (!joinsFromAfar) return 'in-person';
  return now < opensAt(event) ? 'before' : 'open';
}

/**
 * Where people are sent who are let in: the event's own address, as a browser asks for it; undefined while there is none.
 * Nothing but https is one, whatever was saved: nobody is ever sent anywhere else.
 */
export function joiningAddress({ joining }: Pick<Event, 'joining'>): string | undefined {
  const url = joining?.url === undefined ? null : URL.parse(joining.url);
  return url?.protocol === 'https:' ? url.href : undefined;
}

/** Further ahead than this nobody sits and waits for the gate to open. */
const WORTH_WAITING = HOUR;

/**
 * In how many seconds a page that somebody has open should look again by itself; undefined where nothing will have
 * changed. People are spread over ten seconds, each always at the same, so that they do not all come at once.
 */
export function lookAgainIn(
  event: Gated,
  person: Pick<Registration, 'status' | 'registrationId'>,
  now: Epoch,
): number | undefined {
  const gate = gateOf(event, person, now);
  const spread = [...person.registrationId].reduce((sum, character) => sum + character.charCodeAt(0), 0) % 11;
  const left = opensAt(event) - now;
  if (gate === 'before' && left <= WORTH_WAITING) return left + 1 + spread;
  const waits = gate === 'open' && joiningAddress(event) === undefined && now < epochOf(event.endInstant);
  return waits ? 20 + spread : undefined;
}

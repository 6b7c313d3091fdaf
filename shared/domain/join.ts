import type { Event } from './event.ts';
import { gateOf } from './gate.ts';
import type { Registration } from './registration.ts';
import type { Epoch } from './time.ts';

/** A press at the gate of an event, at a moment. */
export interface Press {
  readonly event: Event;
  readonly now: Epoch;
}

/** Let in. The first time counts; undefined when they were in before, or may not be let in. */
export function join(row: Registration, { event, now }: Press): { row: Registration } | undefined {
  if (row.joinedAt !== undefined || !mayEnter(row, { event, now })) return undefined;
  return { row: { ...row, joinedAt: now } };
}

/** At the door while nobody knows where to send them. Undefined when there is more to say of them already. */
export function knock(row: Registration, { event, now }: Press): { row: Registration } | undefined {
  const isKnown = row.openedAt !== undefined || row.joinedAt !== undefined;
  return isKnown || !mayEnter(row, { event, now }) ? undefined : { row: { ...row, openedAt: now } };
}

/** Whether the door is open to this person. Nothing is ever written about who was erased. */
export const mayEnter = (row: Registration, { event, now }: Press): boolean =>
  row.erased !== true && gateOf(event, row, now) === 'open';

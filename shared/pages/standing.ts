import { closedBecause, type Event, type EventPhase, phaseOf } from '#shared/domain/event.ts';
import type { Seats } from '#shared/domain/seats.ts';
import { type Html, html } from './html.ts';

/** How an event stands at this moment, for somebody who may want to come. */
export interface Standing {
  readonly phase: EventPhase;
  /** Why nobody can register, in a sentence; undefined while people can. */
  readonly closed: string | undefined;
  /** Of a capped event that is still to come. */
  readonly seatsLeft: number | undefined;
  /** Registration is open, and leads to the waiting list. */
  readonly isFull: boolean;
}

/** `seats` is undefined for events that take everybody. A free seat belongs to whoever waits first. */
export function standingOf(event: Event, seats: Seats | undefined, now: number): Standing {
  const phase = phaseOf(event, now);
  const closed = closedBecause(event, now);
  const isAhead = phase === 'upcoming' || phase === 'live';
  if (event.capacity === undefined || !isAhead) return { phase, closed, seatsLeft: undefined, isFull: false };
  const { taken = 0, waiting = 0 } = seats ?? {};
  const seatsLeft = waiting > 0 ? 0 : Math.max(0, event.capacity - taken);
  return { phase, closed, seatsLeft, isFull: closed === undefined && seatsLeft === 0 };
}

const WORDS: Partial<Record<EventPhase | 'full', string>> = {
  live: 'Live now',
  ended: 'Ended',
  postponed: 'Postponed',
  cancelled: 'Cancelled',
  full: 'Full',
};

/** The state as a word in a coloured shape; nothing while all is ordinary. */
export function stateBadge({ phase, isFull }: Standing): Html | undefined {
  const state = isFull ? 'full' : phase;
  const word = WORDS[state];
  return word === undefined ? undefined : html`<span class="state state-${state}">${word}</span>`;
}

/** "42 seats left", where they are counted. */
export function seatsInWords({ seatsLeft, isFull, closed }: Standing): string | undefined {
  if (seatsLeft === undefined || closed !== undefined) return undefined;
  if (isFull) return 'Waiting list open';
  return seatsLeft === 1 ? '1 seat left' : `${seatsLeft} seats left`;
}

/** The format as people say it. */
export const FORMATS = { online: 'Online', 'in-person': 'In person', hybrid: 'In person and online' } as const;

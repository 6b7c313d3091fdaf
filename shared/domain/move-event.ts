import * as z from 'zod';
import { Refusal } from './errors.ts';
import { type Event, EventDetails, type Notice, phaseOf } from './event.ts';
import { instantsOf, Schedule, scheduleFaults, scheduleOf } from './schedule.ts';
import { paragraphs } from './text.ts';
import { type Epoch, epochOf, instantAt } from './time.ts';
import type { Timings } from './timings.ts';
import { isSameSchedule } from './told.ts';

/*
 * What people were told changes here and nowhere else. Each is one write: a new schedule under a new revision, and the
 * moment at which people are told.
 */

/** The organiser's own words for the mail that tells of a move. */
export const NoticeMessage = paragraphs('The message', 2000).optional();

/** What may be said of a move that has no times of its own. */
export const MoveNote = z.strictObject({ message: NoticeMessage });
export type MoveNote = z.infer<typeof MoveNote>;

/** A new schedule: what is left out stays as it is. */
export const Rescheduling = z
  .strictObject({
    ...Schedule.omit({ state: true }).partial().shape,
    registrationClosesAt: EventDetails.shape.registrationClosesAt.nullable(),
    message: NoticeMessage,
  })
  .refine(({ message: _, ...wish }) => Object.values(wish).some((value) => value !== undefined), {
    error: 'Say what changes: startsAt, endsAt, timeZone, place or format',
  });
export type Rescheduling = z.infer<typeof Rescheduling>;

export type NoticeTimings = Pick<Timings, 'noticeWait' | 'noticeLongest' | 'noticeNear'>;
interface Moment {
  readonly now: Epoch;
  readonly timings: NoticeTimings;
}

/**
 * The event at another time or place, published again if it was postponed; where neither changes, what is still to be told
 * of the last move in other words; undefined when that changes nothing either. Throws `invalid-transition`, `event-over`
 * and `invalid-times`.
 */
export function reschedule(event: Event, wish: Rescheduling, { now, timings }: Moment): Event | undefined {
  ensureNotOver(event, now, 'rescheduled');
  if (event.state === 'draft')
    throw new Refusal('invalid-transition', 'Nobody was told of a draft yet: edit it instead');
  if (event.state === 'cancelled') throw new Refusal('invalid-transition', `The event is cancelled: ${UNDO}`);
  const { registrationClosesAt, message, ...change } = wish;
  const given = Object.fromEntries(Object.entries(change).filter(([, value]) => value !== undefined));
  const schedule: Schedule = { ...scheduleOf(event), ...given, state: 'published' };
  const closes = registrationClosesAt === undefined ? event.registrationClosesAt : (registrationClosesAt ?? undefined);
  if (isSameSchedule(schedule, scheduleOf(event)) && closes === event.registrationClosesAt)
    return message === undefined ? undefined : reworded(event, message, now);
  ensureTimes(event, { ...schedule, registrationClosesAt: closes }, now);

  const instants = instantsOf(schedule);
  const isBack = event.state === 'postponed';
  // What was sent before a postponement was for a start that never came: the new one is another, even at the same hour.
  const startMoves = isBack || instants.startInstant !== event.startInstant;
  const endMoves = isBack || instants.endInstant !== event.endInstant;
  const starts = [epochOf(instants.startInstant), ...(isBack ? [] : [epochOf(event.startInstant)])];
  const { registrationClosesAt: _, ...rest } = event;
  return told(
    {
      ...rest,
      ...(closes !== undefined && { registrationClosesAt: closes }),
      ...instants,
      startRevision: event.startRevision + (startMoves ? 1 : 0),
      endRevision: event.endRevision + (endMoves ? 1 : 0),
      ...((startMoves || endMoves) && { timesChangedAt: instantAt(now) }),
    },
    schedule,
    noticeFor(event, { now, timings, starts, moves: startMoves, words: message ?? wordsToCome(event, now) }),
  );
}

/** The event without a date: everything stops, and everybody keeps their place. Throws `invalid-transition`, `event-over`. */
export function postpone(event: Event, { now, timings }: Moment, { message }: MoveNote = {}): Event {
  ensureNotOver(event, now, 'postponed');
  if (event.state !== 'published') throw new Refusal('invalid-transition', `The event is ${asItIs(event)}`);
  const schedule: Schedule = { ...scheduleOf(event), state: 'postponed' };
  const starts = [epochOf(event.startInstant)];
  return told(event, schedule, noticeFor(event, { now, timings, starts, moves: true, words: message }));
}

/** The event called off. It can be taken back until people are told of it. Throws `invalid-transition`, `event-over`. */
export function cancelEvent(event: Event, { now, timings }: Moment, { message }: MoveNote = {}): Event {
  ensureNotOver(event, now, 'cancelled');
  if (event.state === 'draft' || event.state === 'cancelled')
    throw new Refusal('invalid-transition', `The event is ${asItIs(event)}`);
  // The date of a postponed event is none that anybody would set out for.
  const starts = event.state === 'postponed' ? [] : [epochOf(event.startInstant)];
  const notice = noticeFor(event, { now, timings, starts, moves: true, words: message });
  return told(event, { ...scheduleOf(event), state: 'cancelled' }, notice);
}

/**
 * The event as it was before it was cancelled, for as long as nobody was told. It is another schedule that says the same:
 * whoever heard of the cancellation some other way is told, and nobody else. Throws `invalid-transition`, `event-over`.
 */
export function undoCancel(event: Event, { now, timings }: Moment): Event {
  const before = event.schedules[event.scheduleRevision - 1];
  if (event.state !== 'cancelled' || !before) throw new Refusal('invalid-transition', 'The event is not cancelled');
  if (!event.notice || event.notice.at <= now)
    throw new Refusal('invalid-transition', 'People are being told that it is cancelled: it is so for good');
  const back = { ...event, ...before };
  ensureNotOver(back, now, 'taken back');
  const starts = before.state === 'postponed' ? [] : [epochOf(event.startInstant)];
  return told(back, before, noticeFor(event, { now, timings, starts, moves: true }));
}

const SAY_IT = 'send an announcement to say it';
const TOLD = `People are being told already, and these words would reach nobody: ${SAY_IT}`;
const UNMOVED = `Nothing changes, so there is no mail that these words could go with: ${SAY_IT}`;
const UNDO = 'until people are told, POST …/cancel/undo takes that back';
const WAY_OUT: Partial<Record<Event['state'], string>> = {
  postponed: ': reschedule it first, to postpone it anew or in other words',
  cancelled: `: ${UNDO}, and it can be cancelled in other words`,
};
const asItIs = ({ state }: Event): string =>
  state === 'draft' ? 'a draft: nobody was told of it' : `${state} already${WAY_OUT[state] ?? ''}`;

function ensureNotOver(event: Event, now: Epoch, what: string): void {
  if (phaseOf(event, now * 1000) === 'ended')
    throw new Refusal('event-over', `The event has ended, so it cannot be ${what} any more`);
}

function ensureTimes(
  event: Event,
  times: Schedule & { readonly registrationClosesAt: string | undefined },
  now: Epoch,
): void {
  const [fault] = scheduleFaults(times);
  if (fault) throw new Refusal('invalid-times', fault.message, fault.field);
  if (times.registrationClosesAt !== undefined && times.registrationClosesAt > times.endsAt) {
    const why = 'Registration closes at the end of the event at the latest: move it too, or send null';
    throw new Refusal('invalid-times', why, 'registrationClosesAt');
  }
  const { startInstant, endInstant } = instantsOf(times);
  const isNew = event.state === 'postponed' || startInstant !== event.startInstant;
  if (isNew && epochOf(startInstant) <= now)
    throw new Refusal('invalid-times', 'The new start must lie ahead', 'startsAt');
  if (epochOf(endInstant) <= now) throw new Refusal('invalid-times', 'The new end must lie ahead', 'endsAt');
}

/** The event with another schedule to be told. */
function told(event: Event, schedule: Schedule, notice: Notice): Event {
  const scheduleRevision = event.scheduleRevision + 1;
  return {
    ...event,
    ...schedule,
    scheduleRevision,
    schedules: { ...event.schedules, [scheduleRevision]: schedule },
    revision: event.revision + 1,
    notice,
  };
}

/** What the organiser said of an earlier move, which people hear together with this one. */
const wordsToCome = ({ state, notice }: Event, now: Epoch): string | undefined =>
  state === 'published' && notice && notice.at > now ? notice.words : undefined;

/**
 * The event whose last move is told in these words; the schedule, and when, stay as they are. Undefined where they are its
 * words already; throws `invalid-transition` where nothing is still to be told that they could be part of.
 */
function reworded(event: Event, message: string, now: Epoch): Event | undefined {
  const { notice } = event;
  if (message === (notice?.words ?? '')) return undefined;
  if (!notice || notice.at <= now) throw new Refusal('invalid-transition', notice ? TOLD : UNMOVED);
  const { words: _, ...rest } = notice;
  return { ...event, revision: event.revision + 1, notice: { ...rest, ...(message && { words: message }) } };
}

interface Telling extends Moment {
  readonly starts: readonly Epoch[];
  readonly moves: boolean;
  readonly words?: string | undefined;
}

/** When people are told: a while after the last edit, but not too long after the first; at once near the start. */
function noticeFor({ notice }: Pick<Event, 'notice'>, { now, timings, starts, moves, words }: Telling): Notice {
  const pending = notice && notice.at > now ? notice : undefined;
  const since = pending?.since ?? now;
  const isNear = starts.some((start) => start - now < timings.noticeNear);
  const at = isNear ? now : Math.ceil(Math.min(now + timings.noticeWait, since + timings.noticeLongest));
  return { since, at, moves: moves || (pending?.moves ?? false), ...(words && { words }) };
}

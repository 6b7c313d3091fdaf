import * as z from 'zod';
import { Refusal } from './errors.ts';
import { type Event, EventDetails, Slug, WrittenText } from './event.ts';
import { type EventPatch, patched } from './event-patch.ts';
import { instantsOf, Schedule, scheduleFaults, scheduleOf } from './schedule.ts';
import { settleQuestions } from './settle-questions.ts';

const told = Schedule.omit({ state: true });
const withDefaults = {
  visibility: EventDetails.shape.visibility.default('public'),
  speakers: EventDetails.shape.speakers.default([]),
  topics: EventDetails.shape.topics.default([]),
  confirmAddress: EventDetails.shape.confirmAddress.default(false),
  onePlacePer: EventDetails.shape.onePlacePer.default('address'),
  questions: EventDetails.shape.questions.default([]),
  attendedFrom: EventDetails.shape.attendedFrom.default('joined'),
  retentionDays: EventDetails.shape.retentionDays.default(90),
  description: WrittenText.shape.description.default(''),
  programme: WrittenText.shape.programme.default([]),
  audience: WrittenText.shape.audience.default([]),
};

type Times = Pick<Schedule, 'startsAt' | 'endsAt' | 'timeZone'> & { registrationClosesAt?: string | undefined };

const TIME_FIELDS = ['startsAt', 'endsAt', 'timeZone', 'registrationClosesAt'];

function timeFaults(times: Times): { field: keyof Times; message: string }[] {
  const late = times.registrationClosesAt !== undefined && times.registrationClosesAt > times.endsAt;
  const message = 'Registration closes at the end of the event at the latest';
  return [...scheduleFaults(times), ...(late ? [{ field: 'registrationClosesAt' as const, message }] : [])];
}

/** An event as `POST /events` takes it. Left out: `slug` is made from title and date, the rest has plain defaults. */
export const NewEvent = z
  .strictObject({
    ...EventDetails.shape,
    ...WrittenText.shape,
    ...told.shape,
    ...withDefaults,
    slug: Slug.optional(),
  })
  .superRefine((event, context) => {
    // A refinement of the whole runs even where a field failed; times are compared once each is one.
    const named = context.issues.some(({ path }) => TIME_FIELDS.includes(String(path?.[0])));
    if (named) return;
    for (const { field, message } of timeFaults(event)) {
      context.addIssue({ code: 'custom', path: [field], message, input: event[field] });
    }
  });
export type NewEvent = z.infer<typeof NewEvent>;

/** Splits what the organiser says into the event that mail decisions read and the long texts they do not. */
const textOf = (input: WrittenText): WrittenText => ({
  description: input.description,
  programme: input.programme,
  audience: input.audience,
  ...(input.privacyNotice && { privacyNotice: input.privacyNotice }),
});

/** A new draft under the slug given. */
export function draftEvent(
  input: NewEvent,
  { eventId, slug, now }: { eventId: string; slug: string; now: string },
): { event: Event; text: WrittenText } {
  const { description, programme, audience, privacyNotice, ...details } = input;
  const schedule: Schedule = scheduleOf({ ...input, state: 'draft' });
  const event: Event = {
    ...details,
    ...settleQuestions(input.questions, { state: 'draft', questions: [] }),
    ...schedule,
    ...instantsOf(schedule),
    eventId,
    slug,
    revision: 1,
    scheduleRevision: 1,
    startRevision: 1,
    endRevision: 1,
    schedules: { '1': schedule },
    paused: false,
    createdAt: now,
  };
  return { event, text: textOf(input) };
}

/** Opens a draft to the public. Nobody has been told a schedule yet, so the first one they hear is revision 1. */
export function publishEvent(event: Event, now: string): Event {
  if (event.state !== 'draft') throw new Refusal('invalid-transition', `The event is ${event.state} already`);
  const schedule: Schedule = { ...scheduleOf(event), state: 'published' };
  return {
    ...event,
    ...settleQuestions(event.questions, event),
    ...schedule,
    schedules: { '1': schedule },
    revision: event.revision + 1,
    publishedAt: now,
    timesChangedAt: now,
  };
}

const TIMES = ['startsAt', 'endsAt', 'timeZone', 'place', 'format'] as const;
/** The event after a patch. Once published, times and place change by rescheduling only: people have been told them. */
export function editEvent(event: Event, text: WrittenText, patch: EventPatch): { event: Event; text: WrittenText } {
  const isDraft = event.state === 'draft';
  const fixed = TIMES.find((field) => patch[field] !== undefined && patch[field] !== event[field]);
  if (!isDraft && fixed) {
    throw new Refusal('times-fixed', 'People have been told when and where: this changes by rescheduling only', fixed);
  }
  const touchesCapacity = patch.capacity !== undefined && (patch.capacity === null) !== (event.capacity === undefined);
  if (!isDraft && touchesCapacity) {
    throw new Refusal('capacity-fixed', 'A capacity may change after publication, but not come or go', 'capacity');
  }
  if (!isDraft && (patch.onePlacePer ?? event.onePlacePer) !== event.onePlacePer) {
    const why = 'Once published, what one place is kept for stays: people would get a second one';
    throw new Refusal('invalid-transition', why, 'onePlacePer');
  }
  const { description, programme, audience, privacyNotice, ...details } = patched({ ...event, ...textOf(text) }, patch);
  const schedule = scheduleOf(details);
  const [fault] = timeFaults(details);
  if (fault) throw new Refusal('invalid-times', fault.message, fault.field);
  const { retired: _, sorted: __, unexplained: ___, ...rest } = details;
  const edited: Event = {
    ...rest,
    ...settleQuestions(patch.questions ?? event.questions, event),
    ...instantsOf(schedule),
    ...(isDraft && { schedules: { '1': schedule } }),
    revision: event.revision + 1,
  };
  return { event: edited, text: textOf({ description, programme, audience, privacyNotice }) };
}

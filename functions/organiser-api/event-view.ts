import * as z from 'zod';
import { closedBecause, Event, type EventText, phaseOf, WrittenText } from '#shared/domain/event.ts';
import { optionCalled } from '#shared/domain/option.ts';
import { GivenQuestion, type Question } from '#shared/domain/question.ts';
import type { Seats } from '#shared/domain/seats.ts';
import { instantAt } from '#shared/domain/time.ts';
import { whenOf } from '#shared/domain/when.ts';
import type { Deps } from './deps.ts';

const { eventId, slug, title, strapline, state, ...kept } = Event.omit({
  schedules: true,
  timesChangedAt: true,
  startRevision: true,
  endRevision: true,
  notice: true,
  purgingAt: true,
  organiserToProve: true,
  questions: true,
  retired: true,
  sorted: true,
  unexplained: true,
}).shape;

/** A question as it is asked. */
export const QuestionView = z
  .object({ ...GivenQuestion.shape, options: z.array(z.object({ id: z.string(), label: z.string() })) })
  .meta({ id: 'AskedQuestion' });

/** An event as lists show it: what is kept, and what follows from it and the clock. What people look for comes first. */
export const EventSummary = z
  .object({
    eventId,
    slug,
    title,
    strapline,
    state,
    phase: z.enum(['draft', 'upcoming', 'live', 'ended', 'postponed', 'cancelled']),
    when: z.string(),
    registrationOpen: z.boolean(),
    registrationClosedBecause: z.string().optional(),
    noticeAt: z.iso.datetime().optional(),
    seats: z.object({ taken: z.int().min(0), free: z.int().min(0), waiting: z.int().min(0) }).optional(),
    links: z.object({ self: z.url(), page: z.url(), registrations: z.url(), campaigns: z.url() }),
    ...kept,
    questions: z.array(QuestionView),
    removedQuestions: z.array(z.object({ id: z.string(), label: z.string() })).optional(),
    unexplainedAnswers: z.record(z.string(), z.int().min(0)).optional(),
    organiser: z.object({ name: z.string(), email: z.string(), proved: z.boolean().optional() }),
  })
  .meta({ id: 'EventSummary' });
export type EventSummary = z.infer<typeof EventSummary>;

/** An event in full: the long texts too. */
export const EventView = EventSummary.extend(WrittenText.shape).meta({ id: 'Event' });
export type EventView = z.infer<typeof EventView>;

type Around = Pick<Deps, 'siteUrl' | 'now'> & {
  readonly seats: Seats | undefined;
  /** Whether the owner of the organiser's address has said that it is theirs, where that was looked up. */
  readonly proved?: boolean;
};

/** What follows from an event, its seats and the clock. Seats are shown where they are counted. */
function derived(event: Event, { siteUrl, now, seats, proved }: Around) {
  const self = `${siteUrl}/api/v1/events/${event.eventId}`;
  const why = closedBecause(event, now());
  const { retired = [], unexplained } = event;
  return {
    questions: event.questions.map(shownQuestion),
    ...(retired.length > 0 && { removedQuestions: retired.map(({ id, label }) => ({ id, label })) }),
    ...(unexplained && { unexplainedAnswers: unexplained }),
    phase: phaseOf(event, now()),
    when: whenOf(event.startInstant, event.endInstant, event.timeZone),
    registrationOpen: why === undefined,
    ...(proved !== undefined && { organiser: { ...event.organiser, proved } }),
    ...(why !== undefined && { registrationClosedBecause: why }),
    ...(event.notice && event.notice.at * 1000 > now() && { noticeAt: instantAt(event.notice.at) }),
    ...(event.capacity !== undefined && { seats: shown(event.capacity, seats) }),
    links: {
      self,
      page: `${siteUrl}/events/${event.slug}`,
      registrations: `${self}/registrations`,
      campaigns: `${self}/campaigns`,
    },
  };
}

const shownQuestion = ({ known, ...question }: Question) => ({
  ...question,
  options: question.options.map((label) => ({ id: optionCalled({ ...question, known }, label) ?? '', label })),
});

const shown = (capacity: number, { taken, waiting }: Pick<Seats, 'taken' | 'waiting'> = { taken: 0, waiting: 0 }) => ({
  taken,
  free: waiting > 0 ? 0 : Math.max(0, capacity - taken),
  waiting,
});

/** The schema leaves out whatever else is kept, so nothing is shown that is not documented. */
export const eventSummary = (event: Event, around: Around): EventSummary =>
  EventSummary.parse({ ...event, ...derived(event, around) });

export const eventView = (event: Event, text: EventText, around: Around): EventView =>
  EventView.parse({ ...event, ...text, ...derived(event, around) });

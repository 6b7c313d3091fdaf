import * as z from 'zod';
import { Address } from './address.ts';
import { Refusal } from './errors.ts';
import { HttpsUrl } from './https-url.ts';
import { Id } from './ids.ts';
import { MarkdownHtml } from './markdown-html.ts';
import { idsDiffer, Question } from './question.ts';
import { Schedule } from './schedule.ts';
import { DEFAULT_SURVEY, Survey } from './survey.ts';
import { line, paragraphs, requiredLine } from './text.ts';
import { instantOf, WallTime } from './time.ts';

export const Slug = z
  .string()
  .regex(/^[a-z0-9]+(-[a-z0-9]+)*$/, { error: 'Use small letters, digits and single hyphens' })
  .min(3, { error: 'A slug has 3 characters or more' })
  .max(100, { error: 'A slug has 100 characters or fewer' });

const Minutes = z.string().regex(/^PT\d{1,3}[MH]$/, { error: 'Enter a duration like PT15M' });

export const Speaker = z.strictObject({
  name: requiredLine('Name', 120),
  role: line('Role', 160).optional(),
  organisation: line('Organisation', 160).optional(),
});
export type Speaker = z.infer<typeof Speaker>;

const Joining = z.strictObject({
  url: HttpsUrl.optional(),
  instructions: paragraphs('Instructions', 2000).optional(),
  opensBefore: Minutes.default('PT15M'),
});

/** What the organiser says of an event and may edit at any time. */
export const EventDetails = z.object({
  title: requiredLine('Title', 200),
  strapline: line('Strapline', 300).optional(),
  visibility: z.enum(['public', 'unlisted']),
  speakers: z.array(Speaker).max(30),
  topics: z.array(requiredLine('Topic', 60)).max(20),
  capacity: z.int().min(1).max(1_000_000).optional(),
  confirmAddress: z.boolean(),
  registrationClosesAt: WallTime.optional(),
  onePlacePer: z.enum(['address', 'address-and-name']),
  /** As they are kept, each with what its options were called: see `settleQuestions`. */
  questions: z.array(Question).max(20).refine(idsDiffer, { error: 'Two questions share an id' }),
  joining: Joining.optional(),
  recordingUrl: HttpsUrl.optional(),
  survey: Survey.default(DEFAULT_SURVEY),
  attendedFrom: z.string().regex(/^(joined|provider-minutes:\d{1,4})$/, {
    error: 'Write joined or provider-minutes:30',
  }),
  organiser: z.strictObject({ name: requiredLine('Name', 120), email: Address }),
  retentionDays: z.int().min(1).max(3650),
});

export type EventDetails = z.infer<typeof EventDetails>;

/** The long texts as an organiser writes them. */
export const WrittenText = z.object({
  description: paragraphs('Description', 20_000),
  programme: z.array(requiredLine('Programme line', 300)).max(60),
  audience: z.array(requiredLine('Audience line', 200)).max(100),
  privacyNotice: z.strictObject({ version: requiredLine('Version', 40), text: paragraphs('Text', 10_000) }).optional(),
});
export type WrittenText = z.infer<typeof WrittenText>;

/** The long texts, kept apart: no mail decision reads them. What is derived is made anew whenever they are saved. */
export const EventText = WrittenText.extend({
  descriptionHtml: MarkdownHtml.optional(),
  privacyNoticeHtml: MarkdownHtml.optional(),
  /** How the description begins, without its marks: for previews. */
  summary: z.string().optional(),
});
export type EventText = z.infer<typeof EventText>;

const Revision = z.int().min(1);

/** When people are told of the present schedule, or were. Epoch seconds. */
export const Notice = z.object({
  /** The first of the edits that it tells. */
  since: z.int(),
  at: z.int(),
  /** Whether one of them moved the start. */
  moves: z.boolean(),
  /** What the organiser has to say about it. */
  words: z.string().optional(),
});
export type Notice = z.infer<typeof Notice>;

/** An event as it is kept. Wall times and zone are the truth; the instants are derived from them when they change. */
export const Event = EventDetails.extend({
  ...Schedule.shape,
  eventId: Id,
  slug: Slug,
  startInstant: z.iso.datetime(),
  endInstant: z.iso.datetime(),
  revision: Revision,
  scheduleRevision: Revision,
  startRevision: Revision,
  endRevision: Revision,
  schedules: z.record(z.string(), Schedule),
  paused: z.boolean(),
  createdAt: z.iso.datetime(),
  publishedAt: z.iso.datetime().optional(),
  /** The last change of its fire times: published, rescheduled. */
  timesChangedAt: z.iso.datetime().optional(),
  /** Absent while the first schedule stands. */
  notice: Notice.optional(),
  /** Its organiser's address came with this event, and nobody has said that it is theirs: see `organiser-proof.ts`. */
  organiserToProve: z.boolean().optional(),
  /** Questions that are not asked any more, and were answered. */
  retired: z.array(z.custom<Question>()).optional(),
  /** Questions whose answers every row keeps by the ids of what was chosen: those of earlier versions kept their places. */
  sorted: z.array(z.string()).optional(),
  /** How many people’s answers name what never was an option, by question. */
  unexplained: z.record(z.string(), z.int()).optional(),
  /** Since when it is final who came; absent until an import or the organiser says so. */
  attendanceFinalAt: z.iso.datetime().optional(),
  /** When the provider's report was last imported. */
  attendanceImportedAt: z.iso.datetime().optional(),
  /** Since when its people are being purged: nothing about them may be written from then on. */
  purgingAt: z.iso.datetime().optional(),
  /** When the last of them was gone. */
  purgedAt: z.iso.datetime().optional(),
});
export type Event = z.infer<typeof Event>;

/** What the clock adds to the stored state; a postponed event is neither ended nor live. */
export type EventPhase = 'draft' | 'upcoming' | 'live' | 'ended' | 'postponed' | 'cancelled';

export function phaseOf(event: Pick<Event, 'state' | 'startInstant' | 'endInstant'>, now: number): EventPhase {
  if (event.state !== 'published') return event.state;
  if (now >= Date.parse(event.endInstant)) return 'ended';
  return now >= Date.parse(event.startInstant) ? 'live' : 'upcoming';
}

/** The instant from which nobody can register any more. */
export const registrationClosesInstant = (event: Event): string => {
  const { registrationClosesAt, timeZone, endInstant } = event;
  if (registrationClosesAt === undefined) return endInstant;
  const closes = instantOf(registrationClosesAt, timeZone);
  return Date.parse(closes) < Date.parse(endInstant) ? closes : endInstant;
};

/** Throws `registration-closed` with the reason a visitor reads, unless people may register now. */
export function ensureOpen(event: Event, now: number): void {
  const why = closedBecause(event, now);
  if (why) throw new Refusal('registration-closed', why);
}

/** Why nobody can register now, in a sentence; undefined while registration is open. */
export function closedBecause(event: Event, now: number): string | undefined {
  switch (phaseOf(event, now)) {
    case 'draft':
      return 'Registration has not opened yet.';
    case 'cancelled':
      return 'This event has been cancelled.';
    case 'postponed':
      return 'This event has been postponed. Registration opens again when it has a new date.';
    case 'ended':
      return 'This event has ended.';
    default:
      return now >= Date.parse(registrationClosesInstant(event)) ? 'Registration has closed.' : undefined;
  }
}

import * as z from 'zod';
import type { Event } from '#shared/domain/event.ts';
import { EventFormat, EventState } from '#shared/domain/schedule.ts';
import { DEFAULT_SURVEY, SURVEY_TYPES } from '#shared/domain/survey.ts';
import type { Item } from './table.ts';

const text = z.string();
const revision = z.number();

const KeptSchedule = z.object({
  startsAt: text,
  endsAt: text,
  timeZone: text,
  place: text,
  format: EventFormat,
  state: EventState,
});

const KeptQuestion = z.object({
  id: text,
  label: text,
  type: z.enum(['text', 'choice', 'choices', 'yes-no']),
  required: z.boolean(),
  options: z.array(text),
  known: z.array(z.object({ id: text, label: text })).optional(),
  segment: z.boolean(),
});

const KeptSurvey = z.object({
  anonymous: z.boolean(),
  closesAfter: text,
  questions: z
    .array(
      z.object({
        id: text,
        label: text,
        type: z.enum(SURVEY_TYPES),
        required: z.boolean(),
        options: z.array(text),
      }),
    )
    .default(DEFAULT_SURVEY.questions),
});

/**
 * An event's item by its shape alone. The rules for what an organiser may write are kept where it is written: a rule that
 * is made stricter later must not make unreadable what was saved before it.
 */
const KeptEvent: z.ZodType<Event> = z.object({
  ...KeptSchedule.shape,
  eventId: text,
  slug: text,
  title: text,
  strapline: text.optional(),
  visibility: z.enum(['public', 'unlisted']),
  speakers: z.array(z.object({ name: text, role: text.optional(), organisation: text.optional() })),
  topics: z.array(text),
  capacity: z.number().optional(),
  confirmAddress: z.boolean(),
  registrationClosesAt: text.optional(),
  onePlacePer: z.enum(['address', 'address-and-name']),
  questions: z.array(KeptQuestion),
  joining: z.object({ url: text.optional(), instructions: text.optional(), opensBefore: text }).optional(),
  recordingUrl: text.optional(),
  survey: KeptSurvey.default(DEFAULT_SURVEY),
  attendedFrom: text,
  organiser: z.object({ name: text, email: text }),
  retentionDays: z.number(),
  startInstant: text,
  endInstant: text,
  revision,
  scheduleRevision: revision,
  startRevision: revision,
  endRevision: revision,
  schedules: z.record(text, KeptSchedule),
  paused: z.boolean(),
  createdAt: text,
  publishedAt: text.optional(),
  timesChangedAt: text.optional(),
  notice: z.object({ since: z.number(), at: z.number(), moves: z.boolean(), words: text.optional() }).optional(),
  organiserToProve: z.boolean().optional(),
  retired: z.array(KeptQuestion).optional(),
  sorted: z.array(text).optional(),
  unexplained: z.record(text, z.number()).optional(),
  attendanceFinalAt: text.optional(),
  attendanceImportedAt: text.optional(),
  purgingAt: text.optional(),
  purgedAt: text.optional(),
});

/** Reads an item back. Throws on a corrupt one: that is our fault, never the caller's. */
export const eventFrom = (item: Item): Event => KeptEvent.parse(item);

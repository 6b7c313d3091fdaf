import * as z from 'zod';

export const TIMELINE_EVENTS = [
  'registered',
  'confirmed',
  'cancelled',
  'muted',
  'bounced',
  'mail',
  'released',
  'address-left',
  'objected',
  'seat-due',
  'will-be-sent',
  'will-be-skipped',
  'waiting',
  'not-addressed',
] as const;

/** One thing that happened to somebody, or will. */
export const TimelineEntry = z
  .object({
    at: z.iso.datetime().optional(),
    what: z.enum(TIMELINE_EVENTS),
    mail: z.string().optional(),
    campaignId: z.string().optional(),
    occasion: z.string().optional(),
    state: z.string().optional(),
    attempts: z.int().min(0).optional(),
    reason: z.string().optional(),
    note: z.string(),
  })
  .meta({ id: 'TimelineEntry' });
export type TimelineEntry = z.infer<typeof TimelineEntry>;

/** What happened to one person, and what is to come. */
export const TimelineView = z
  .object({ registrationId: z.string(), entries: z.array(TimelineEntry) })
  .meta({ id: 'Timeline' });
export type TimelineView = z.infer<typeof TimelineView>;

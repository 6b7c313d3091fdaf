import * as z from 'zod';
import { ATTENDANCES } from '#shared/domain/attendance.ts';
import type { Campaign } from '#shared/domain/campaign.ts';
import { CAMPAIGN_KINDS } from '#shared/domain/mail-kinds.ts';
import { MarkdownHtml } from '#shared/domain/markdown-html.ts';
import { Status } from '#shared/domain/registration.ts';
import type { Item } from './table.ts';

const text = z.string();

const KeptTrigger = z.union([
  z.object({ before: z.literal('start'), offset: text, at: text.optional() }),
  z.object({ after: z.literal('end'), offset: text, at: text.optional() }),
  z.object({ on: z.literal('registration') }),
  z.object({ manual: z.literal(true) }),
  z.object({ at: text }),
]);

/** A campaign's item by its shape alone, as with an event's: what is written later must not make it unreadable. */
const KeptCampaign: z.ZodType<Campaign> = z.object({
  campaignId: text,
  name: text,
  kind: z.enum(CAMPAIGN_KINDS),
  state: z.enum(['draft', 'active', 'paused']),
  trigger: KeptTrigger,
  audience: z.object({
    status: z.array(Status).optional(),
    registeredBefore: text.optional(),
    registeredAfter: text.optional(),
    answeredSurvey: z.boolean().optional(),
    attendance: z.array(z.enum(ATTENDANCES)).optional(),
    answers: z.record(text, z.array(text)).optional(),
    chose: z.record(text, z.array(text)).optional(),
  }),
  template: z.object({ subject: text, body: text, html: MarkdownHtml.optional(), text: text.optional() }).optional(),
  revision: z.number(),
  changedAt: text,
  pausedBecause: text.optional(),
  dueAt: z.number().optional(),
  dueOccasion: text.optional(),
});

/** Reads a campaign back. Throws on a corrupt one: that is our fault, never the caller's. */
export const campaignFrom = (item: Item): Campaign => KeptCampaign.parse(item);

import * as z from 'zod';
import { Audience, firesAt, KeptAudience } from './audience.ts';
import type { Event } from './event.ts';
import { CONFIRMATION_CAMPAIGN } from './mail-key.ts';
import { CAMPAIGN_KINDS, type CampaignKind, MAIL_RULES } from './mail-kinds.ts';
import { MarkdownHtml } from './markdown-html.ts';
import { paragraphs, requiredLine } from './text.ts';
import { Trigger, triggerFault } from './trigger.ts';

const CampaignState = z.enum(['draft', 'active', 'paused']);

/** An organiser's own words: a line, and Markdown, both with placeholders. */
export const WrittenTemplate = z.strictObject({
  subject: requiredLine('Subject', 150),
  /** Too long a text is refused when it is rendered, with a 413 of its own. */
  body: paragraphs('Body', 250_000).meta({ maxLength: 20_000 }),
});
export type WrittenTemplate = z.infer<typeof WrittenTemplate>;

/** The same as it is kept: with what was made of the body when it was saved, placeholders left in. */
export const Template = WrittenTemplate.extend({ html: MarkdownHtml.optional(), text: z.string().optional() });
export type Template = z.infer<typeof Template>;

/** What an organiser says of a campaign. `template` left out means the built-in words of its kind. */
const CampaignSettings = z.object({
  name: requiredLine('Name', 120),
  kind: z.enum(CAMPAIGN_KINDS),
  trigger: Trigger,
  audience: Audience,
  template: WrittenTemplate.optional(),
});

/** One kind of mail for one event, as it is kept. */
export const Campaign = CampaignSettings.extend({
  audience: KeptAudience,
  template: Template.optional(),
  campaignId: z.string().regex(/^[1-9]\d{0,5}$/),
  state: CampaignState,
  revision: z.int().min(1),
  /** The last change that may arm it: made, switched on or edited. Pausing and resuming are none. */
  changedAt: z.iso.datetime(),
  /** Why it paused itself. */
  pausedBecause: z.string().optional(),
  /** When it fires next, and for what: epoch seconds. Absent while it is not armed. */
  dueAt: z.number().optional(),
  dueOccasion: z.string().optional(),
});
export type Campaign = z.infer<typeof Campaign>;

/** A campaign as `POST …/campaigns` takes it. */
export const NewCampaign = z
  .strictObject({ ...CampaignSettings.shape, state: CampaignState.default('draft'), audience: Audience.default({}) })
  .superRefine(({ kind, trigger }, context) => {
    const message = triggerFault(trigger) ?? misfit(kind, trigger);
    if (message) context.addIssue({ code: 'custom', path: ['trigger'], message, input: trigger });
  });
export type NewCampaign = z.infer<typeof NewCampaign>;

/** A merge patch (RFC 7396) of a campaign; its kind is for life. `template: null` goes back to the built-in words. */
export const CampaignPatch = z.strictObject({
  name: CampaignSettings.shape.name.optional(),
  state: CampaignState.optional(),
  trigger: Trigger.optional(),
  audience: Audience.optional(),
  template: CampaignSettings.shape.template.unwrap().nullable().optional(),
});
export type CampaignPatch = z.infer<typeof CampaignPatch>;

/** Why this kind cannot have this trigger; undefined when it can. */
export function misfit(kind: CampaignKind, trigger: Trigger): string | undefined {
  const onRegistration = 'on' in trigger;
  if (kind === 'confirmation') return onRegistration ? undefined : 'A confirmation is triggered by the registration';
  if (onRegistration) return 'Only a confirmation is triggered by the registration';
  const after = 'after' in trigger;
  const { afterEnd, occasion } = MAIL_RULES[kind];
  if (afterEnd && 'before' in trigger)
    return `A ${kind} is sent after the end: write { "after": "end", "offset": "PT2H" }`;
  if (occasion === 'start' && after)
    return `A ${kind} is sent before the start: write { "before": "start", "offset": "P1D" }`;
  return undefined;
}

/** Why the campaign could never send anything at this event; undefined when it can. */
export function pointless(
  { kind, ...mailing }: Pick<Campaign, 'kind' | 'trigger' | 'audience'>,
  event: Event,
): string | undefined {
  const firedAt = firesAt(mailing, event);
  if (firedAt === undefined) return undefined;
  const [start, end] = [Date.parse(event.startInstant) / 1000, Date.parse(event.endInstant) / 1000];
  const { afterEnd, notAfter } = MAIL_RULES[kind];
  if (firedAt >= notAfter({ start, end, owedSince: firedAt }))
    return `It would fire after the start, and a ${kind} is not sent then`;
  return afterEnd && firedAt < end ? `It would fire before the end, and a ${kind} is sent after it` : undefined;
}

/** Campaign 1: made with the event, so that nobody registers without being told. */
export const confirmationCampaign = (now: string): Campaign => ({
  campaignId: CONFIRMATION_CAMPAIGN,
  name: 'Confirmation',
  kind: 'confirmation',
  state: 'active',
  trigger: { on: 'registration' },
  audience: {},
  revision: 1,
  changedAt: now,
});

import * as z from 'zod';
import type { Event } from '#shared/domain/event.ts';
import { RUN_KINDS } from '#shared/domain/mail-kinds.ts';
import { OUTLOOK_STATES, type Outlook } from '#shared/domain/outlook.ts';
import { OUTCOMES, type Prediction } from '#shared/domain/predict.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { instantAt } from '#shared/domain/time.ts';
import { momentOf } from '#shared/domain/when.ts';
import { PlanCounts } from './plan-counts.ts';
import { audienceWords, plannedWords } from './plan-words.ts';

/** What became of the mail to one person, or will. */
export const PlannedPerson = z
  .object({
    registrationId: z.string(),
    name: z.string().optional(),
    outcome: z.enum(OUTCOMES),
    at: z.iso.datetime().optional(),
    reason: z.string().optional(),
  })
  .meta({ id: 'PlannedPerson' });
export type PlannedPerson = z.infer<typeof PlannedPerson>;

/** What a campaign, or a notice, would send to whom. */
export const PlanView = z
  .object({
    campaignId: z.string(),
    kind: z.enum(RUN_KINDS),
    occasion: z.string().optional(),
    firesAt: z.iso.datetime().optional(),
    when: z.string().optional(),
    state: z.enum(OUTLOOK_STATES),
    note: z.string().optional(),
    counts: PlanCounts.optional(),
    people: z.array(PlannedPerson),
    next: z.string().optional(),
  })
  .meta({ id: 'Plan' });
export type PlanView = z.infer<typeof PlanView>;

/** All of a plan but its people. */
export function planHead(
  { mailing, occasion, firesAt, state, because }: Outlook,
  event: Event,
): Omit<PlanView, 'people'> {
  const { timeZone } = event;
  const notes = [plannedWords({ state, ...(because && { because }) }), ...audienceWords(mailing.audience, event)];
  const note = notes.filter((each) => each !== undefined).join(' ');
  return {
    campaignId: mailing.campaignId,
    kind: mailing.kind,
    ...(occasion !== undefined && { occasion }),
    ...(firesAt !== undefined && { firesAt: instantAt(firesAt), when: momentOf(instantAt(firesAt), timeZone) }),
    state,
    ...(note !== '' && { note }),
  };
}

/** A person in a plan; by name only for who may see people. */
export const plannedPerson = (
  { registrationId, name }: Pick<Registration, 'registrationId' | 'name'>,
  { outcome, at, reason }: Prediction,
  named: boolean,
): PlannedPerson => ({
  registrationId,
  ...(named && { name }),
  outcome,
  ...(at !== undefined && { at: instantAt(at) }),
  ...(reason !== undefined && { reason }),
});

import * as z from 'zod';
import { Id, ORGANISER_ID } from '#shared/domain/ids.ts';
import { JobId } from '#shared/domain/job-id.ts';
import { NOTICE_KINDS } from '#shared/domain/mail-kinds.ts';

export const EventPath = z.object({ eventId: Id });
export const CampaignPath = EventPath.extend({ campaignId: z.string().regex(/^[1-9]\d{0,5}$/) });
/** What has runs: a campaign by its number, or a notice, which has no item, by its kind. */
export const MailingPath = EventPath.extend({
  campaignId: z.string().regex(new RegExp(`^([1-9]\\d{0,5}|${NOTICE_KINDS.join('|')})$`)),
});
export const JobPath = z.object({ jobId: JobId });
/** A run goes by what it is sent for: its occasion. */
export const RunPath = MailingPath.extend({ runId: z.string().regex(/^[\w-]{1,40}$/) });
/** Mail to the organiser is kept like a person's, but is nobody's registration. */
export const RegistrationId = Id.refine((id) => id !== ORGANISER_ID);
export const RegistrationPath = z.object({ eventId: Id, registrationId: RegistrationId });

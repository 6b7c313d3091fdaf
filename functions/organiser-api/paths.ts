import * as z from 'zod';
import { Id } from '#shared/domain/ids.ts';

export const EventPath = z.object({ eventId: Id });
export const CampaignPath = EventPath.extend({ campaignId: z.string().regex(/^[1-9]\d{0,5}$/) });
/** A run goes by what it is sent for: its occasion. */
export const RunPath = CampaignPath.extend({ runId: z.string().regex(/^[\w-]{1,40}$/) });
export const RegistrationPath = z.object({ eventId: Id, registrationId: Id });

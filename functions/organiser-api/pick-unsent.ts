import * as z from 'zod';
import { MAIL_KINDS } from '#shared/domain/mail-kinds.ts';
import { UNSENT_STATES } from '#shared/domain/unsent.ts';
import { Cursor, Limit } from './paging.ts';

const oneOf = (names: readonly string[]) => ({ error: `Choose one of ${names.join(', ')}` });

const State = z.enum(UNSENT_STATES, oneOf(UNSENT_STATES)).default('failed');
const Kind = z.enum(MAIL_KINDS, oneOf(MAIL_KINDS));
const CampaignId = z.string().regex(/^[1-9]\d{0,5}$/, { error: 'Enter the number of a campaign' });
const Reason = z.string().regex(/^[\w-]{1,64}$/, { error: 'Enter a reason as the list of deliveries has it' });

/** What `GET …/deliveries` can be asked for. */
export const DeliveriesQuery = z.strictObject({
  state: State,
  kind: Kind.optional(),
  campaign: CampaignId.optional(),
  reason: Reason.optional(),
  cursor: Cursor.optional(),
  limit: Limit,
});

/** Which mails of an event are to be sent again; all that failed, if nothing is said. */
export const Releasing = z
  .strictObject({
    state: State,
    kinds: z.array(Kind).min(1).max(MAIL_KINDS.length).optional(),
    campaigns: z.array(CampaignId).min(1).max(100).optional(),
    reasons: z.array(Reason).min(1).max(20).optional(),
    expect: z.int().min(0).optional(),
    cursor: Cursor.optional(),
  })
  .meta({ id: 'Releasing' });
export type Releasing = z.infer<typeof Releasing>;

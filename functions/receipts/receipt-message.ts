import * as z from 'zod';
import type { Receipt } from '#shared/domain/delivery.ts';
import { Id } from '#shared/domain/ids.ts';

/** SES hands message tags back as lists; ours have one value each. */
const tag = <S extends z.ZodType>(schema: S) => z.tuple([schema]).transform(([value]) => value as z.infer<S>);
const Word = z.string().regex(/^[\w-]{1,64}$/);
const Counted = z
  .string()
  .regex(/^\d{1,6}$/)
  .transform(Number);

/** SES's event types (Developer Guide, "Contents of event data"), and what they make of a delivery. */
const RECEIPTS = {
  Send: 'sent',
  Delivery: 'delivered',
  Bounce: 'bounced',
  Complaint: 'complained',
  Reject: 'failed',
  'Rendering Failure': 'failed',
} as const satisfies Record<string, Receipt>;

/** What SES says of one mail, as the rule's input transformer passes it on: ids, no addresses. */
export const ReceiptMessage = z.object({
  v: z.literal(1),
  type: z.enum(Object.keys(RECEIPTS) as [keyof typeof RECEIPTS]).transform((type): Receipt => RECEIPTS[type]),
  time: z.iso.datetime({ offset: true }),
  messageId: z.string(),
  /** `Permanent`, `Transient` or `Undetermined`; empty on anything but a bounce. */
  bounceType: z.string().default(''),
  event: tag(Id),
  registration: tag(Id),
  campaign: tag(Word),
  occasion: tag(Word),
  attempt: tag(Counted),
  addressRevision: tag(Counted),
});
export type ReceiptMessage = z.infer<typeof ReceiptMessage>;

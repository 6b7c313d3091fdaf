import * as z from 'zod';
import { Id } from '#shared/domain/ids.ts';

/** A nudge about one person, or about one event: look again, and do what is due. Never an order. */
export const Nudge = z.object({ v: z.literal(1), eventId: Id, registrationId: Id.optional() });
export type Nudge = z.infer<typeof Nudge>;

/** A nudge about one person. */
export const PersonNudge = Nudge.required();
export type PersonNudge = z.infer<typeof PersonNudge>;

/** What lane `now` takes: a nudge, or a fact from the bus about a person. */
export const GreetMessage = z.union([
  PersonNudge.extend({ tries: z.int().min(0).max(100).default(0) }),
  z
    .object({ 'detail-type': z.string(), detail: z.object({ data: PersonNudge.omit({ v: true }) }) })
    .transform(({ detail }) => ({ v: 1 as const, ...detail.data, tries: 0 })),
]);
export type GreetMessage = z.infer<typeof GreetMessage>;

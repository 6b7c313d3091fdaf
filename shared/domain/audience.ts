import * as z from 'zod';
import { type Registration, Status } from './registration.ts';

/** Whom a campaign is for, beyond what its kind asks: confirmed people unless `status` says otherwise. */
export const Audience = z.strictObject({
  status: z.array(Status).min(1).optional(),
  registeredBefore: z.iso.datetime({ error: 'Enter an instant like 2026-02-18T09:00:00Z' }).optional(),
  registeredAfter: z.iso.datetime({ error: 'Enter an instant like 2026-02-18T09:00:00Z' }).optional(),
  answeredSurvey: z.boolean().optional(),
});
export type Audience = z.infer<typeof Audience>;

/** Whether a person belongs to it now. */
export function belongs(
  row: Pick<Registration, 'status' | 'registeredAt' | 'answeredSurvey'>,
  audience: Audience,
): boolean {
  const { status = ['confirmed'], registeredBefore, registeredAfter, answeredSurvey } = audience;
  const registered = Date.parse(row.registeredAt);
  return (
    status.includes(row.status) &&
    (registeredBefore === undefined || registered < Date.parse(registeredBefore)) &&
    (registeredAfter === undefined || registered >= Date.parse(registeredAfter)) &&
    (answeredSurvey === undefined || answeredSurvey === (row.answeredSurvey ?? false))
  );
}

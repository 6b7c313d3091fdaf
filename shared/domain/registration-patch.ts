import * as z from 'zod';
import { Address } from './address.ts';
import { PersonName } from './person-name.ts';
import type { Answers } from './question.ts';
import type { Registration } from './registration.ts';
import type { Details } from './registration-details.ts';
import { line } from './text.ts';
import { isTimeZone } from './time.ts';

/** A merge patch (RFC 7396) of what a person said of themselves: what is left out stays, `null` removes it. */
export const RegistrationPatch = z.strictObject({
  name: PersonName.optional(),
  email: Address.optional(),
  organisation: line('Organisation', 160).nullable().optional(),
  jobTitle: line('Job title', 160).nullable().optional(),
  timeZone: z.string().refine(isTimeZone, { error: 'Write a time zone like Europe/London' }).nullable().optional(),
  answers: z.record(z.string(), z.union([z.string(), z.array(z.string())]).nullable()).optional(),
});
export type RegistrationPatch = z.infer<typeof RegistrationPatch>;

const or = <Value>(patch: Value | null | undefined, before: Value | undefined): Value | undefined =>
  patch === undefined ? before : (patch ?? undefined);

/** What a person says of themselves after a patch. */
export function patchedRegistration(row: Registration, details: Details, patch: RegistrationPatch) {
  const answers: Answers = { ...details.answers };
  for (const [id, answer] of Object.entries(patch.answers ?? {})) {
    if (answer === null) delete answers[id];
    else answers[id] = answer;
  }
  return {
    name: patch.name ?? row.name,
    email: patch.email ?? row.email,
    organisation: or(patch.organisation, details.organisation),
    jobTitle: or(patch.jobTitle, details.jobTitle),
    timeZone: or(patch.timeZone, row.timeZone),
    answers,
  };
}

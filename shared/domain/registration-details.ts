import * as z from 'zod';
import { Address } from './address.ts';
import { PersonName } from './person-name.ts';
import { answersTo, type Question } from './question.ts';
import { line } from './text.ts';
import { isTimeZone } from './time.ts';

/** What a person tells the organiser beside name and address: kept apart from the row that mail decisions read. */
export const Details = z.object({
  organisation: z.string().optional(),
  jobTitle: z.string().optional(),
  answers: z.record(z.string(), z.union([z.string(), z.array(z.string())])).optional(),
});
export type Details = z.infer<typeof Details>;

const blank = (value: unknown) => (value === '' ? undefined : value);

const aboutThem = (questions: readonly Question[]) => ({
  organisation: z.preprocess(blank, line('Organisation', 160).optional()),
  jobTitle: z.preprocess(blank, line('Job title', 160).optional()),
  answers: answersTo(questions),
  /** A browser's guess: an unknown zone is no reason to refuse a person. */
  timeZone: z
    .string()
    .max(64)
    .transform((zone) => (isTimeZone(zone) ? zone : undefined))
    .optional(),
});

/** The registration form of an event with these questions, as a page posts it and as JSON: the same fields, the same rules. */
export const registrationForm = (questions: readonly Question[]) =>
  z.strictObject({ name: PersonName, email: Address, ...aboutThem(questions) });
export type RegistrationForm = z.infer<ReturnType<typeof registrationForm>>;

/** The same without the address, which is corrected by itself. */
export const correctionForm = (questions: readonly Question[]) =>
  z.strictObject({ name: PersonName, ...aboutThem(questions) });
export type CorrectionForm = z.infer<ReturnType<typeof correctionForm>>;

/** What is kept of it apart from the row. */
export const detailsOf = ({ organisation, jobTitle, answers }: CorrectionForm): Details => ({
  ...(organisation && { organisation }),
  ...(jobTitle && { jobTitle }),
  ...(Object.keys(answers).length > 0 && { answers }),
});

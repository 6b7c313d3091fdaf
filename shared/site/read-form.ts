import type * as z from 'zod';
import type { Form } from '#shared/http/form.ts';
import { knownFields } from '#shared/http/known-fields.ts';
import { answerField } from '#shared/pages/registration-form.ts';

/** Something wrong with a field of the form. */
export interface FieldFault {
  readonly field: string;
  readonly message: string;
}

interface Reading<Input> {
  readonly schema: z.ZodType<Input>;
  readonly questions: readonly { readonly id: string; readonly type: string }[];
  /** Fields that count as empty where they are missing. */
  readonly required: readonly string[];
  /** What the form is about besides the person: checked apart from their fields. */
  readonly apart: readonly string[];
}

/**
 * What a posted form about a person holds, answers included, or every fault of it by field. A field that there is not is
 * passed over: the form may have been opened before its question went.
 */
export function readPersonForm<Input>(
  form: Form,
  { schema, questions, required, apart }: Reading<Input>,
): { input: Input } | { faults: FieldFault[] } {
  const own = (knownFields(schema, []) ?? []).filter((field) => field !== 'answers' && !apart.includes(field));
  const several = questions.filter(({ type }) => type === 'choices').map(({ id }) => answerField(id));
  const known = [...own, ...questions.map(({ id }) => answerField(id))];
  const repeated = [...known, ...apart]
    .filter((field) => (form.get(field)?.length ?? 0) > 1 && !several.includes(field))
    .map((field) => ({ field, message: `“${field}” was sent more than once` }));
  const value = (field: string) => (several.includes(field) ? form.get(field) : form.get(field)?.[0]);
  const sent = (fields: readonly string[], name: (field: string) => string) =>
    Object.fromEntries(fields.filter((field) => form.has(name(field))).map((field) => [field, value(name(field))]));
  const given = {
    ...Object.fromEntries(required.map((field) => [field, ''])),
    ...sent(own, (field) => field),
    answers: sent(
      questions.map(({ id }) => id),
      answerField,
    ),
  };
  const parsed = schema.safeParse(given);
  const faults = [...repeated, ...(parsed.success ? [] : parsed.error.issues.map(faultOf))];
  return parsed.success && faults.length === 0 ? { input: parsed.data } : { faults };
}

function faultOf({ path, message }: z.core.$ZodIssue): FieldFault {
  const [first = '', second] = path.map(String);
  return { field: first === 'answers' ? answerField(second ?? '') : first, message };
}

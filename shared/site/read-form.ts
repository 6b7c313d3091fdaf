import type * as z from 'zod';
import type { Form } from '#shared/http/form.ts';
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

/** What a posted form about a person holds, answers included, or every fault of it by field. */
export function readPersonForm<Input>(
  form: Form,
  { schema, questions, required, apart }: Reading<Input>,
): { input: Input } | { faults: FieldFault[] } {
  const several = questions.filter(({ type }) => type === 'choices').map(({ id }) => answerField(id));
  const fields = [...form].filter(([field]) => !apart.includes(field));
  const repeated = [...form]
    .filter(([field, values]) => values.length > 1 && !several.includes(field))
    .map(([field]) => ({ field, message: `“${short(field)}” was sent more than once` }));
  const value = ([field, values]: (typeof fields)[number]) => (several.includes(field) ? values : values[0]);
  const answers = fields.filter(([field]) => field.startsWith(answerField('')));
  const given = {
    ...Object.fromEntries(required.map((field) => [field, ''])),
    ...entriesOf(fields.filter((each) => !answers.includes(each)).map((each) => [each[0], value(each)])),
    answers: entriesOf(answers.map((each) => [each[0].slice(answerField('').length), value(each)])),
  };
  const parsed = schema.safeParse(given);
  const misnamed = form.has('answers') ? [unknown('answers')] : [];
  const faults = [...repeated, ...misnamed, ...(parsed.success ? [] : parsed.error.issues.flatMap(faultsOf))];
  return parsed.success && faults.length === 0 ? { input: parsed.data } : { faults };
}

/** An object without inherited names: "__proto__" is a field like any other here, and an unknown one. */
function entriesOf(entries: [string, unknown][]): Record<string, unknown> {
  const object: Record<string, unknown> = Object.create(null);
  for (const [name, value] of entries) object[name] = value;
  return { ...object };
}

interface Issue {
  readonly code: string;
  readonly path: readonly PropertyKey[];
  readonly message: string;
  readonly keys?: readonly string[];
}

function faultsOf({ code, path, message, keys = [] }: Issue): FieldFault[] {
  const [first = '', second] = path.map(String);
  const inAnswers = first === 'answers';
  if (code === 'unrecognized_keys') {
    return keys.map((key) => unknown(inAnswers ? answerField(key) : key));
  }
  return [{ field: inAnswers ? answerField(second ?? '') : first, message }];
}

const unknown = (field: string): FieldFault => ({ field, message: `There is no field called “${short(field)}”` });

/** A stranger's name for a field, fit to be shown: short, and nothing unseen in it. */
const short = (field: string): string => {
  const seen = field.slice(0, 61).replace(/\p{C}/gu, '\ufffd');
  return field.length > 60 ? `${seen.slice(0, 60)}…` : seen;
};

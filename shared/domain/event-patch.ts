import * as z from 'zod';
import { EventDetails, WrittenText } from './event.ts';
import { Schedule } from './schedule.ts';
import { NO_SURVEY } from './survey.ts';

const wanted = { ...EventDetails.shape, ...WrittenText.shape, ...Schedule.omit({ state: true }).shape };
type Wanted = typeof wanted;

/** Patched field by field. A privacy notice is not: other words are another version. */
const RECORDS: readonly string[] = ['joining', 'survey', 'organiser'];

/** What a patch may say of each field. */
const patchesOf = (fields: z.ZodRawShape): z.ZodRawShape =>
  Object.fromEntries(Object.entries(fields).map(([field, schema]) => [field, patchOf(field, schema as z.ZodType)]));

/** A new value; `null` where it may be absent or has a default; a patch where it is a record. */
function patchOf(field: string, schema: z.ZodType): z.ZodType {
  const removable = schema instanceof z.ZodOptional || schema instanceof z.ZodDefault;
  const inner = (removable ? schema.unwrap() : schema) as z.ZodType;
  const isRecord = RECORDS.includes(field) && inner instanceof z.ZodObject;
  const patch = isRecord ? z.strictObject(patchesOf(inner.shape)) : inner;
  return removable ? patch.nullable().optional() : patch.optional();
}

type PatchOf<Value> =
  Value extends Record<string, unknown> ? { [Field in keyof Value]?: Value[Field] | null | undefined } : Value;

/** A merge patch (RFC 7396) of an event: what is left out stays, `null` removes what may be absent. */
export const EventPatch = z.strictObject(
  patchesOf(wanted) as {
    [Field in keyof Wanted]: z.ZodOptional<z.ZodNullable<z.ZodType<PatchOf<z.infer<Wanted[Field]>>>>>;
  },
);
export type EventPatch = z.infer<typeof EventPatch>;

const isRecord = (value: unknown): value is Record<string, unknown> =>
  typeof value === 'object' && value !== null && !Array.isArray(value);

/** RFC 7396 §2; and `undefined` leaves things as they are. */
function merge(target: unknown, patch: unknown): unknown {
  if (!isRecord(patch)) return patch;
  const merged = { ...(isRecord(target) && target) };
  for (const [field, value] of Object.entries(patch)) {
    if (value === null) delete merged[field];
    else if (value !== undefined) merged[field] = merge(merged[field], value);
  }
  return merged;
}

/** The whole after a patch, with the defaults of records that came or lost a field. Who removes the survey wants none. */
export function patched<Whole extends EventDetails>(whole: Whole, patch: EventPatch): Whole {
  const merged = merge(whole, patch) as Whole;
  // An address that was saved under an earlier rule stays until somebody edits it: the patch's own was looked at.
  const { url, ...without } = merged.joining ?? {};
  const records = { ...merged, joining: merged.joining && without };
  const { joining, survey } = EventDetails.pick({ joining: true, survey: true }).parse(records);
  const at = { ...joining, ...(url !== undefined && { url }) };
  return { ...merged, ...(joining && { joining: at }), survey: patch.survey === null ? NO_SURVEY : survey };
}

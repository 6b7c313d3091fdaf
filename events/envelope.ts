import * as z from 'zod';

/** EventBridge source of every fact Rollcall states. */
export const SOURCE = 'rollcall';

/** Describes one kind of fact: its name, its version, the shape of its data and one valid example. */
export function defineFact<const Name extends string, Data extends z.ZodType>(
  name: Name,
  version: number,
  data: Data,
  example: z.infer<Data>,
) {
  return {
    name,
    version,
    data,
    example,
    detail: z.object({ id: z.string().min(1), time: z.iso.datetime(), version: z.literal(version), data }),
  };
}

/** Facts carry ids and nothing about people: whoever needs more reads it where it is kept. */
export const ids = {
  eventId: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/),
  registrationId: z.string().regex(/^[A-Za-z0-9_-]{1,40}$/),
};

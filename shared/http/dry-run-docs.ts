import * as z from 'zod';
import { DRY_RUN } from './dry-run.ts';
import type { RouteSpec } from './route.ts';

const inQuery = { [DRY_RUN]: z.enum(['true', 'false']).optional() };
const inBody = {
  [DRY_RUN]: z.boolean().optional().meta({ description: '`true`: say what it would cause, and change nothing.' }),
};

/** What a route that can be tried first takes besides, for its documentation. Throws for a body that is no object. */
export function withDryRun({ query = z.strictObject({}), body }: RouteSpec): { query: z.ZodObject; body: z.ZodType } {
  return { query: query.extend(inQuery), body: body === undefined ? z.strictObject(inBody) : extended(body) };
}

/** The document is made more than once in a test, and a schema has one name. */
const made = new WeakMap<z.ZodType, z.ZodType>();

function extended(body: z.ZodType): z.ZodType {
  if (body instanceof z.ZodOptional || body instanceof z.ZodPrefault) return extended(body.unwrap() as z.ZodType);
  if (!(body instanceof z.ZodObject)) throw new Error('A dry run is a field of a body that is an object');
  const known = made.get(body);
  if (known) return known;
  const { id, ...meta } = z.globalRegistry.get(body) ?? {};
  const asked = body.safeExtend(inBody).meta(meta);
  // The name goes to what is documented: the schema by itself is in no other place of the document.
  if (id !== undefined) z.globalRegistry.remove(body).add(asked, { ...meta, id });
  made.set(body, asked);
  return asked;
}

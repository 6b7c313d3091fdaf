import { expect, test } from 'vitest';
import * as z from 'zod';
import { knownFields } from '#shared/http/known-fields.ts';

const schema = z
  .strictObject({
    name: z.string(),
    parts: z
      .array(z.strictObject({ size: z.number(), inner: z.strictObject({ deep: z.string() }).nullable() }))
      .default([]),
    tidied: z.preprocess((value) => value, z.strictObject({ a: z.string() }).optional()),
    shape: z.union([z.strictObject({ on: z.string() }), z.strictObject({ at: z.string(), on: z.string() })]),
    any: z.record(z.string(), z.strictObject({ each: z.string() })),
  })
  .refine(() => true)
  .optional();

test.each([
  [[], ['name', 'parts', 'tidied', 'shape', 'any']],
  [
    ['parts', 3],
    ['size', 'inner'],
  ],
  [['parts', 0, 'inner'], ['deep']],
  [['tidied'], ['a']],
  [['shape'], ['on', 'at']],
  [['any', 'whatever'], ['each']],
  [['any'], undefined],
  [['name'], undefined],
  [['toString'], undefined],
])('at %j there is %j', (path, fields) => {
  expect(knownFields(schema, path)).toEqual(fields);
});

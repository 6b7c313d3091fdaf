import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';

/** A rule as the proxy takes it; names that it does not know it would leave out without a word, so they are refused here. */
const Rule = z.strictObject({
  service: z.enum(['*', 'dynamodb', 'events', 's3', 'scheduler', 'secretsmanager', 'sqs']),
  operation: z.string().optional(),
  probability: z.number().gt(0).max(1).optional(),
  error: z
    .strictObject({
      code: z.string(),
      status: z.int().optional(),
      fields: z.record(z.string(), z.unknown()).optional(),
    })
    .optional(),
  latency: z.strictObject({ min: z.number(), max: z.number() }).optional(),
  reset: z.literal(true).optional(),
  response: z.strictObject({ abort_bytes: z.int().min(0) }).optional(),
});
export type Rule = z.infer<typeof Rule>;

/** Faults of one kind, for AWS and for SES. */
export interface FaultSet {
  readonly name: string;
  /** In words, for whoever reads the result. */
  readonly says: string;
  readonly aws: readonly Rule[];
  readonly ses: readonly Rule[];
}

const FILE = join(import.meta.dirname, 'faults.json');
const Sets = z.record(z.string(), z.strictObject({ says: z.string(), aws: z.array(Rule), ses: z.array(Rule) }));

/** The sets of faults there are, as their file says. */
export const faultSets = (text: string = readFileSync(FILE, 'utf8')): FaultSet[] =>
  Object.entries(Sets.parse(JSON.parse(text))).map(([name, set]) => ({ name, ...set }));

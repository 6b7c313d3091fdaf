/**
 * List prices of us-east-1 in US dollars as of November 2026, without free tiers: aws.amazon.com/{ses,dynamodb,sqs,lambda}/pricing.
 * DynamoDB's on-demand requests have cost this since 1 November 2024; eu-west-2 costs about a fifth more for the table.
 */
export const PRICES = {
  mail: 0.1 / 1000,
  writeUnit: 0.625 / 1e6,
  readUnit: 0.125 / 1e6,
  queueRequest: 0.4 / 1e6,
  lambdaRequest: 0.2 / 1e6,
  /** arm64. */
  lambdaGbSecond: 0.0000133334,
} as const;

/** Memory of the workers (`infra/constructs/node-function.ts`). */
const GB = 0.25;

/** What was used, in all. */
export interface Usage {
  readonly mails: number;
  readonly writeUnits: number;
  readonly readUnits: number;
  readonly queueRequests: number;
  readonly invocations: number;
  readonly lambdaSeconds: number;
}

export const dollars = (used: Usage): number =>
  used.mails * PRICES.mail +
  used.writeUnits * PRICES.writeUnit +
  used.readUnits * PRICES.readUnit +
  used.queueRequests * PRICES.queueRequest +
  used.invocations * PRICES.lambdaRequest +
  used.lambdaSeconds * GB * PRICES.lambdaGbSecond;

/**
 * What Amazon takes, in dollars, in eu-west-2 (London), and what it gives every account each month for good, not only in its
 * first year. From Amazon's own pages, as of November 2026; none of it is asked for when tests run. Where London is not the
 * dearest region it says so: of what an idle stage uses, only DynamoDB, Lambda and logs differ by region, by cents a month.
 */
interface Price {
  readonly each: number;
  /** Units a month that cost nothing. */
  readonly free: number;
  /** Where Amazon says so. */
  readonly page: string;
}

const CLOUDWATCH = 'aws.amazon.com/cloudwatch/pricing';
const SQS = 'aws.amazon.com/sqs/pricing';
const LAMBDA = 'aws.amazon.com/lambda/pricing';
const DYNAMODB = 'aws.amazon.com/dynamodb/pricing/on-demand';

export const PRICES = {
  /** Each metric of an alarm, those of its arithmetic too; those of standard resolution that name their metrics are free. */
  alarmMetric: { each: 0.1, free: 10, page: CLOUDWATCH },
  /** Each metric of one's own, by the hours in which it has data. */
  customMetric: { each: 0.3, free: 10, page: CLOUDWATCH },
  /** With 50 metrics at most. */
  dashboard: { each: 3, free: 3, page: CLOUDWATCH },
  logGigabyte: { each: 0.5985, free: 5, page: CLOUDWATCH },
  logGigabyteKept: { each: 0.0315, free: 5, page: CLOUDWATCH },
  secret: { each: 0.4, free: 0, page: 'aws.amazon.com/secrets-manager/pricing' },
  /** Also one that finds nothing. The million is for both kinds together. */
  queueRequest: { each: 0.4e-6, free: 1_000_000, page: SQS },
  fifoRequest: { each: 0.5e-6, free: 0, page: SQS },
  invocation: { each: 0.2e-6, free: 1_000_000, page: LAMBDA },
  /** On arm64. */
  gigabyteSecond: { each: 0.0000133334, free: 400_000, page: LAMBDA },
  trace: { each: 5e-6, free: 100_000, page: 'aws.amazon.com/xray/pricing' },
  readUnit: { each: 0.1485e-6, free: 0, page: DYNAMODB },
  writeUnit: { each: 0.7423e-6, free: 0, page: DYNAMODB },
  tableGigabyte: { each: 0.297, free: 25, page: DYNAMODB },
  /** The continuous copies that a recovery to a point in time reads. */
  recoverableGigabyte: { each: 0.2376, free: 0, page: DYNAMODB },
  key: { each: 1, free: 0, page: 'aws.amazon.com/kms/pricing' },
} as const satisfies Record<string, Price>;
export type Priced = keyof typeof PRICES;

/*
 * What costs nothing while nobody does anything: rules that run on a schedule and events of Amazon's own
 * (aws.amazon.com/eventbridge/pricing), the stream as Lambda reads it (DynamoDB's page: triggers' GetRecords are free), SNS's
 * first thousand mails a month, `GetAccount` of SES, an HTTP API, a bus and a bucket that nobody speaks to, and the metrics
 * that AWS's services keep by themselves.
 */

/**
 * Errors that AWS names so where asking again helps: too much at once, or a fault of its own (DynamoDB Developer Guide, "Error
 * handling with DynamoDB"; the common errors of SQS, S3, Secrets Manager, EventBridge; read in November 2026).
 */
const NAMES: ReadonlySet<string> = new Set([
  // Our own: nobody waits any more, and AWS did only a part of what it was asked.
  'OutOfPatience',
  'PartlyDone',
  'AbortError',
  'InternalError',
  'InternalFailure',
  'InternalServerError',
  'InternalServiceError',
  'LimitExceededException',
  'ProvisionedThroughputExceededException',
  'RequestLimitExceeded',
  'RequestThrottled',
  'RequestTimeout',
  'RequestTimeoutException',
  'ServiceUnavailable',
  'ServiceUnavailableException',
  'SlowDown',
  'ThrottledException',
  'Throttling',
  'ThrottlingException',
  'TimeoutError',
  'TooManyRequestsException',
  'TransactionConflictException',
  'TransactionInProgressException',
]);

/** What Node calls a connection that came to nothing. */
const CODES: ReadonlySet<string> = new Set([
  'EAI_AGAIN',
  'ECONNREFUSED',
  'ECONNRESET',
  'EHOSTUNREACH',
  'ENETUNREACH',
  'ENOTFOUND',
  'EPIPE',
  'ETIMEDOUT',
]);

/** What DynamoDB says of each write of a transaction that it cancelled for a cause that passes. */
const REASONS: ReadonlySet<string> = new Set([
  'ProvisionedThroughputExceeded',
  'ThrottlingError',
  'TransactionConflict',
]);

interface Thrown {
  readonly name?: string;
  /** Of our `TransactionRefused`: somebody else wrote to the same items at that moment. */
  readonly conflict?: boolean;
  readonly code?: string;
  readonly $metadata?: { readonly httpStatusCode?: number };
  readonly CancellationReasons?: readonly { readonly Code?: string }[];
}

/** Whether it passes by itself: what was asked for may be done or not, and asking again is worth it. */
export function passesByItself(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { name = '', code = '', conflict = false, $metadata, CancellationReasons = [] } = error as Thrown;
  const status = $metadata?.httpStatusCode ?? 0;
  return (
    // SQS says `AWS.SimpleQueueService.RequestThrottled`.
    NAMES.has(name.split('.').at(-1) ?? '') ||
    CODES.has(code) ||
    conflict ||
    status >= 500 ||
    status === 429 ||
    CancellationReasons.some(({ Code = '' }) => REASONS.has(Code))
  );
}

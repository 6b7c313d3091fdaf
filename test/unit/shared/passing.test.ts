import { describe, expect, test } from 'vitest';
import { PartlyDone, Refusal } from '#shared/domain/errors.ts';
import { InvalidInput } from '#shared/http/problem.ts';
import { passesByItself } from '#shared/passing.ts';
import { OutOfPatience } from '#shared/patience.ts';
import { TransactionRefused } from '#shared/store/table.ts';

const named = (name: string, more: object = {}) => Object.assign(new Error(name), { name, ...more });

describe('passes by itself', () => {
  test.each([
    named('ProvisionedThroughputExceededException'),
    named('ThrottlingException'),
    named('RequestLimitExceeded'),
    named('AWS.SimpleQueueService.RequestThrottled', { $metadata: { httpStatusCode: 403 } }),
    named('InternalServerError', { $metadata: { httpStatusCode: 500 } }),
    named('Unheard', { $metadata: { httpStatusCode: 503 } }),
    named('Unheard', { $metadata: { httpStatusCode: 429 } }),
    named('TimeoutError'),
    named('AbortError'),
    named('Error', { code: 'ECONNRESET' }),
    named('Error', { code: 'EAI_AGAIN' }),
    named('TransactionCanceledException', { CancellationReasons: [{ Code: 'None' }, { Code: 'ThrottlingError' }] }),
    new TransactionRefused([], true),
    new OutOfPatience(),
    new PartlyDone('some of it'),
  ])('%s', (error) => {
    expect(passesByItself(error)).toBe(true);
  });
});

describe('does not', () => {
  test.each([
    named('ValidationException', { $metadata: { httpStatusCode: 400 } }),
    named('AccessDeniedException', { $metadata: { httpStatusCode: 400 } }),
    named('TransactionCanceledException', { CancellationReasons: [{ Code: 'ItemCollectionSizeLimitExceeded' }] }),
    new TransactionRefused([{ item: undefined }]),
    new Refusal('not-found', 'nothing'),
    new InvalidInput([]),
    new TypeError('ours'),
    'a string',
    undefined,
  ])('%s', (error) => {
    expect(passesByItself(error)).toBe(false);
  });
});

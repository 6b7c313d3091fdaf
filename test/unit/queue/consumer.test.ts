import type { SQSRecord } from 'aws-lambda';
import { expect, test } from 'vitest';
import * as z from 'zod';
import { consumer } from '#shared/queue/consumer.ts';
import { GreetMessage } from '#shared/queue/messages.ts';
import { recordedLog } from '#test/support/http.ts';

const record = (messageId: string, body: unknown, group?: string) =>
  ({
    messageId,
    body: typeof body === 'string' ? body : JSON.stringify(body),
    attributes: { ...(group && { MessageGroupId: group }) },
  }) as SQSRecord;

function queue(run: (message: { n: number }) => Promise<void>) {
  const buried: [string, string][] = [];
  const logger = recordedLog();
  const bury = async ({ messageId }: SQSRecord, reason: string) => void buried.push([messageId, reason]);
  return { buried, logger, take: consumer({ logger, bury }, z.object({ n: z.number() }), run) };
}

test('a message that does not parse is buried with its reason; the rest of the batch is done', async () => {
  const done: number[] = [];
  const { buried, logger, take } = queue(async ({ n }) => void done.push(n));
  const Records = [record('1', { n: 1 }), record('2', '{oops'), record('3', { n: 'three' }), record('4', { n: 4 })];
  expect(await take({ Records })).toEqual({ batchItemFailures: [] });
  expect(done).toEqual([1, 4]);
  expect(buried.map(([id]) => id)).toEqual(['2', '3']);
  expect(buried[1]?.[1]).toMatch(/^n: /);
  expect(logger.lines).toContainEqual(
    expect.objectContaining({ level: 'error', messageId: '3', reason: expect.stringContaining('n: ') }),
  );
});

test('a message that cannot even be buried goes back to the queue', async () => {
  const bury = () => Promise.reject(new Error('no queue'));
  const take = consumer({ logger: recordedLog(), bury }, z.object({ n: z.number() }), async () => {});
  expect(await take({ Records: [record('1', 'x')] })).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }] });
});

test('only the message that failed goes back', async () => {
  const { take } = queue(async ({ n }) => {
    if (n === 2) throw new Error('try again');
  });
  const Records = [record('1', { n: 1 }), record('2', { n: 2 }), record('3', { n: 3 })];
  expect(await take({ Records })).toEqual({ batchItemFailures: [{ itemIdentifier: '2' }] });
});

test('in a FIFO queue those behind it in its group go back too, untouched', async () => {
  const done: number[] = [];
  const { take } = queue(async ({ n }) => {
    done.push(n);
    if (n === 1) throw new Error('try again');
  });
  const Records = [record('1', { n: 1 }, 'a'), record('2', { n: 2 }, 'b'), record('3', { n: 3 }, 'a')];
  expect(await take({ Records })).toEqual({ batchItemFailures: [{ itemIdentifier: '1' }, { itemIdentifier: '3' }] });
  expect(done).toEqual([1, 2]);
});

const ids = { eventId: 'zq3v8k2m5n7p9r4t', registrationId: '7h2k9m4p6r8t3w5x' };

test('lane now takes nudges and facts from the bus alike', () => {
  expect(GreetMessage.parse({ v: 1, ...ids })).toEqual({ v: 1, ...ids, tries: 0 });
  expect(GreetMessage.parse({ v: 1, ...ids, tries: 3 })).toEqual({ v: 1, ...ids, tries: 3 });
  const envelope = {
    'detail-type': 'registration.confirmed',
    source: 'rollcall',
    detail: { id: 'x', version: 1, data: ids },
  };
  expect(GreetMessage.parse(envelope)).toEqual({ v: 1, ...ids, tries: 0 });
  expect(GreetMessage.safeParse({ v: 2, ...ids }).success).toBe(false);
  expect(GreetMessage.safeParse({ v: 1, eventId: 'x' }).success).toBe(false);
});

test('what is not done while there is time goes back, and those after it, untouched', async () => {
  const begun: number[] = [];
  const { take } = queue(async ({ n }) => {
    begun.push(n);
    if (n === 2) await new Promise<never>(() => {});
  });
  // A moment for the second message, none for the third.
  const left = [20_000, 2010, 1990];
  const getRemainingTimeInMillis = () => left.shift() ?? 0;
  const Records = [record('1', { n: 1 }), record('2', { n: 2 }), record('3', { n: 3 })];
  expect(await take({ Records }, { getRemainingTimeInMillis })).toEqual({
    batchItemFailures: [{ itemIdentifier: '2' }, { itemIdentifier: '3' }],
  });
  expect(begun).toEqual([1, 2]);
});

import { SendMessageBatchCommand, SQSClient } from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { allOrThrow, type Outgoing, queueSender } from '#shared/queue/sender.ts';

const MIB = 1024 * 1024;
const messages = (count: number): Outgoing[] => Array.from({ length: count }, (_, n) => ({ body: { n } }));
/** A message whose body has so many bytes. */
const ofBytes = (bytes: number): Outgoing => ({ body: 'x'.repeat(bytes - 2) });
const ids = (...positions: number[]) => positions.map((n) => ({ Id: String(n) }));

/** A queue that answers as it is told; by default it takes everything. */
function queue(answer?: (asked: string[]) => object) {
  const client = mockClient(SQSClient);
  client.on(SendMessageBatchCommand).callsFake(({ Entries }) => {
    const asked = (Entries as { Id: string }[]).map(({ Id }) => Id);
    return answer ? answer(asked) : { Successful: asked.map((Id) => ({ Id })) };
  });
  const send = queueSender(client as unknown as SQSClient, 'https://sqs.example.org/q');
  const requests = () => client.commandCalls(SendMessageBatchCommand).map(({ args }) => args[0].input.Entries ?? []);
  return { send, requests };
}

describe('what SQS took', () => {
  test.each([
    ['takes all', { Successful: ids(0, 1, 2) }, []],
    ['refuses one', { Successful: ids(0, 2), Failed: ids(1) }, [1]],
    ['does not speak of one', { Successful: ids(0, 2) }, [1]],
    ['says that it took one and refused it', { Successful: ids(0, 2), Failed: ids(0, 1) }, [1]],
    ['speaks of others', { Successful: ids(7, 8, 9) }, [0, 1, 2]],
    ['names none', { Successful: [{}, {}, {}] }, [0, 1, 2]],
    ['has empty lists', { Successful: [], Failed: [] }, [0, 1, 2]],
    ['has no list', {}, [0, 1, 2]],
  ])('an answer that %s', async (_, answer, notTaken) => {
    expect(await queue(() => answer).send(messages(3))).toEqual(notTaken);
  });

  test('is told by position over all requests', async () => {
    const { send, requests } = queue((asked) => ({
      Successful: asked.filter((id) => id !== '13').map((Id) => ({ Id })),
    }));
    expect(await send(messages(25))).toEqual([13]);
    expect(requests().map((entries) => entries.length)).toEqual([10, 10, 5]);
  });

  test('is all of it, or the message being worked on comes back', async () => {
    await expect(allOrThrow(queue(() => ({})).send)(messages(2))).rejects.toThrow('did not take 2 of 2');
    await expect(allOrThrow(queue().send)(messages(2))).resolves.toBeUndefined();
  });
});

describe('what SQS takes at once', () => {
  test('ten messages of 200 KB are more than one request', async () => {
    const { send, requests } = queue();
    expect(await send(Array.from({ length: 10 }, () => ofBytes(200 * 1024)))).toEqual([]);
    expect(requests().map((entries) => entries.length)).toEqual([5, 5]);
  });

  test('is a mebibyte to the byte', async () => {
    const { send, requests } = queue();
    await send([ofBytes(MIB - 10), ofBytes(10)]);
    await send([ofBytes(MIB - 10), ofBytes(11)]);
    expect(requests().map((entries) => entries.length)).toEqual([2, 1, 1]);
  });

  test('in bytes, not letters', async () => {
    const { send, requests } = queue();
    await send([{ body: 'ü'.repeat(300_000) }, { body: 'ü'.repeat(300_000) }]);
    expect(requests()).toHaveLength(2);
  });

  test('one message of more is refused before anything is sent', async () => {
    const { send, requests } = queue();
    await expect(send([ofBytes(10), ofBytes(MIB + 1)])).rejects.toThrow('1 MiB');
    expect(requests()).toEqual([]);
    expect(await send([ofBytes(MIB)])).toEqual([]);
  });

  test('whatever is sent goes once, in order, in requests that SQS takes', async () => {
    const sizes = fc.array(fc.oneof(fc.integer({ min: 2, max: 500 }), fc.integer({ min: 2, max: MIB })), {
      maxLength: 30,
    });
    await fc.assert(
      fc.asyncProperty(sizes, async (bytes) => {
        const { send, requests } = queue();
        expect(await send(bytes.map(ofBytes))).toEqual([]);
        expect(
          requests()
            .flat()
            .map(({ Id }) => Id),
        ).toEqual(bytes.map((_, n) => String(n)));
        for (const entries of requests()) {
          expect(entries.length).toBeLessThanOrEqual(10);
          const total = entries.reduce((sum, { MessageBody = '' }) => sum + Buffer.byteLength(MessageBody), 0);
          expect(total).toBeLessThanOrEqual(MIB);
        }
      }),
      { numRuns: 30 },
    );
  });
});

import { EventBridgeClient, PutEventsCommand } from '@aws-sdk/client-eventbridge';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, test } from 'vitest';
import { teller } from '#functions/publish/bus.ts';
import { factOf, type Stated } from '#functions/publish/fact-of.ts';

const stated = (count: number): Stated[] =>
  Array.from({ length: count }, (_, n) => {
    const image = {
      fact: { S: 'registration.confirmed' },
      eventId: { S: 'zq3v8k2m5n7p9r4t' },
      registrationId: { S: '7h2k9m4p6r8t3w5x' },
    };
    const fact = factOf(image, { id: `record-${n}`, time: '2026-11-23T10:00:00.000Z' });
    if (!fact) throw new Error('That states a fact');
    return fact;
  });

/** A bus that answers each request with these entries. */
function bus(...answers: (object[] | undefined)[]) {
  const client = mockClient(EventBridgeClient);
  const next = client.on(PutEventsCommand);
  answers.reduce<typeof next>((then, Entries) => then.resolvesOnce({ Entries } as never), next);
  return { tell: teller(client as unknown as EventBridgeClient, 'bus'), client };
}
const took = (count: number) => Array.from({ length: count }, (_, n) => ({ EventId: `id-${n}` }));

test.each([
  ['takes all', took(3), []],
  ['refuses one', [{ EventId: 'a' }, { ErrorCode: 'InternalFailure' }, { EventId: 'c' }], [1]],
  ['gives one no id', [{ EventId: 'a' }, {}, { EventId: 'c' }], [1]],
  ['is short of one', took(2), [2]],
  ['has no entries', [], [0, 1, 2]],
  ['has no list', undefined, [0, 1, 2]],
])('of an answer that %s, what has no id was not taken', async (_, answer, untold) => {
  expect(await bus(answer).tell(stated(3))).toEqual(untold);
});

test('ten facts go in one request, and positions count over all of them', async () => {
  const { tell, client } = bus(took(10), took(4));
  expect(await tell(stated(15))).toEqual([14]);
  expect(client.commandCalls(PutEventsCommand).map(({ args }) => args[0].input.Entries?.length)).toEqual([10, 5]);
});

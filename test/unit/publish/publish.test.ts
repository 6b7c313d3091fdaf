import { marshall } from '@aws-sdk/util-dynamodb';
import type { DynamoDBRecord } from 'aws-lambda';
import { expect, test } from 'vitest';
import { facts } from '#events/catalogue.ts';
import type { Stated } from '#functions/publish/fact-of.ts';
import { publish } from '#functions/publish/publish.ts';
import type { Outgoing } from '#shared/queue/sender.ts';
import { recordedLog } from '#test/support/http.ts';

const EVENT = 'zq3v8k2m5n7p9r4t';
const PERSON = '7h2k9m4p6r8t3w5x';

let sequence = 0;
const record = (image: object | undefined, eventName: DynamoDBRecord['eventName'] = 'MODIFY'): DynamoDBRecord => ({
  eventID: `record-${++sequence}`,
  eventName,
  dynamodb: {
    SequenceNumber: String(sequence),
    ApproximateCreationDateTime: 1_795_000_000,
    ...(image && { NewImage: marshall(image) as never }),
  },
});
const stating = (fact: string, more: object = {}) => record({ fact, eventId: EVENT, registrationId: PERSON, ...more });

function press({ untold = [] as number[], unqueued = [] as number[] } = {}) {
  const told: Stated[] = [];
  const queued: Outgoing[] = [];
  const buried: string[] = [];
  const run = publish({
    tell: async (stated) => {
      told.push(...stated);
      return untold;
    },
    nudgeAdmit: async (messages) => {
      queued.push(...messages);
      return unqueued;
    },
    bury: async (_, reason) => void buried.push(reason),
    logger: recordedLog(),
  });
  return { told, queued, buried, run: (...Records: DynamoDBRecord[]) => run({ Records }) };
}

test.each(facts)('$name goes to the bus as the catalogue describes it', async (fact) => {
  const { told, run } = press();
  await run(record({ ...fact.example, fact: fact.name }));
  expect(told).toHaveLength(1);
  expect(fact.detail.parse(told[0]?.detail)).toMatchObject({ version: 1, data: fact.example });
});

test('a fact carries ids and nothing about the person', async () => {
  const { told, run } = press();
  await run(stating('registration.confirmed', { name: 'Ada', email: 'ada@example.org', linkSeed: 'secret' }));
  expect(told[0]?.detail.data).toEqual({ eventId: EVENT, registrationId: PERSON });
});

test('admit looks at whoever applied, at whoever cancelled a seat, and at an event whose capacity may have grown', async () => {
  const { queued, run } = press();
  const records = [
    stating('registration.applied'),
    stating('registration.cancelled', { seat: 'taken' }),
    stating('registration.cancelled'),
    stating('registration.confirmed', { seat: 'taken' }),
    record({ fact: 'event.changed', eventId: EVENT, capacity: 20 }),
    record({ fact: 'event.changed', eventId: EVENT }),
  ];
  await run(...records);
  const person = { v: 1, eventId: EVENT, registrationId: PERSON };
  expect(queued).toEqual([
    { body: person, group: EVENT, deduplication: records[0]?.eventID },
    { body: person, group: EVENT, deduplication: records[1]?.eventID },
    { body: { v: 1, eventId: EVENT }, group: EVENT, deduplication: records[4]?.eventID },
  ]);
});

test('the batch is repeated from the first record that bus or queue did not take', async () => {
  const records = [
    stating('registration.confirmed'),
    stating('registration.applied'),
    stating('registration.confirmed'),
  ];
  const from = (response: Awaited<ReturnType<ReturnType<typeof press>['run']>>) => response.batchItemFailures;
  expect(from(await press().run(...records))).toEqual([]);
  expect(from(await press({ untold: [2] }).run(...records))).toEqual([
    { itemIdentifier: records[2]?.dynamodb?.SequenceNumber },
  ]);
  expect(from(await press({ untold: [2], unqueued: [0] }).run(...records))).toEqual([
    { itemIdentifier: records[1]?.dynamodb?.SequenceNumber },
  ]);
});

test('removals say nothing', async () => {
  const { told, run } = press();
  await run(record(undefined, 'REMOVE'));
  expect(told).toEqual([]);
});

test('a record that states no known fact is buried with its reason, and the rest is done', async () => {
  const { told, buried, run } = press();
  const response = await run(
    stating('registration.vanished'),
    record({ fact: 'registration.confirmed', eventId: EVENT }),
    stating('registration.confirmed'),
  );
  expect(buried).toHaveLength(2);
  expect(buried[0]).toContain('registration.vanished');
  expect(told).toHaveLength(1);
  expect(response.batchItemFailures).toEqual([]);
});

import type { AttributeValue, DynamoDBBatchResponse, DynamoDBRecord, DynamoDBStreamEvent } from 'aws-lambda';
import { NO_FACT } from '#shared/store/names.ts';
import type { Item } from '#shared/store/table.ts';
import type { Lambda } from './lambda.ts';
import type { Setting } from './setting.ts';
import type { Commit } from './sim-table.ts';

const BATCH = 25;
const SHARDS = 2;

/** The table's stream: rows that state a fact, in the order of their writes, a batch at a time per shard, until it is done. */
export function simStream(publish: Lambda<DynamoDBStreamEvent, DynamoDBBatchResponse>, setting: Setting) {
  const { time, chance, faults, trace } = setting;
  const shards: { records: DynamoDBRecord[]; busy: boolean }[] = Array.from({ length: SHARDS }, () => ({
    records: [],
    busy: false,
  }));
  let sequence = 0;

  const pump = (shard: (typeof shards)[number]) => {
    if (shard.busy || shard.records.length === 0) return;
    shard.busy = true;
    const Records = shard.records.slice(0, BATCH);
    publish.invoke({ Records }, (outcome) => {
      const repeated = faults.strikes('stream batch repeated');
      const failed = outcome === 'died' || 'threw' in outcome;
      const first = failed ? Records[0] : undefined;
      const from = failed ? first?.dynamodb?.SequenceNumber : outcome.returned.batchItemFailures[0]?.itemIdentifier;
      const done = repeated ? 0 : Records.findIndex(({ dynamodb }) => dynamodb?.SequenceNumber === from);
      shard.records.splice(0, done === -1 ? Records.length : done);
      shard.busy = false;
      if (shard.records.length > 0) time.after(done === -1 ? 5 : chance.between(100, 2000), () => pump(shard));
    });
  };

  return {
    note({ after, at }: Commit): void {
      if (!after || after.fact === undefined || after.fact === NO_FACT) return;
      const shard = shards[after.pk.length % SHARDS] as (typeof shards)[number];
      const SequenceNumber = String(++sequence);
      trace('stream', () => `${after.fact} ${after.sk}`);
      const record = {
        eventID: `e${SequenceNumber}`,
        dynamodb: { SequenceNumber, NewImage: imageOf(after), ApproximateCreationDateTime: Math.floor(at / 1000) },
      } as DynamoDBRecord;
      const delay = faults.strikes('stream late') ? chance.between(1000, 30_000) : chance.between(5, 200);
      shard.records.push(record);
      time.after(delay, () => pump(shard));
    },
    waiting: () => shards.reduce((sum, { records }) => sum + records.length, 0),
  };
}

const imageOf = (item: Item): Record<string, AttributeValue> =>
  Object.fromEntries(
    Object.entries(item).map(([name, value]): [string, AttributeValue] => {
      if (typeof value === 'string') return [name, { S: value }];
      if (typeof value === 'number') return [name, { N: String(value) }];
      return [name, { M: {} }];
    }),
  );

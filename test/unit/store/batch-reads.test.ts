import { BatchGetCommand, DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, test } from 'vitest';
import { dynamoTable } from '#shared/store/dynamo-table.ts';
import type { Item, Key } from '#shared/store/table.ts';

const keysOf = (count: number): Key[] => Array.from({ length: count }, (_, n) => ({ pk: `P#${n}`, sk: 'S' }));
const itemsOf = (keys: readonly Key[]): Item[] => keys.map((key) => ({ ...key, read: true }));

type Answer = { read?: readonly Item[]; left?: readonly Key[] };

/** A table that answers each request as it is told. */
function table(answer: (asked: Key[], request: number) => Answer) {
  const client = mockClient(DynamoDBDocumentClient);
  const asked: Key[][] = [];
  client.on(BatchGetCommand).callsFake(({ RequestItems }) => {
    const keys = RequestItems.T.Keys as Key[];
    asked.push(keys);
    const { read, left } = answer(keys, asked.length);
    return { ...(read && { Responses: { T: read } }), ...(left && { UnprocessedKeys: { T: { Keys: left } } }) };
  });
  return { getMany: dynamoTable(client as unknown as DynamoDBDocumentClient, 'T').getMany, asked };
}

test('what DynamoDB leaves unread is asked for again, until all is read', async () => {
  const { getMany, asked } = table((keys) => {
    const half = Math.ceil(keys.length / 2);
    return { read: itemsOf(keys.slice(0, half)), left: keys.slice(half) };
  });
  const found = await getMany(keysOf(250));
  expect(new Set(found.map(({ pk }) => pk)).size).toBe(250);
  expect(Math.max(...asked.map((keys) => keys.length))).toBe(100);
});

test('items that are not there are left out', async () => {
  expect(await table(() => ({ read: [], left: [] })).getMany(keysOf(3))).toEqual([]);
});

test.each<[string, Answer]>([
  ['says nothing', {}],
  ['leaves all of them unread', { read: [], left: keysOf(3) }],
])('an answer that %s is no answer', async (_, answer) => {
  await expect(table(() => answer).getMany(keysOf(3))).rejects.toThrow('nothing of 3 items');
});

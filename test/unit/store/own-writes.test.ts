import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { marshall } from '@aws-sdk/util-dynamodb';
import { afterEach, expect, test } from 'vitest';
import { NO_PEOPLE } from '#shared/domain/people-counts.ts';
import { noteOf } from '#shared/domain/request-note.ts';
import { countStore } from '#shared/store/counts.ts';
import { dynamoTable } from '#shared/store/dynamo-table.ts';
import { memoryTable } from '#shared/store/memory-table.ts';
import { knowingOwnWrites } from '#shared/store/own-writes.ts';
import { requestStore } from '#shared/store/requests.ts';
import { ConditionFailed, type Conditions, type Table } from '#shared/store/table.ts';
import { losingEveryReply } from '#test/support/lost-replies.ts';

const key = { pk: 'P#1', sk: 'S' };
const fact = undefined;
const ifStep = (value: number): Conditions => [{ is: 'equal', path: ['step'], value }];

let marks = 0;
const onto = (table: Table) => knowingOwnWrites(table, () => `m${++marks}`);
const lossy = () => onto(losingEveryReply(memoryTable()));

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

test('the same write of somebody else is theirs, whatever was lost', async () => {
  const truth = memoryTable();
  const [one, other] = [onto(losingEveryReply(truth)), onto(losingEveryReply(truth))];
  await truth.put({ item: { ...key, step: 1 }, fact });
  const step = (table: Table) => table.update({ ...key, set: [[['step'], 2]], when: ifStep(1), fact });
  expect((await Promise.allSettled([step(one), step(other)])).map(({ status }) => status)).toEqual([
    'fulfilled',
    'rejected',
  ]);
});

test('what counts on counts once', async () => {
  const table = lossy();
  const spend = () => table.update({ ...key, add: [[['spent'], 1]], when: [], fact });
  expect(await spend()).toMatchObject({ spent: 1 });
  expect(await spend()).toMatchObject({ spent: 2 });
});

test('what is gone by its own removal is gone; what somebody else removed before, or holds, is a refusal', async () => {
  const truth = memoryTable();
  await truth.put({ item: { ...key, step: 1 }, fact });
  await expect(onto(losingEveryReply(truth)).remove({ ...key, when: ifStep(2) })).rejects.toBeInstanceOf(
    ConditionFailed,
  );
  await onto(losingEveryReply(truth)).remove({ ...key, when: ifStep(1) });
  await expect(onto(truth).remove({ ...key, when: ifStep(1) })).rejects.toBeInstanceOf(ConditionFailed);
});

test('the mark stands in the table alone', async () => {
  const truth = memoryTable();
  const table = onto(truth);
  await table.put({ item: { ...key, step: 1 }, when: [{ is: 'absent' }], fact });
  const seen = { ...key, step: 1, fact: '-' };
  expect((await truth.get(key))?.mark).toBeDefined();
  expect(await table.get(key)).toEqual(seen);
  expect(await table.getMany([key])).toEqual([seen]);
  expect((await table.query({ partition: key.pk })).items).toEqual([seen]);
  const refused = table.put({ item: key, when: [{ is: 'absent' }], fact });
  await expect(refused).rejects.toMatchObject({ item: seen });
});

test('a named request is claimed, settled and forgotten as if nothing were lost', async () => {
  const requests = requestStore(lossy());
  const id = { keyId: 'k', nameHash: 'h' };
  const claim = { ...id, owner: 'owner1' };
  const note = noteOf('body', claim.owner, 100);
  expect(await requests.claim(id, note, 100)).toEqual(note);
  expect(await requests.claim(id, noteOf('body', 'owner2', 101), 101)).toMatchObject({ owner: 'owner1' });
  expect(await requests.forget(claim)).toBe(true);
  expect(await requests.claim(id, note, 102)).toEqual(note);
  expect(await requests.settle(claim, { status: 201, location: undefined }, 103)).toBe(true);
  expect(await requests.settle(claim, { status: 201, location: undefined }, 104)).toBe(false);
});

test('the first counts of a shard stand', async () => {
  const counts = countStore(lossy());
  await counts.keep('e', 0, NO_PEOPLE);
  await counts.keep('e', 0, { ...NO_PEOPLE, answeredSurvey: 7 });
  expect(await counts.uncounted('e')).toEqual([1, 2, 3, 4, 5, 6, 7]);
});

/** A DynamoDB that hangs up on the first request, having done what it asks, and answers the repeat by `answer`. */
async function hangingUpFirst(answer: (asked: Asked, response: ServerResponse) => void) {
  const asked: Asked[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    asked.push(JSON.parse(Buffer.concat(chunks).toString()));
    if (asked.length === 1) response.destroy();
    else answer(asked[0] as Asked, response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const client = new DynamoDBClient({
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-west-2',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  closing.push(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });
  return { asked, table: dynamoTable(DynamoDBDocumentClient.from(client), 'T') };
}
interface Asked {
  readonly ExpressionAttributeNames: Record<string, string>;
  readonly ExpressionAttributeValues: Record<string, unknown>;
  readonly UpdateExpression: string;
  readonly ClientRequestToken?: string;
}

const answering = (response: ServerResponse, status: number, body: object) =>
  response.writeHead(status, { 'content-type': 'application/x-amz-json-1.0' }).end(JSON.stringify(body));
const refusing = (response: ServerResponse, item: object) =>
  answering(response, 400, {
    __type: 'com.amazonaws.dynamodb.v20120810#ConditionalCheckFailedException',
    message: 'The conditional request failed',
    Item: marshall(item),
  });

/** The mark that a request leaves. */
function markIn({ ExpressionAttributeNames, ExpressionAttributeValues, UpdateExpression }: Asked): string {
  const name = Object.entries(ExpressionAttributeNames).find(([, attribute]) => attribute === 'mark')?.[0];
  const value = new RegExp(`${name} = (:v\\d+)`).exec(UpdateExpression)?.[1] ?? '';
  return (ExpressionAttributeValues[value] as { S: string }).S;
}

test('on the wire: the SDK repeats a write whose reply was lost, and its refusal shows our mark', async () => {
  const row = { ...key, step: 2, fact: '-' };
  const { asked, table } = await hangingUpFirst((first, response) =>
    refusing(response, { ...row, mark: markIn(first) }),
  );
  expect(await table.update({ ...key, set: [[['step'], 2]], when: ifStep(1), fact })).toEqual(row);
  expect(asked).toHaveLength(2);
  expect(markIn(asked[1] as Asked)).toBe(markIn(asked[0] as Asked));
});

test('on the wire: a refusal that shows somebody else’s mark is one', async () => {
  const row = { ...key, step: 2, fact: '-' };
  const { table } = await hangingUpFirst((_, response) => refusing(response, { ...row, mark: 'another' }));
  const write = table.update({ ...key, set: [[['step'], 2]], when: ifStep(1), fact });
  await expect(write).rejects.toMatchObject({ item: row, repeated: true });
});

test('on the wire: a transaction is repeated under the token of the first request', async () => {
  const { asked, table } = await hangingUpFirst((_, response) => answering(response, 200, {}));
  await table.transact([{ put: { item: key, fact } }]);
  expect(asked.map(({ ClientRequestToken }) => ClientRequestToken)).toEqual([
    expect.stringMatching(/^.{1,36}$/),
    asked[0]?.ClientRequestToken,
  ]);
});

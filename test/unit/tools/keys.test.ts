import { CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, test } from 'vitest';
import { type ApiKey, isGood, readToken, SCOPES } from '#shared/domain/api-key.ts';
import { apiKeyStore } from '#shared/store/api-keys.ts';
import { memoryTable } from '#shared/store/memory-table.ts';
import { createKey } from '#tools/keys/create-key.ts';
import { tableOfStage } from '#tools/keys/find-table.ts';
import { keysOptions } from '#tools/keys/keys-options.ts';
import { allKeys, tableOf } from '#tools/keys/list-keys.ts';

const NOW = Date.parse('2026-11-23T12:00:00Z');
const EVENT = '7f3kq9x2m4t8c1vz';
const read = (...args: string[]) => keysOptions(args, NOW);

test('a key is asked for by name and scopes; the stage is local unless said otherwise', () => {
  expect(read('create', '--name', ' Web site ', '--scopes', 'events:read, events:read,registrations:read')).toEqual({
    command: { do: 'create', wish: { name: 'Web site', scopes: ['events:read', 'registrations:read'] } },
    stage: 'local',
    table: undefined,
  });
  expect(read('create', '--name', 'x', '--scopes', 'all').command).toMatchObject({ wish: { scopes: SCOPES } });
  const limited = ['--scopes', 'events:read', '--events', `${EVENT},${EVENT}`, '--expires', '2026-11-23'];
  expect(read('create', '--name', 'x', ...limited, '--stage', 'prod', '--table', 't')).toMatchObject({
    command: { wish: { events: [EVENT, EVENT], expiresOn: '2026-11-23T23:59:59Z' } },
    stage: 'prod',
    table: 't',
  });
});

test('a key is revoked by its id, or by the token somebody found', () => {
  expect(read('revoke', EVENT).command).toEqual({ do: 'revoke', keyId: EVENT });
  expect(read('revoke', `rk_${EVENT}_${'A'.repeat(43)}`).command).toEqual({ do: 'revoke', keyId: EVENT });
});

test('asking for nothing, or for help, explains', () => {
  for (const args of [[], ['--help'], ['create', '-h']]) expect(read(...args).command).toEqual({ do: 'help' });
});

test.each([
  ['make', 'no command'],
  ['list all', 'one word too many'],
  ['create', 'whose key'],
  ['create --name x', 'what the key may do'],
  ['create --name x --scopes ,', 'names no scope'],
  ['create --name x --scopes events', '“events” is no scope'],
  ['create --name x --scopes all --events', 'argument missing'],
  ['create --name x --scopes events:read --events ,', 'names no event'],
  ['create --name x --scopes events:read --events x', 'no id of an event'],
  [`create --name x --scopes all --events ${EVENT}`, 'sending:control'],
  ['create --name x --scopes all --expires tomorrow', 'a day like'],
  ['create --name x --scopes all --expires 2027-02-29', 'a day like'],
  ['create --name x --scopes all --expires 2026-11-22', 'is over'],
  ['revoke', 'which key'],
  ['revoke x', 'no id of a key'],
  ['list --colour', "Unknown option '--colour' (npm run keys -- --help lists the options)"],
  ['list --stage prd', 'There is no stage “prd”; infra/stages.ts has local, dev, prod.'],
  ['list --stage toString', 'There is no stage “toString”'],
])('“%s” is answered with a sentence', (line, sentence) => {
  expect(() => read(...line.split(' '))).toThrow(sentence);
});

test('the token of a new key opens it, and the table keeps no more than a hash', async () => {
  const table = memoryTable();
  const { key, token } = await createKey({ table, name: 'Web site', scopes: ['events:read'], now: () => NOW });
  const { keyId = '', secret = '' } = readToken(token) ?? {};
  const kept = await apiKeyStore(table).get(keyId);
  expect(kept).toEqual(key);
  expect(isGood(kept, secret, NOW)).toBe(true);
  expect(JSON.stringify(kept)).not.toContain(secret);
});

test('a key to an event that is not there is not made', async () => {
  await expect(
    createKey({ table: memoryTable(), name: 'x', scopes: ['events:read'], events: [EVENT] }),
  ).rejects.toThrow(`There is no event ${EVENT}`);
});

const key = (keyId: string, other: Partial<ApiKey> = {}): ApiKey => ({
  keyId,
  name: 'Web site',
  secretHash: 'a'.repeat(64),
  scopes: ['events:read'],
  createdAt: '2026-11-01T00:00:00Z',
  ...other,
});

test('all keys are found, page by page, oldest first', async () => {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient({ region: 'eu-west-2' }));
  const db = mockClient(client);
  const [older, newer] = [key('1'.repeat(16)), key('2'.repeat(16), { createdAt: '2026-11-02T00:00:00Z' })];
  db.on(ScanCommand)
    .resolvesOnce({ Items: [newer], LastEvaluatedKey: { pk: 'x' } })
    .resolvesOnce({ Items: [older] });
  expect(await allKeys(client, 'events')).toEqual([older, newer]);
});

test('the list says who may do what, and until when, and nothing of the secret', () => {
  const text = tableOf(
    [
      key('1'.repeat(16)),
      key('2'.repeat(16), { expiresOn: '2027-01-31T23:59:59Z', events: [EVENT] }),
      key('3'.repeat(16), { expiresOn: '2026-01-31T23:59:59Z' }),
      key('4'.repeat(16), { revokedAt: '2026-11-20T10:00:00Z' }),
    ],
    NOW,
  );
  expect(text.split('\n').map((line) => line.split(/ {2,}/).slice(0, 2))).toEqual([
    ['KEY', 'STATE'],
    ['1'.repeat(16), 'good'],
    ['2'.repeat(16), 'good until 2027-01-31'],
    ['3'.repeat(16), 'expired 2026-01-31'],
    ['4'.repeat(16), 'revoked 2026-11-20'],
  ]);
  expect(text).toContain(EVENT);
  expect(text).not.toContain('aaaa');
  expect(tableOf([], NOW)).toContain('no keys yet');
});

test('a stage’s table is the one its stack says; a stage that is not deployed is a sentence', async () => {
  const cloud = mockClient(CloudFormationClient);
  const client = cloud as unknown as CloudFormationClient;
  cloud.on(DescribeStacksCommand).rejects(new Error('Stack with id rollcall-prod does not exist'));
  cloud.on(DescribeStacksCommand, { StackName: 'rollcall-dev' }).resolves({
    Stacks: [
      {
        StackName: 'rollcall-dev',
        CreationTime: undefined,
        StackStatus: 'CREATE_COMPLETE',
        Outputs: [{ OutputKey: 'TableName', OutputValue: 'events-1' }],
      },
    ],
  });
  expect(await tableOfStage('dev', client)).toBe('events-1');
  await expect(tableOfStage('prod', client)).rejects.toThrow('There is no stack rollcall-prod');
});

import { expect, inject, test } from 'vitest';
import { startDynamoDbLocal } from '#test/support/dynamodb-local.ts';
import { tablesAt } from '#test/support/fresh-table.ts';
import { describeStores } from '#test/support/store-contract.ts';
import { describeTable } from '#test/support/table-contract.ts';
import { clientConfig } from '#tools/local/endpoint.ts';

const emulator = tablesAt(clientConfig(inject('localAws').endpoint));
describeTable('the emulator', emulator);
describeStores('the emulator', emulator);

const local = await startDynamoDbLocal();
if (local.leftOut !== undefined) process.stderr.write(`${local.leftOut}\n`);
else {
  const credentials = { accessKeyId: 'test', secretAccessKey: 'test' };
  const dynamoDbLocal = tablesAt({ endpoint: local.url, region: 'eu-west-2', credentials });
  describeTable("AWS's DynamoDB Local", dynamoDbLocal);
  describeStores("AWS's DynamoDB Local", dynamoDbLocal);
  test('DynamoDB Local is stopped', async () => {
    await local.stop();
    await expect(fetch(local.url)).rejects.toThrow();
  });
}

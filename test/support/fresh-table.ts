import { randomUUID } from 'node:crypto';
import {
  type AttributeDefinition,
  CreateTableCommand,
  DynamoDBClient,
  type DynamoDBClientConfig,
  type GlobalSecondaryIndex,
  waitUntilTableExists,
} from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { dynamoTable } from '#shared/store/dynamo-table.ts';
import { INDEXES, KEYS } from '#shared/store/names.ts';
import type { Table } from '#shared/store/table.ts';

const NUMBERS: readonly string[] = [INDEXES.greetDue.sort, INDEXES.due.sort];

/** Opens new, empty tables, keyed and indexed as ours is, in a DynamoDB at the client's endpoint. */
export function tablesAt(config: DynamoDBClientConfig): () => Promise<Table> {
  const client = new DynamoDBClient(config);
  const documents = DynamoDBDocumentClient.from(client, { marshallOptions: { removeUndefinedValues: true } });
  return async () => {
    const TableName = `contract-${randomUUID()}`;
    const named = [
      KEYS.partition,
      KEYS.sort,
      ...Object.values(INDEXES).flatMap(({ partition, sort }) => [partition, sort]),
    ];
    const definition = (AttributeName: string): AttributeDefinition => ({
      AttributeName,
      AttributeType: NUMBERS.includes(AttributeName) ? 'N' : 'S',
    });
    await client.send(
      new CreateTableCommand({
        TableName,
        BillingMode: 'PAY_PER_REQUEST',
        AttributeDefinitions: named.map(definition),
        KeySchema: keySchema(KEYS),
        GlobalSecondaryIndexes: Object.values(INDEXES).map(
          (index): GlobalSecondaryIndex => ({
            IndexName: index.name,
            KeySchema: keySchema(index),
            Projection: { ProjectionType: index.projection },
          }),
        ),
      }),
    );
    await waitUntilTableExists({ client, maxWaitTime: 10, minDelay: 1 }, { TableName });
    return dynamoTable(documents, TableName);
  };
}

const keySchema = ({ partition, sort }: { partition: string; sort: string }) => [
  { AttributeName: partition, KeyType: 'HASH' as const },
  { AttributeName: sort, KeyType: 'RANGE' as const },
];

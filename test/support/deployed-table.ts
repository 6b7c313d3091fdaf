import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { inject } from 'vitest';
import { dynamoTable } from '#shared/store/dynamo-table.ts';
import type { Item, Table } from '#shared/store/table.ts';
import { clientConfig } from '#tools/local/endpoint.ts';

/** The deployed app's table as its administrator sees it: `all` is every item there is. */
export function deployedTable(): { readonly table: Table; readonly all: () => Promise<Item[]> } {
  const { endpoint, outputs } = inject('localAws');
  const marshallOptions = { removeUndefinedValues: true };
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(clientConfig(endpoint)), { marshallOptions });
  const TableName = String(outputs.TableName);
  return {
    table: dynamoTable(client, TableName),
    async all() {
      const items: Item[] = [];
      for await (const { Items = [] } of paginateScan({ client }, { TableName, ConsistentRead: true }))
        items.push(...(Items as Item[]));
      return items;
    },
  };
}

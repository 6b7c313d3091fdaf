import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { inject } from 'vitest';
import { chance, newId, randomWord } from '#shared/domain/ids.ts';
import { dynamoTable } from '#shared/store/dynamo-table.ts';
import { toItem } from '#shared/store/registration-items.ts';
import { clientConfig } from '#tools/local/endpoint.ts';
import { aRegistration } from './builders.ts';

const AT_ONCE = 25;

/** So many confirmed people at an event, put into the table as if their confirmations had been settled long ago. */
export async function crowd(eventId: string, count: number, host: string): Promise<void> {
  const { endpoint, outputs } = inject('localAws');
  const marshallOptions = { removeUndefinedValues: true };
  const db = DynamoDBDocumentClient.from(new DynamoDBClient(clientConfig(endpoint)), { marshallOptions });
  const table = dynamoTable(db, String(outputs.TableName));
  const put = (n: number) => {
    const ids = { eventId, registrationId: newId(chance), linkSeed: randomWord(16, chance) };
    const item = toItem(aRegistration({ ...ids, email: `person${n}@${host}` }));
    return table.put({ item, fact: undefined });
  };
  for (let start = 0; start < count; start += AT_ONCE) {
    await Promise.all(Array.from({ length: Math.min(AT_ONCE, count - start) }, (_, n) => put(start + n)));
  }
}

import { readFile, writeFile } from 'node:fs/promises';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { isGood, readToken, SCOPES } from '#shared/domain/api-key.ts';
import { apiKeyStore } from '#shared/store/api-keys.ts';
import { dynamoTable } from '#shared/store/dynamo-table.ts';
import { createKey } from '../keys/create-key.ts';
import { clientConfig } from '../local/endpoint.ts';
import type { LocalAws } from '../local/local-aws.ts';

/**
 * A key for everything on this machine's copy: made once and kept in the state directory, for one cannot ask for it
 * again; made anew if the table does not know it any more.
 */
export const localKey = async (
  { endpoint, outputs: { TableName = '' } }: Pick<LocalAws, 'endpoint' | 'outputs'>,
  file: string,
): Promise<string> => {
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(clientConfig(endpoint)));
  const table = dynamoTable(client, TableName);
  const kept = (await readFile(file, 'utf8').catch(() => '')).trim();
  const known = readToken(kept);
  if (known && isGood(await apiKeyStore(table).get(known.keyId), known.secret, Date.now())) return kept;
  const { token } = await createKey({ name: 'This machine', scopes: [...SCOPES], table });
  await writeFile(file, `${token}\n`, { mode: 0o600 });
  return token;
};

import { type DynamoDBDocumentClient, paginateScan } from '@aws-sdk/lib-dynamodb';
import { ApiKey } from '#shared/domain/api-key.ts';
import { keys } from '#shared/store/keys.ts';
import { textTable } from '../text-table.ts';

/** Every key there is, oldest first. Reads the whole table: keys are found by their id alone, and this is asked rarely. */
export async function allKeys(client: DynamoDBDocumentClient, TableName: string): Promise<ApiKey[]> {
  const found: ApiKey[] = [];
  const ofKeys = {
    TableName,
    FilterExpression: 'begins_with(pk, :keys)',
    ExpressionAttributeValues: { ':keys': keys.apiKey('').pk },
  };
  for await (const { Items = [] } of paginateScan({ client }, ofKeys)) {
    found.push(...Items.map((item) => ApiKey.parse(item)));
  }
  return found.sort((a, b) => a.createdAt.localeCompare(b.createdAt));
}

/** The keys as a table to read: who may do what, and until when. */
export function tableOf(all: readonly ApiKey[], now: number): string {
  if (all.length === 0) return 'There are no keys yet. Make one with: npm run keys -- create --name … --scopes …';
  const rows = all.map(({ keyId, name, scopes, events, createdAt, ...key }) => [
    keyId,
    stateOf(key, now),
    createdAt.slice(0, 10),
    name,
    scopes.join(' '),
    events ? events.join(' ') : 'all events',
  ]);
  const header = ['KEY', 'STATE', 'MADE', 'NAME', 'SCOPES', 'EVENTS'];
  return textTable(header, rows);
}

function stateOf({ revokedAt, expiresOn }: Pick<ApiKey, 'revokedAt' | 'expiresOn'>, now: number): string {
  if (revokedAt) return `revoked ${revokedAt.slice(0, 10)}`;
  if (!expiresOn) return 'good';
  return `${Date.parse(expiresOn) <= now ? 'expired' : 'good until'} ${expiresOn.slice(0, 10)}`;
}

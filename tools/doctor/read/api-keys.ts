import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import type { ApiKey } from '#shared/domain/api-key.ts';
import { allKeys } from '../../keys/list-keys.ts';
import { output, type Patient } from '../patient.ts';

/** Finding all keys reads the whole table, so a large one is left alone unless somebody asks: the site reads it, too. */
const SMALL = 64 * 1024 * 1024;

/** Every API key there is; undefined where the table is too large to be read for it. */
export async function readApiKeys(patient: Patient): Promise<ApiKey[] | undefined> {
  const TableName = output(patient, 'TableName');
  if (!patient.allKeys) {
    const { Table } = await patient.aws.dynamo.send(new DescribeTableCommand({ TableName }));
    if ((Table?.TableSizeBytes ?? 0) > SMALL) return undefined;
  }
  return allKeys(patient.aws.dynamo, TableName);
}

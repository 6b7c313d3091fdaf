import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';
import { apiKeyStore } from '#shared/store/api-keys.ts';
import { dynamoTable } from '#shared/store/dynamo-table.ts';
import { ConditionFailed } from '#shared/store/table.ts';
import { awsOf } from './keys/aws-of.ts';
import { createKey } from './keys/create-key.ts';
import { tableOfStage } from './keys/find-table.ts';
import { type KeysOptions, keysOptions, USAGE } from './keys/keys-options.ts';
import { allKeys, tableOf } from './keys/list-keys.ts';
import { mendable } from './keys/mendable.ts';
import { explain, Failure } from './local/failure.ts';

const out = (text: string) => process.stdout.write(`${text}\n`);
const note = (text: string) => process.stderr.write(`${text}\n`);

async function main({ command, stage, table: named }: KeysOptions): Promise<void> {
  if (command.do === 'help') return void out(USAGE);
  const aws = awsOf(stage);
  const name = named ?? (await tableOfStage(stage, new CloudFormationClient(aws)));
  const client = DynamoDBDocumentClient.from(new DynamoDBClient(aws), {
    marshallOptions: { removeUndefinedValues: true },
  });
  const table = dynamoTable(client, name);

  switch (command.do) {
    case 'create': {
      const { key, token } = await createKey({ ...command.wish, table });
      note(`Made key ${key.keyId} for “${key.name}”: ${key.scopes.join(', ')}. This is its token, shown this once:\n`);
      return void out(token);
    }
    case 'list':
      return void out(tableOf(await allKeys(client, name), Date.now()));
    case 'revoke': {
      await apiKeyStore(table)
        .revoke(command.keyId, new Date().toISOString())
        .catch((error: unknown) => {
          throw error instanceof ConditionFailed ? new Failure(`There is no key ${command.keyId}.`) : error;
        });
      return void note(`Revoked ${command.keyId}. It stops working within a minute.`);
    }
  }
}

if (import.meta.main) {
  let stage = 'local';
  try {
    const options = keysOptions(process.argv.slice(2), Date.now());
    stage = options.stage;
    await main(options);
  } catch (error) {
    for (const line of explain(mendable(error, stage))) note(line);
    process.exitCode = 1;
  }
}

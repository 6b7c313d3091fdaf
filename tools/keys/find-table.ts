import type { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { Failure } from '../local/failure.ts';
import { outputsOfStage } from './find-outputs.ts';

/** The name of a stage's table, from the outputs of its stack. */
export async function tableOfStage(stage: string, client: CloudFormationClient): Promise<string> {
  const { TableName } = await outputsOfStage(stage, client);
  if (!TableName)
    throw new Failure(
      `The stack rollcall-${stage} has no output TableName: deploy it again, or name the table with --table.`,
    );
  return TableName;
}

import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { Failure } from '../local/failure.ts';

/** The name of a stage's table, from the outputs of its stack. */
export async function tableOfStage(stage: string, client: CloudFormationClient): Promise<string> {
  const StackName = `rollcall-${stage}`;
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName })).catch((error: unknown) => {
    throw error instanceof Error && error.message.includes('does not exist') ? noStack(StackName) : error;
  });
  const name = Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'TableName')?.OutputValue;
  if (!name) throw noStack(StackName);
  return name;
}

const noStack = (name: string) =>
  new Failure(`There is no stack ${name} in this account and region. Deploy it first, or name the table with --table.`);

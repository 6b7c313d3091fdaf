import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { Failure } from '../local/failure.ts';

/** The outputs of a stage's stack by their names; throws a sentence where there is no such stack. */
export async function outputsOfStage(stage: string, client: CloudFormationClient): Promise<Record<string, string>> {
  const StackName = `rollcall-${stage}`;
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName })).catch((error: unknown) => {
    throw error instanceof Error && error.message.includes('does not exist') ? noStack(StackName) : error;
  });
  if (!Stacks[0]) throw noStack(StackName);
  return Object.fromEntries(
    (Stacks[0].Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
  );
}

const noStack = (name: string) =>
  new Failure(
    `There is no stack ${name} in this account and region: deploy it first, or say which region with AWS_REGION.`,
  );

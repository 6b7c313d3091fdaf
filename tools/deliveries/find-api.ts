import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { Failure } from '../local/failure.ts';

/** Where a stage is, from the outputs of its stack. */
export async function apiOfStage(stage: string, client: CloudFormationClient): Promise<string> {
  const StackName = `rollcall-${stage}`;
  const { Stacks = [] } = await client.send(new DescribeStacksCommand({ StackName })).catch((error: unknown) => {
    throw error instanceof Error && error.message.includes('does not exist') ? noStack(StackName) : error;
  });
  const address = Stacks[0]?.Outputs?.find(({ OutputKey }) => OutputKey === 'SiteUrl')?.OutputValue;
  if (!address) throw noStack(StackName);
  return address.replace(/\/$/, '');
}

const noStack = (name: string) =>
  new Failure(`There is no stack ${name} in this account and region. Say where the stage is with --api.`);

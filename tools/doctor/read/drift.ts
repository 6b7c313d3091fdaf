import {
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
  paginateListStackResources,
  StackResourceDriftStatus,
} from '@aws-sdk/client-cloudformation';
import type { DriftFacts } from '../judge/drift.ts';
import type { Patient } from '../patient.ts';

/** How often it is asked whether the detection is done, milliseconds. */
const ASK_EVERY = 3000;

/** What CloudFormation finds changed or deleted by hand, in the stack and in those nested in it. */
export async function readDrift(patient: Patient): Promise<DriftFacts> {
  const stacks = [
    { name: patient.stack.name, nested: false },
    ...(await nestedIn(patient)).map((name) => ({ name, nested: true })),
  ];
  const drifted = await Promise.all(
    stacks.map(async ({ name, nested }) => (await driftOf(patient, name)).map((each) => ({ ...each, nested }))),
  );
  return { stage: patient.stage, drifted: drifted.flat() };
}

async function nestedIn({ aws, stack }: Patient): Promise<string[]> {
  const found: string[] = [];
  for await (const { StackResourceSummaries = [] } of paginateListStackResources(
    { client: aws.cloudFormation },
    { StackName: stack.name },
  ))
    for (const { ResourceType, PhysicalResourceId } of StackResourceSummaries)
      if (ResourceType === 'AWS::CloudFormation::Stack' && PhysicalResourceId) found.push(PhysicalResourceId);
  return found;
}

async function driftOf({ aws, local }: Patient, StackName: string) {
  const { StackDriftDetectionId } = await aws.cloudFormation.send(new DetectStackDriftCommand({ StackName }));
  for (;;) {
    const read = await aws.cloudFormation.send(new DescribeStackDriftDetectionStatusCommand({ StackDriftDetectionId }));
    if (read.DetectionStatus === 'DETECTION_FAILED')
      throw Object.assign(new Error(read.DetectionStatusReason ?? ''), { name: 'DetectionFailed' });
    if (read.DetectionStatus === 'DETECTION_COMPLETE') break;
    await new Promise((resolve) => setTimeout(resolve, ASK_EVERY));
  }
  const StackResourceDriftStatusFilters = [StackResourceDriftStatus.MODIFIED, StackResourceDriftStatus.DELETED];
  const found: { id: string; gone: boolean }[] = [];
  let NextToken: string | undefined;
  do {
    const page = await aws.cloudFormation.send(
      new DescribeStackResourceDriftsCommand({
        StackName,
        StackResourceDriftStatusFilters,
        ...(NextToken && { NextToken }),
      }),
    );
    for (const { LogicalResourceId = '', ResourceType, StackResourceDriftStatus: status } of page.StackResourceDrifts ??
      []) {
      // The emulator looks its secrets up by name and is given their ARN: it takes them for deleted.
      if (local && ResourceType === 'AWS::SecretsManager::Secret') continue;
      found.push({ id: LogicalResourceId, gone: status === 'DELETED' });
    }
    NextToken = page.NextToken;
  } while (NextToken);
  return found;
}

import { type CloudFormationClient, DescribeStacksCommand } from '@aws-sdk/client-cloudformation';
import { Failure } from '../local/failure.ts';

/** A stage as CloudFormation has it. */
export interface Stack {
  readonly name: string;
  readonly region: string;
  readonly account: string;
  readonly status: string;
  /** Epoch milliseconds. */
  readonly changedAt: number;
  readonly outputs: Readonly<Record<string, string>>;
  /** This machine's clock less AWS's, milliseconds, as far as a date in whole seconds tells. */
  readonly clockOffset: number | undefined;
}

/** Reads a stage's stack; throws a sentence when there is none in this account and region. */
export async function readStack(
  client: CloudFormationClient,
  { stage, stages }: { readonly stage: string; readonly stages: readonly string[] },
): Promise<Stack> {
  const name = `rollcall-${stage}`;
  let date: string | undefined;
  let [asked, answered] = [0, 0];
  client.middlewareStack.add(
    (next) => async (args) => {
      asked = Date.now();
      const result = await next(args);
      answered = Date.now();
      date = (result.response as { headers?: Record<string, string> }).headers?.['date'] ?? date;
      return result;
    },
    { step: 'deserialize', priority: 'low', name: 'dateOfAnswer', override: true },
  );
  const { Stacks = [] } = await client
    .send(new DescribeStacksCommand({ StackName: name }))
    .catch(async (error: unknown) => {
      if (!(error instanceof Error && error.message.includes('does not exist'))) throw error;
      throw new Failure(await noSuchStack({ name, stage, stages, region: await client.config.region() }));
    });
  const [found] = Stacks;
  if (!found) throw new Failure(await noSuchStack({ name, stage, stages, region: await client.config.region() }));
  const [, , , region = '', account = ''] = (found.StackId ?? '').split(':');
  const changed = found.LastUpdatedTime ?? found.CreationTime;
  return {
    name,
    region,
    account,
    status: found.StackStatus ?? 'unknown',
    changedAt: changed?.getTime() ?? 0,
    outputs: Object.fromEntries(
      (found.Outputs ?? []).map(({ OutputKey = '', OutputValue = '' }) => [OutputKey, OutputValue]),
    ),
    clockOffset: offsetOf(date, (asked + answered) / 2),
  };
}

function noSuchStack({
  name,
  stage,
  stages,
  region,
}: {
  name: string;
  stage: string;
  stages: readonly string[];
  region: string;
}): string {
  const there = `There is no stack ${name} in this account and the region ${region}`;
  return stages.includes(stage)
    ? `${there}. Deploy it (npx cdk deploy -c stage=${stage}), or name the region it is in: AWS_REGION=… npm run doctor -- --stage ${stage}`
    : `${there}, and infra/stages.ts has no stage ${stage}; it has ${stages.join(', ')}.`;
}

/** A date header says whole seconds, cut off: on average its moment was half a second later. */
function offsetOf(date: string | undefined, ours: number): number | undefined {
  const theirs = Date.parse(date ?? '');
  return Number.isNaN(theirs) ? undefined : ours - (theirs + 500);
}

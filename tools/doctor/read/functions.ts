import { GetFunctionConfigurationCommand, paginateListEventSourceMappings } from '@aws-sdk/client-lambda';
import type { FunctionFacts } from '../judge/functions.ts';
import { once, type Patient } from '../patient.ts';

/** What Lambda says of one of the stack's functions. */
export interface Configuration {
  /** As the stack's outputs name it: Send, Sweep, … */
  readonly name: string;
  readonly arn: string;
  readonly runtime: string;
  readonly logGroup: string;
  readonly env: Readonly<Record<string, string>>;
  readonly facts: FunctionFacts;
  readonly sources: readonly { readonly arn: string; readonly most: number | undefined }[];
}

const OF = /^(.+)FunctionName$/;

/** Reads one function that the stack's outputs name. */
export const readFunction = async ({ aws, stack }: Patient, name: string): Promise<Omit<Configuration, 'sources'>> => {
  const FunctionName = stack.outputs[`${name}FunctionName`];
  const read = await aws.lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  return {
    name,
    arn: read.FunctionArn ?? '',
    runtime: read.Runtime ?? 'runtime',
    logGroup: read.LoggingConfig?.LogGroup ?? `/aws/lambda/${FunctionName}`,
    env: read.Environment?.Variables ?? {},
    facts: { name, state: read.State ?? 'Active', lastUpdate: read.LastUpdateStatus ?? 'Successful', asleep: [] },
  };
};

/** Every function of the stack with what feeds it. */
export const readFunctions = once(async (patient: Patient): Promise<Configuration[]> => {
  const names = Object.keys(patient.stack.outputs).flatMap((key) => OF.exec(key)?.[1] ?? []);
  return Promise.all(
    names.map(async (name) => {
      const [read, mappings] = await Promise.all([readFunction(patient, name), sourcesOf(patient, name)]);
      const asleep = mappings
        .filter(({ on }) => !on)
        .map(({ arn }) => (arn.includes(':dynamodb:') ? 'stream' : 'queue'));
      return { ...read, facts: { ...read.facts, asleep }, sources: mappings };
    }),
  );
});

async function sourcesOf({ aws, stack }: Patient, name: string) {
  const found: { arn: string; most: number | undefined; on: boolean }[] = [];
  const input = { FunctionName: stack.outputs[`${name}FunctionName`] };
  for await (const { EventSourceMappings = [] } of paginateListEventSourceMappings({ client: aws.lambda }, input))
    for (const { EventSourceArn = '', ScalingConfig, State = '' } of EventSourceMappings)
      found.push({ arn: EventSourceArn, most: ScalingConfig?.MaximumConcurrency, on: !/^Disabl/.test(State) });
  return found;
}

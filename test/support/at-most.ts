import { LambdaClient, ListEventSourceMappingsCommand, UpdateEventSourceMappingCommand } from '@aws-sdk/client-lambda';
import { clientConfig, type Endpoint } from '#tools/local/endpoint.ts';

/** Sets how many runs at once each of these functions' queues may cause; resolves to what they might before. */
export async function atMost(
  endpoint: Endpoint,
  workers: Readonly<Record<string, number>>,
): Promise<Record<string, number>> {
  const lambda = new LambdaClient(clientConfig(endpoint));
  const before: Record<string, number> = {};
  for (const [FunctionName, MaximumConcurrency] of Object.entries(workers)) {
    const { EventSourceMappings = [] } = await lambda.send(new ListEventSourceMappingsCommand({ FunctionName }));
    const [mapping] = EventSourceMappings;
    before[FunctionName] = Number(mapping?.ScalingConfig?.MaximumConcurrency);
    const ScalingConfig = { MaximumConcurrency };
    await lambda.send(new UpdateEventSourceMappingCommand({ UUID: mapping?.UUID, ScalingConfig }));
  }
  return before;
}

import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  paginateListFunctions,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { clientConfig, type Endpoint } from '../local/endpoint.ts';
import type { FaultProxy } from './fault-proxy.ts';

interface Proxies {
  readonly aws: FaultProxy;
  readonly ses: FaultProxy;
}

/**
 * Has every function reach AWS, and SES, through a proxy each, from its next cold start on. A client of SQS goes to the
 * address of the queue, so those lead through it, too. The proxy leaves out the length of what HEAD asks for, by which the API
 * knows that a file was uploaded: its S3 is the real one.
 */
export async function leadThrough({ aws, ses }: Proxies, endpoint: Endpoint): Promise<void> {
  const lambda = new LambdaClient(clientConfig(endpoint));
  for (const name of await functionNames(lambda)) {
    const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
    const variables = Environment?.Variables ?? {};
    const led = Object.entries(variables).map(([key, value]) => [
      key,
      rerouted(value, { from: endpoint.port, to: aws.port }),
    ]);
    const asksForFiles = variables['POWERTOOLS_SERVICE_NAME'] === 'organiser-api';
    const Variables = {
      ...Object.fromEntries(led),
      AWS_ENDPOINT_URL: aws.url,
      AWS_ENDPOINT_URL_SESV2: ses.url,
      ...(asksForFiles && { AWS_ENDPOINT_URL_S3: endpoint.url }),
    };
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: name, Environment: { Variables } }));
  }
}

/** Has every function start anew. */
export async function startAnew(endpoint: Endpoint): Promise<void> {
  const lambda = new LambdaClient(clientConfig(endpoint));
  for (const name of await functionNames(lambda)) {
    const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName: name }));
    const Variables = { ...Environment?.Variables, STARTED: String(Date.now()) };
    await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName: name, Environment: { Variables } }));
  }
}

/** Ours, and none that the CDK brought. */
async function functionNames(lambda: LambdaClient): Promise<string[]> {
  const names: string[] = [];
  for await (const { Functions = [] } of paginateListFunctions({ client: lambda }, {})) {
    const ours = Functions.filter(
      ({ Environment }) => Environment?.Variables?.['POWERTOOLS_SERVICE_NAME'] !== undefined,
    );
    names.push(...ours.flatMap(({ FunctionName }) => FunctionName ?? []));
  }
  return names;
}

/** Addresses of queues are on the port of the emulator. */
const rerouted = (value: string, { from, to }: { from: number; to: number }): string =>
  value.replaceAll(new RegExp(`(//[\\w.]+):${from}(?=/)`, 'g'), `$1:${to}`);

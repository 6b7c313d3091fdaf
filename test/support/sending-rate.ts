import {
  GetFunctionConfigurationCommand,
  LambdaClient,
  UpdateFunctionConfigurationCommand,
} from '@aws-sdk/client-lambda';
import { retuned } from '#shared/domain/pacer.ts';
import { pacerStore } from '#shared/store/pacer.ts';
import { clientConfig } from '#tools/local/endpoint.ts';
import type { deployed } from './deployed.ts';
import { deployedTable } from './deployed-table.ts';

/**
 * Sets the mails a second of the deployed app, as `pacing.rate` of its stage would, at once; resolves to what the rate was.
 * The sweep sets it anew every minute, so that it is told first.
 */
export async function sendAt(rate: number, { outputs, endpoint }: ReturnType<typeof deployed>): Promise<number> {
  const lambda = new LambdaClient(clientConfig(endpoint));
  const FunctionName = outputs.SweepFunctionName;
  const { Environment } = await lambda.send(new GetFunctionConfigurationCommand({ FunctionName }));
  const Variables = { ...Environment?.Variables, SEND_RATE: String(rate) };
  await lambda.send(new UpdateFunctionConfigurationCommand({ FunctionName, Environment: { Variables } }));

  const pacer = pacerStore(deployedTable().table);
  for (;;) {
    const read = await pacer.get();
    // As it would be made for this account, but with the slots that are given away already.
    const fresh = { ...retuned(undefined, { maxSendRate: rate }, Date.now()), tat: read?.tat ?? 0 };
    if ((await pacer.move(read, fresh)).moved) return Number(Environment?.Variables?.SEND_RATE);
  }
}

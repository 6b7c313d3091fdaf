import { clientConfig, endpointAt } from '../local/endpoint.ts';
import { portFrom } from '../local/ports.ts';
import { awsClients, type Clients } from './clients.ts';

type Env = Record<string, string | undefined>;

/** The local stage is where `npm start` serves it, unless the environment names another place; all others as for the AWS CLI. */
export async function findAws(stage: string, env: Env = process.env): Promise<Clients> {
  if (stage !== 'local' || env['AWS_ENDPOINT_URL'] !== undefined) return awsClients({});
  const place = clientConfig(endpointAt(portFrom(env, 'ROLLCALL_AWS_PORT', 4566)));
  return awsClients(place, await sesFront(portFrom(env, 'ROLLCALL_MAIL_PORT', 8005) + 1));
}

/** SES as the functions see it, if it listens beside the mailbox as it does unless another program was there first. */
async function sesFront(port: number): Promise<string | undefined> {
  const url = `http://127.0.0.1:${port}`;
  const answer = await fetch(`${url}/_front/requests?to=nobody`, { signal: AbortSignal.timeout(1000) }).catch(
    () => undefined,
  );
  return answer?.ok ? url : undefined;
}

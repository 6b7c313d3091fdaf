import { stages } from '#infra/stages.ts';
import { awsOf } from '../keys/aws-of.ts';
import { portFrom } from '../local/ports.ts';
import { awsClients, type Clients, type Place } from './clients.ts';

/** The local stage is where `npm start` serves it, unless the environment names another place; all others as for the AWS CLI. */
export async function findAws(stage: string): Promise<Clients> {
  const place: Place = awsOf(stage);
  if (place.endpoint) return awsClients(place, await sesFront(portFrom(process.env, 'ROLLCALL_MAIL_PORT', 8005) + 1));
  // A stage that names its region is in no other.
  const region = stages[stage]?.region;
  return awsClients(region ? { region } : {});
}

/** SES as the functions see it, if it listens beside the mailbox as it does unless another program was there first. */
async function sesFront(port: number): Promise<string | undefined> {
  const url = `http://127.0.0.1:${port}`;
  const answer = await fetch(`${url}/_front/requests?to=nobody`, { signal: AbortSignal.timeout(1000) }).catch(
    () => undefined,
  );
  return answer?.ok ? url : undefined;
}

import { InvokeCommand, LambdaClient } from '@aws-sdk/client-lambda';
import { GetQueueAttributesCommand, SQSClient } from '@aws-sdk/client-sqs';
import type { Table } from '#shared/store/table.ts';
import { clientConfig } from '../local/endpoint.ts';
import type { LocalAws } from '../local/local-aws.ts';
import type { AcceptedMail } from './compare.ts';

/** The deployed app from the outside, and its AWS as it is behind the proxies. */
export interface World extends Pick<LocalAws, 'siteUrl' | 'sesUrl' | 'endpoint' | 'outputs'> {
  readonly apiKey: string;
  readonly table: Table;
  /** Has every function start anew. */
  readonly startAnew: () => Promise<void>;
}

interface Seen {
  readonly at: string;
  readonly to: readonly string[];
  readonly outcome: string;
  readonly tags: Readonly<Record<string, string>>;
}

/** What SES accepted for addresses that contain this. */
export async function acceptedMails({ sesUrl }: World, to: string): Promise<AcceptedMail[]> {
  const response = await fetch(new URL(`/_front/requests?to=${encodeURIComponent(to)}`, sesUrl));
  const { requests } = (await response.json()) as { readonly requests: readonly Seen[] };
  return requests
    .filter(({ outcome }) => outcome === 'accepted')
    .map(({ at, tags }) => ({
      at,
      mailKey: `${tags['campaign']}@${tags['occasion']}`,
      registrationId: String(tags['registration']),
      attempt: Number(tags['attempt']),
    }));
}

/** One round of the sweep, now instead of within the minute. */
export async function sweepNow({ endpoint, outputs }: World): Promise<void> {
  const Payload = JSON.stringify({ 'detail-type': 'Scheduled Event', source: 'aws.events' });
  const invoke = new InvokeCommand({ FunctionName: outputs['SweepFunctionName'], Payload });
  await new LambdaClient(clientConfig(endpoint)).send(invoke);
}

/** Every queue that is not empty, dead letters among them, in a sentence each. */
export async function waitingIn({ endpoint, outputs }: World): Promise<string[]> {
  const sqs = new SQSClient({ ...clientConfig(endpoint), useQueueUrlAsEndpoint: false });
  const AttributeNames = [
    'ApproximateNumberOfMessages',
    'ApproximateNumberOfMessagesNotVisible',
    'ApproximateNumberOfMessagesDelayed',
  ] as const;
  const queues = Object.entries(outputs).filter(([name]) => /(?:Queue|Dlq)Url$/.test(name));
  const found = await Promise.all(
    queues.map(async ([name, QueueUrl]) => {
      const asked = new GetQueueAttributesCommand({ QueueUrl, AttributeNames: [...AttributeNames] });
      const { Attributes = {} } = await sqs.send(asked);
      const count = AttributeNames.reduce((sum, each) => sum + Number(Attributes[each] ?? 0), 0);
      return count > 0 ? [`${count} messages in ${name}`] : [];
    }),
  );
  return found.flat();
}

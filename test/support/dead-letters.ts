import { GetQueueAttributesCommand, ListQueuesCommand, SQSClient } from '@aws-sdk/client-sqs';
import { clientConfig, type Endpoint } from '#tools/local/endpoint.ts';

/** How many messages lie in each dead-letter queue of the stack that holds any, by the queue's name. */
export async function deadLetters(endpoint: Endpoint): Promise<Record<string, number>> {
  const sqs = new SQSClient(clientConfig(endpoint));
  const { QueueUrls = [] } = await sqs.send(new ListQueuesCommand({}));
  const held: Record<string, number> = {};
  for (const QueueUrl of QueueUrls.filter((url) => /Dlq/.test(url))) {
    const AttributeNames = ['ApproximateNumberOfMessages' as const];
    const { Attributes } = await sqs.send(new GetQueueAttributesCommand({ QueueUrl, AttributeNames }));
    const count = Number(Attributes?.ApproximateNumberOfMessages);
    if (count > 0) held[QueueUrl.split('/').at(-1) ?? ''] = count;
  }
  return held;
}

import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { DynamoDBDocumentClient, UpdateCommand } from '@aws-sdk/lib-dynamodb';
import { clientConfig } from '../local/endpoint.ts';
import type { LocalAws } from '../local/local-aws.ts';

/**
 * Writes the state `cancelled` onto an event item, past every rule: nobody is told. This goes when the organiser API can
 * cancel an event.
 */
export const markCancelled = async (
  { endpoint, outputs: { TableName } }: Pick<LocalAws, 'endpoint' | 'outputs'>,
  eventId: string,
): Promise<void> => {
  await DynamoDBDocumentClient.from(new DynamoDBClient(clientConfig(endpoint))).send(
    new UpdateCommand({
      TableName,
      Key: { pk: `EVENT#${eventId}`, sk: 'EVENT' },
      UpdateExpression: 'SET #state = :cancelled, fact = :none',
      ConditionExpression: 'attribute_exists(pk) AND #state = :published',
      ExpressionAttributeNames: { '#state': 'state' },
      ExpressionAttributeValues: { ':cancelled': 'cancelled', ':published': 'published', ':none': '-' },
    }),
  );
};

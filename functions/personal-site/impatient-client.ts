import { DynamoDBClient } from '@aws-sdk/client-dynamodb';

/**
 * A client that gives up well before its Lambda is stopped, at ten seconds: after three tries of `patience` milliseconds.
 * A write that hangs keeps nobody at the gate.
 */
export const impatientClient = (patience = 2000): DynamoDBClient =>
  new DynamoDBClient({
    maxAttempts: 3,
    requestHandler: { connectionTimeout: patience / 2, requestTimeout: patience, throwOnRequestTimeout: true },
  });

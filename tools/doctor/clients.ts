import { CloudFormationClient } from '@aws-sdk/client-cloudformation';
import { CloudWatchClient } from '@aws-sdk/client-cloudwatch';
import { CloudWatchLogsClient } from '@aws-sdk/client-cloudwatch-logs';
import { DynamoDBClient } from '@aws-sdk/client-dynamodb';
import { EventBridgeClient } from '@aws-sdk/client-eventbridge';
import { LambdaClient } from '@aws-sdk/client-lambda';
import { SchedulerClient } from '@aws-sdk/client-scheduler';
import { SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { SESv2Client } from '@aws-sdk/client-sesv2';
import { SNSClient } from '@aws-sdk/client-sns';
import { SQSClient } from '@aws-sdk/client-sqs';
import { DynamoDBDocumentClient } from '@aws-sdk/lib-dynamodb';

/** Where AWS is, when not where its environment says. */
export interface Place {
  readonly endpoint?: string;
  readonly region?: string;
  readonly credentials?: { readonly accessKeyId: string; readonly secretAccessKey: string };
}

/** No call waits longer for a connection, or for its answer: a doctor that hangs is of no use. Milliseconds. */
const PATIENCE = { connectionTimeout: 3000, requestTimeout: 8000, throwOnRequestTimeout: true };

/** One client for each service that is asked. SES may be elsewhere: on the local AWS a front stands before it. */
export function awsClients(place: Place, sesEndpoint?: string) {
  const settings = { ...place, maxAttempts: 2, requestHandler: PATIENCE };
  return {
    cloudFormation: new CloudFormationClient(settings),
    cloudWatch: new CloudWatchClient(settings),
    logs: new CloudWatchLogsClient(settings),
    dynamo: DynamoDBDocumentClient.from(new DynamoDBClient(settings), {
      marshallOptions: { removeUndefinedValues: true },
    }),
    events: new EventBridgeClient(settings),
    lambda: new LambdaClient(settings),
    scheduler: new SchedulerClient(settings),
    secrets: new SecretsManagerClient(settings),
    ses: new SESv2Client({ ...settings, ...(sesEndpoint && { endpoint: sesEndpoint }) }),
    sns: new SNSClient(settings),
    // The emulator's queues are called by another name than it is: the client would say so, each time.
    sqs: new SQSClient({ ...settings, useQueueUrlAsEndpoint: false }),
  };
}
export type Clients = ReturnType<typeof awsClients>;

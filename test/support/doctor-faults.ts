import {
  CloudWatchClient,
  DeleteAlarmsCommand,
  PutMetricAlarmCommand,
  SetAlarmStateCommand,
} from '@aws-sdk/client-cloudwatch';
import {
  DisableRuleCommand,
  EnableRuleCommand,
  EventBridgeClient,
  ListRuleNamesByTargetCommand,
} from '@aws-sdk/client-eventbridge';
import {
  DeleteFunctionConcurrencyCommand,
  GetAccountSettingsCommand,
  GetFunctionConfigurationCommand,
  LambdaClient,
  ListEventSourceMappingsCommand,
  PutFunctionConcurrencyCommand,
  UpdateEventSourceMappingCommand,
} from '@aws-sdk/client-lambda';
import { CreateScheduleCommand, DeleteScheduleCommand, SchedulerClient } from '@aws-sdk/client-scheduler';
import { GetSecretValueCommand, PutSecretValueCommand, SecretsManagerClient } from '@aws-sdk/client-secrets-manager';
import { PutConfigurationSetSendingOptionsCommand, SESv2Client } from '@aws-sdk/client-sesv2';
import { CreateTopicCommand, DeleteTopicCommand, SNSClient } from '@aws-sdk/client-sns';
import { PurgeQueueCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { inject } from 'vitest';
import { SCOPES } from '#shared/domain/api-key.ts';
import { apiKeyStore } from '#shared/store/api-keys.ts';
import { keys } from '#shared/store/keys.ts';
import { clientConfig } from '#tools/local/endpoint.ts';
import { deployed } from './deployed.ts';
import { deployedTable } from './deployed-table.ts';

/** Something that is wrong: how it comes about, and how it is put right. */
export interface Fault {
  readonly check: string;
  readonly status: 'soon' | 'hurts';
  /** What the finding must say. */
  readonly says: RegExp;
  readonly plant: () => Promise<unknown>;
  readonly mend: () => Promise<unknown>;
}

const EXPIRING = 'd0c70rk3yd0c70rk';
const DAY = 86_400_000;
const GROUP = 'rollcall-local';
const ALARM = 'rollcall-local-planted';

/** Faults of an operation that people would feel, for the deployed app and one of its events with people. */
export function faults({ eventId }: { eventId: string }): Fault[] {
  const { endpoint, outputs, sesUrl } = inject('localAws');
  const config = clientConfig(endpoint);
  const [lambda, scheduler, secrets] = [
    new LambdaClient(config),
    new SchedulerClient(config),
    new SecretsManagerClient(config),
  ];
  const [events, sqs, sns] = [new EventBridgeClient(config), new SQSClient(config), new SNSClient(config)];
  const [watch, ses] = [new CloudWatchClient(config), new SESv2Client({ ...config, endpoint: sesUrl })];
  const { table } = deployedTable();
  const app = deployed();
  const front = (method: string, path: string, body?: object) =>
    fetch(`${sesUrl}/_front/${path}`, { method, ...(body && { body: JSON.stringify(body) }) });
  const kept = new Map<string, unknown>();
  const SecretId = outputs['LinkKeysSecretArn'];
  const DlqUrl = outputs['LaneNowDlqUrl'];
  const armed = (campaignId: string) => keys.campaign(eventId, campaignId);

  const sweepRule = async () => {
    const { FunctionArn } = await lambda.send(
      new GetFunctionConfigurationCommand({ FunctionName: outputs['SweepFunctionName'] }),
    );
    const { RuleNames = [] } = await events.send(new ListRuleNamesByTargetCommand({ TargetArn: FunctionArn }));
    return RuleNames.find((name) => name.includes('EveryMinute'));
  };

  const wake = async (Enabled: boolean) => {
    const { EventSourceMappings = [] } = await lambda.send(
      new ListEventSourceMappingsCommand({ FunctionName: outputs['JobsFunctionName'] }),
    );
    await lambda.send(new UpdateEventSourceMappingCommand({ UUID: EventSourceMappings[0]?.UUID, Enabled }));
  };

  return [
    {
      check: 'sweep',
      status: 'hurts',
      says: /^The rule that wakes sweep every minute is switched off: mails, seats and campaigns that failed once stay undone/,
      plant: async () => events.send(new DisableRuleCommand({ Name: await sweepRule() })),
      mend: async () => events.send(new EnableRuleCommand({ Name: await sweepRule() })),
    },
    {
      check: 'dead-letters',
      status: 'hurts',
      says: /^1 dead letter in LaneNow: somebody is owed a confirmation/,
      plant: () => sqs.send(new SendMessageCommand({ QueueUrl: DlqUrl, MessageBody: '{"v":0}' })),
      mend: () => sqs.send(new PurgeQueueCommand({ QueueUrl: DlqUrl })),
    },
    {
      check: 'schedules',
      status: 'soon',
      says: new RegExp(`^Campaign 3 of event ${eventId} is due at .* UTC and has no schedule`),
      plant: async () => {
        const clock = { GroupName: GROUP, Name: `${eventId}-3` };
        await scheduler.send(new DeleteScheduleCommand(clock));
      },
      // The way out that the finding names.
      mend: async () => {
        const path = `/api/v1/events/${eventId}`;
        const { body, headers } = await app.call<{ title: string }>('GET', path);
        const ifMatch = { 'if-match': headers.get('etag') ?? '' };
        const { status } = await app.call('PATCH', path, { body: { title: body.title }, headers: ifMatch });
        if (status !== 200) throw new Error(`The event was not patched: ${status}`);
      },
    },
    {
      check: 'schedules',
      status: 'soon',
      says: new RegExp(`^1 schedule belongs to no armed campaign: ${eventId}-77\\.`),
      plant: () =>
        scheduler.send(
          new CreateScheduleCommand({
            GroupName: GROUP,
            Name: `${eventId}-77`,
            ScheduleExpression: `at(${new Date(Date.now() + 30 * DAY).toISOString().slice(0, 19)})`,
            FlexibleTimeWindow: { Mode: 'OFF' },
            Target: { Arn: 'arn:aws:sqs:eu-west-2:000000000000:nowhere', RoleArn: String(outputs['SweepRoleArn']) },
          }),
        ),
      mend: () => scheduler.send(new DeleteScheduleCommand({ GroupName: GROUP, Name: `${eventId}-77` })),
    },
    {
      check: 'overdue',
      status: 'hurts',
      says: new RegExp(
        `^Campaign 2 of event ${eventId} was due 20 minutes ago and has not started: nobody has been sent it`,
      ),
      plant: async () => {
        kept.set('due', (await table.get(armed('2'), { consistent: true }))?.['dueAt']);
        const dueAt = Math.floor(Date.now() / 1000) - 1210;
        await table.update({ ...armed('2'), set: [[['dueAt'], dueAt]], when: [{ is: 'there' }], fact: undefined });
      },
      mend: () =>
        table.update({ ...armed('2'), set: [[['dueAt'], kept.get('due')]], when: [{ is: 'there' }], fact: undefined }),
    },
    {
      check: 'link-keys',
      status: 'hurts',
      says: /^The secret of the link keys is no JSON object of keys: personal links cannot be made or opened/,
      plant: async () => {
        kept.set('secret', (await secrets.send(new GetSecretValueCommand({ SecretId }))).SecretString);
        await secrets.send(new PutSecretValueCommand({ SecretId, SecretString: 'pasted into the wrong field' }));
      },
      mend: () => secrets.send(new PutSecretValueCommand({ SecretId, SecretString: String(kept.get('secret')) })),
    },
    {
      check: 'pause',
      status: 'hurts',
      says: /^All sending has been paused for .*: nobody gets any mail until it is resumed/,
      plant: () => app.call('POST', '/api/v1/sending/pause', { body: { reason: 'Something of Ada Example' } }),
      mend: () => app.call('POST', '/api/v1/sending/resume'),
    },
    {
      check: 'sandbox',
      status: 'hurts',
      says: /^The account is in SES’s sandbox, and mail\.mode is “live”: mail to everybody whose address is not verified/,
      plant: () => front('POST', 'sandbox', { sandbox: true }),
      mend: () => front('DELETE', 'identities'),
    },
    {
      check: 'pace',
      status: 'hurts',
      says: /^SES’s daily quota is too small: .* the account may send 2, so .* wait a day or get nothing/,
      plant: () =>
        front('POST', 'answers', {
          path: '/v2/email/account',
          fields: { SendQuota: { Max24HourSend: 2, MaxSendRate: 1, SentLast24Hours: 0 } },
        }),
      mend: () => front('DELETE', 'answers'),
    },
    {
      check: 'identity',
      status: 'hurts',
      says: /^The sender example\.org is not verified with SES: it refuses every mail/,
      plant: () => front('POST', 'identities', { identity: 'example.org', verified: false }),
      mend: () => front('DELETE', 'identities'),
    },
    {
      check: 'configuration-sets',
      status: 'hurts',
      says: /^SES sends nothing by the configuration set rollcall-local-service: confirmations, reminders/,
      plant: () =>
        ses.send(
          new PutConfigurationSetSendingOptionsCommand({
            ConfigurationSetName: 'rollcall-local-service',
            SendingEnabled: false,
          }),
        ),
      mend: () =>
        ses.send(
          new PutConfigurationSetSendingOptionsCommand({
            ConfigurationSetName: 'rollcall-local-service',
            SendingEnabled: true,
          }),
        ),
    },
    {
      check: 'api-keys',
      status: 'soon',
      says: new RegExp(`^API key ${EXPIRING} ends in .*: whoever uses it is locked out then`),
      plant: () =>
        apiKeyStore(table).add({
          keyId: EXPIRING,
          name: 'Ada Example',
          secretHash: 'a'.repeat(64),
          scopes: [...SCOPES],
          createdAt: new Date().toISOString(),
          expiresOn: new Date(Date.now() + 3 * DAY).toISOString(),
        }),
      mend: () => table.remove(keys.apiKey(EXPIRING)),
    },
    {
      check: 'concurrency',
      status: 'soon',
      says: /^10 Lambdas may run at once; workers, stream and sweep use up to \d+, which leaves none for the site/,
      plant: async () => {
        const { AccountLimit } = await lambda.send(new GetAccountSettingsCommand({}));
        const ReservedConcurrentExecutions = (AccountLimit?.ConcurrentExecutions ?? 0) - 10;
        await lambda.send(
          new PutFunctionConcurrencyCommand({
            FunctionName: outputs['CertificateFunctionName'],
            ReservedConcurrentExecutions,
          }),
        );
      },
      mend: () =>
        lambda.send(new DeleteFunctionConcurrencyCommand({ FunctionName: outputs['CertificateFunctionName'] })),
    },
    {
      check: 'pager',
      status: 'hurts',
      says: /^Nobody is paged: planted has no subscriber\. An unconfirmed one vanishes after 48 hours/,
      plant: async () => {
        const { TopicArn } = await sns.send(new CreateTopicCommand({ Name: 'planted' }));
        kept.set('topic', TopicArn);
        await watch.send(
          new PutMetricAlarmCommand({
            AlarmName: ALARM,
            AlarmDescription: 'Somebody is hurt. What to do: docs/runbook.md#planted',
            AlarmActions: [String(TopicArn)],
            Namespace: 'AWS/SQS',
            MetricName: 'NumberOfMessagesSent',
            Statistic: 'Sum',
            Period: 60,
            EvaluationPeriods: 1,
            Threshold: 1,
            ComparisonOperator: 'GreaterThanOrEqualToThreshold',
          }),
        );
      },
      mend: async () => {
        await watch.send(new DeleteAlarmsCommand({ AlarmNames: [ALARM] }));
        await sns.send(new DeleteTopicCommand({ TopicArn: String(kept.get('topic')) }));
      },
    },
    {
      check: 'alarms',
      status: 'hurts',
      says: /^The alarm planted is on: Somebody is hurt\./,
      plant: () =>
        watch.send(new SetAlarmStateCommand({ AlarmName: ALARM, StateValue: 'ALARM', StateReason: 'planted' })),
      mend: async () => {},
    },
    {
      check: 'functions',
      status: 'hurts',
      says: /^Nothing wakes Jobs \(queue\): what waits there is done by nobody/,
      plant: () => wake(false),
      mend: () => wake(true),
    },
  ];
}

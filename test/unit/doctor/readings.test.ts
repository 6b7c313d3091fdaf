import {
  DescribeStackDriftDetectionStatusCommand,
  DescribeStackResourceDriftsCommand,
  DetectStackDriftCommand,
  ListStackResourcesCommand,
} from '@aws-sdk/client-cloudformation';
import { DescribeAlarmsCommand, GetMetricDataCommand } from '@aws-sdk/client-cloudwatch';
import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import { DescribeTableCommand } from '@aws-sdk/client-dynamodb';
import { DescribeRuleCommand, ListRuleNamesByTargetCommand } from '@aws-sdk/client-eventbridge';
import { GetFunctionConfigurationCommand } from '@aws-sdk/client-lambda';
import { GetAccountCommand, GetEmailIdentityCommand, NotFoundException } from '@aws-sdk/client-sesv2';
import { ListSubscriptionsByTopicCommand } from '@aws-sdk/client-sns';
import { GetQueueAttributesCommand } from '@aws-sdk/client-sqs';
import { QueryCommand, ScanCommand } from '@aws-sdk/lib-dynamodb';
import { mockClient } from 'aws-sdk-client-mock';
import { expect, test } from 'vitest';
import { eventStore } from '#shared/store/events.ts';
import { memoryTable } from '#shared/store/memory-table.ts';
import { aCampaign, anEvent, aText } from '#test/support/builders.ts';
import { aPatient } from '#test/support/doctor-patient.ts';
import { readAlarms, readTopics } from '#tools/doctor/read/alarms.ts';
import { readApiKeys } from '#tools/doctor/read/api-keys.ts';
import { readDrift } from '#tools/doctor/read/drift.ts';
import { readAhead } from '#tools/doctor/read/events.ts';
import { readQueues } from '#tools/doctor/read/queues.ts';
import { readSender, readSesAccount } from '#tools/doctor/read/ses.ts';
import { readSweep } from '#tools/doctor/read/sweep.ts';

const withOutputs = (outputs: Record<string, string>) => aPatient({ stack: { ...aPatient().stack, outputs } });
const MAIL = {
  mode: 'live',
  sender: 'Acme <events@mail.acme.test>',
  allowList: ['ada@example.org'],
  configurationSets: {},
};
const PAGER = 'arn:aws:sns:eu-west-2:123456789012:pager';
const alarm = (AlarmName: string, section: string, given: object = {}) => ({
  AlarmName,
  AlarmDescription: `Somebody is hurt. What to do: docs/runbook.md#${section}`,
  AlarmActions: [PAGER],
  StateValue: 'OK' as const,
  ...given,
});

test('alarms are the stage’s own, page by page: those of a stage that is called alike are not', async () => {
  const patient = aPatient();
  mockClient(patient.aws.cloudWatch)
    .on(DescribeAlarmsCommand)
    .resolvesOnce({ MetricAlarms: [alarm('rollcall-prod-publish-late', 'publish-late')], NextToken: 'more' })
    .resolvesOnce({
      MetricAlarms: [
        alarm('rollcall-prod-site-fails', 'site-fails', { StateValue: 'ALARM' }),
        alarm('rollcall-prod-2-site-fails', 'site-fails'),
      ],
    });
  expect((await readAlarms(patient)).map(({ section, impact, state }) => [section, impact, state])).toEqual([
    ['publish-late', 'Somebody is hurt.', 'OK'],
    ['site-fails', 'Somebody is hurt.', 'ALARM'],
  ]);
});

test('of subscriptions, confirmed and pending ones are counted, deleted ones not, and no address is kept', async () => {
  const patient = aPatient();
  mockClient(patient.aws.cloudWatch)
    .on(DescribeAlarmsCommand)
    .resolves({ MetricAlarms: [alarm('rollcall-prod-a', 'a'), alarm('rollcall-prod-b', 'b')] });
  const subscription = (SubscriptionArn: string) => ({ SubscriptionArn, Endpoint: 'ada@example.org' });
  mockClient(patient.aws.sns)
    .on(ListSubscriptionsByTopicCommand)
    .resolvesOnce({ Subscriptions: [subscription('PendingConfirmation'), subscription('Deleted')], NextToken: 'more' })
    .resolvesOnce({ Subscriptions: [subscription(`${PAGER}:1`)] });
  expect(await readTopics(patient)).toEqual([{ name: 'pager', confirmed: 1, pending: 1 }]);
});

test('queues are those the stack names; their age is CloudWatch’s latest, and without it the count stands alone', async () => {
  const url = (name: string) => `https://sqs.eu-west-2.amazonaws.com/123456789012/${name}`;
  const outputs = { LaneNowQueueUrl: url('now'), LaneNowDlqUrl: url('now-dead'), SiteUrl: 'https://x' };
  const patient = withOutputs(outputs);
  mockClient(patient.aws.sqs)
    .on(GetQueueAttributesCommand)
    .callsFake(({ QueueUrl }) => ({
      Attributes: { ApproximateNumberOfMessages: QueueUrl.endsWith('dead') ? '2' : '7' },
    }));
  const watch = mockClient(patient.aws.cloudWatch);
  watch.on(GetMetricDataCommand).resolves({ MetricDataResults: [{ Id: 'q1', Values: [90, 30] }] });
  expect(await readQueues(patient)).toEqual([
    { name: 'LaneNow', dead: false, waiting: 7, oldest: undefined },
    { name: 'LaneNow', dead: true, waiting: 2, oldest: 90 },
  ]);
  const refused = withOutputs(outputs);
  mockClient(refused.aws.sqs)
    .on(GetQueueAttributesCommand)
    .resolves({ Attributes: { ApproximateNumberOfMessages: '7' } });
  mockClient(refused.aws.cloudWatch).on(GetMetricDataCommand).rejects(new Error('denied'));
  expect((await readQueues(refused)).map(({ waiting, oldest }) => [waiting, oldest])).toEqual([
    [7, undefined],
    [7, undefined],
  ]);
});

test('SES’s -1 is no limit, and an account without production access is in the sandbox', async () => {
  const patient = aPatient();
  mockClient(patient.aws.ses)
    .on(GetAccountCommand)
    .resolves({
      ProductionAccessEnabled: false,
      SendingEnabled: true,
      SendQuota: { Max24HourSend: -1, MaxSendRate: 300, SentLast24Hours: 5 },
    });
  expect(await readSesAccount(patient)).toEqual({
    sandbox: true,
    sendingEnabled: true,
    enforcement: 'HEALTHY',
    maxSendRate: 300,
    quota: undefined,
    sentLast24Hours: 5,
  });
});

test('the sender is the identity that is verified, be it the domain above', async () => {
  const patient = withOutputs({ SendFunctionName: 'send' });
  mockClient(patient.aws.lambda)
    .on(GetFunctionConfigurationCommand)
    .resolves({ Environment: { Variables: { MAIL: JSON.stringify(MAIL) } } });
  const ses = mockClient(patient.aws.ses);
  ses.on(GetEmailIdentityCommand).rejects(new NotFoundException({ message: 'no', $metadata: {} }));
  ses.on(GetEmailIdentityCommand, { EmailIdentity: 'mail.acme.test' }).resolves({ VerifiedForSendingStatus: false });
  ses.on(GetEmailIdentityCommand, { EmailIdentity: 'acme.test' }).resolves({
    VerifiedForSendingStatus: true,
    DkimAttributes: { Status: 'SUCCESS', SigningEnabled: true },
    MailFromAttributes: { MailFromDomain: '', MailFromDomainStatus: undefined, BehaviorOnMxFailure: undefined },
  });
  const { domain, identity } = await readSender(patient);
  expect(domain).toBe('mail.acme.test');
  expect(identity).toEqual({ name: 'acme.test', verified: true, dkim: 'SUCCESS', signs: true, mailFrom: undefined });
  expect(ses.commandCalls(GetEmailIdentityCommand).map(({ args }) => args[0].input.EmailIdentity)).not.toContain(
    'test',
  );
});

test('sweep was round when its log says so last, also where AWS answers in empty pages first', async () => {
  const patient = withOutputs({ SweepFunctionName: 'sweep' });
  mockClient(patient.aws.lambda).on(GetFunctionConfigurationCommand).resolves({ FunctionArn: 'arn:sweep' });
  mockClient(patient.aws.events)
    .on(ListRuleNamesByTargetCommand)
    .resolves({ RuleNames: ['minute', 'odd'] })
    .on(DescribeRuleCommand, { Name: 'minute' })
    .resolves({ Name: 'minute', ScheduleExpression: 'rate(1 minute)', State: 'DISABLED' })
    .on(DescribeRuleCommand, { Name: 'odd' })
    .resolves({ Name: 'odd', EventPattern: '{}', State: 'ENABLED' });
  const log = mockClient(patient.aws.logs);
  log
    .on(FilterLogEventsCommand)
    .resolvesOnce({ events: [], nextToken: 'more' })
    .resolvesOnce({ events: [{ timestamp: 5 }, { timestamp: 9 }] });
  expect(await readSweep(patient)).toMatchObject({ rules: [{ name: 'minute', enabled: false }], lastSwept: 9 });
});

test('a large table is not read for its keys unless somebody asks', async () => {
  for (const [allKeys, scans] of [
    [false, 0],
    [true, 1],
  ] as const) {
    const patient = aPatient({ allKeys });
    const db = mockClient(patient.aws.dynamo);
    db.on(DescribeTableCommand).resolves({ Table: { TableSizeBytes: 10 ** 9 } });
    db.on(ScanCommand).resolves({ Items: [] });
    expect(await readApiKeys(patient)).toEqual(allKeys ? [] : undefined);
    expect(db.commandCalls(ScanCommand)).toHaveLength(scans);
  }
});

test('people of a large event are reckoned from one eighth of them, of a small one counted', async () => {
  const table = memoryTable();
  const event = anEvent({
    state: 'published',
    startInstant: '2026-12-10T10:00:00Z',
    endInstant: '2026-12-10T11:00:00Z',
  });
  const dueAt = Date.parse('2026-12-10T09:00:00Z') / 1000;
  const armed = { ...aCampaign({ campaignId: '2', kind: 'reminder' }), due: 'campaign', dueAt, dueOccasion: 's1' };
  await eventStore(table).create(event, aText(), []);
  await table.put({
    item: { pk: `EVENT#${event.eventId}`, sk: 'CAMPAIGN#2', eventId: event.eventId, ...armed },
    fact: undefined,
  });
  for (const [inEach, people, about, queries] of [
    [3, 24, false, 8],
    [1000, 8000, true, 1],
  ] as const) {
    const patient = aPatient({ table });
    const db = mockClient(patient.aws.dynamo);
    db.on(QueryCommand).resolves({ Count: inEach });
    expect(await readAhead(patient)).toMatchObject([{ slug: event.slug, kind: 'reminder', people, about, dueAt }]);
    expect(db.commandCalls(QueryCommand)).toHaveLength(queries);
  }
});

test('drift is looked for in nested stacks too; the emulator’s error about secrets is passed over there alone', async () => {
  for (const [local, ids] of [
    [false, ['Rule', 'Key', 'Rule', 'Key']],
    [true, ['Rule', 'Rule']],
  ] as const) {
    const patient = aPatient({ local });
    mockClient(patient.aws.cloudFormation)
      .on(ListStackResourcesCommand)
      .resolves({
        StackResourceSummaries: [
          {
            ResourceType: 'AWS::CloudFormation::Stack',
            PhysicalResourceId: 'watch',
            LogicalResourceId: 'W',
            LastUpdatedTimestamp: undefined,
            ResourceStatus: undefined,
          },
        ],
      })
      .on(DetectStackDriftCommand)
      .resolves({ StackDriftDetectionId: 'x' })
      .on(DescribeStackDriftDetectionStatusCommand)
      .resolves({ DetectionStatus: 'DETECTION_COMPLETE' })
      .on(DescribeStackResourceDriftsCommand)
      .resolves({
        StackResourceDrifts: [
          {
            LogicalResourceId: 'Rule',
            ResourceType: 'AWS::Events::Rule',
            StackResourceDriftStatus: 'MODIFIED',
            StackId: 's',
            Timestamp: new Date(0),
          },
          {
            LogicalResourceId: 'Key',
            ResourceType: 'AWS::SecretsManager::Secret',
            StackResourceDriftStatus: 'DELETED',
            StackId: 's',
            Timestamp: new Date(0),
          },
        ],
      });
    const { drifted } = await readDrift(patient);
    expect(drifted.map(({ id }) => id)).toEqual(ids);
    expect(drifted[0]).toEqual({ id: 'Rule', gone: false, nested: false });
    expect(drifted.at(-1)).toMatchObject({ nested: true });
  }
});

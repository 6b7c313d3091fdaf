import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { readStage } from '#infra/read-stage.ts';
import { RollcallStack } from '#infra/rollcall-stack.ts';
import { EXPIRES, INDEXES, NO_FACT } from '#shared/store/names.ts';
import { newApp, resourcesOf, theOne } from './synthesised.ts';

const tableOf = (stage: string) => theOne(stage, 'AWS::DynamoDB::GlobalTable');

test('the table of prod outlives the stack and can be rolled back to any second', () => {
  const { UpdateReplacePolicy, Properties } = tableOf('prod');
  expect(UpdateReplacePolicy).toBe('Retain');
  expect(Properties.Replicas).toEqual([
    expect.objectContaining({ PointInTimeRecoverySpecification: { PointInTimeRecoveryEnabled: true } }),
  ]);
});

describe('what holds state', () => {
  const STATE = ['AWS::DynamoDB::GlobalTable', 'AWS::SecretsManager::Secret', 'AWS::S3::Bucket', 'AWS::Logs::LogGroup'];
  const held = Object.values(resourcesOf('prod', ...STATE));
  const prod = readStage({ stage: 'prod' });
  const stack = (removal: typeof prod.removal) => new RollcallStack(newApp(), 'rollcall-prod', { ...prod, removal });

  test('outlives the stack of prod, unless the deploy that made it failed: the next try finds nothing in its way', () => {
    expect(held.length).toBeGreaterThan(15);
    for (const { DeletionPolicy } of held) expect(DeletionPolicy).toBe('RetainExceptOnCreate');
  });

  test('is protected once somebody says so, with the stack: before, what failed could not be deleted', () => {
    expect(prod.removal).toBe('retain');
    for (const [removal, isProtected] of [
      ['retain', false],
      ['protect', true],
    ] as const) {
      const made = stack(removal);
      expect(made.terminationProtection).toBe(isProtected);
      Template.fromStack(made).hasResourceProperties('AWS::DynamoDB::GlobalTable', {
        Replicas: [{ DeletionProtectionEnabled: isProtected }],
      });
    }
  });
});

test('only the local stage names its table, so that elsewhere it can be replaced', () => {
  expect(tableOf('local').Properties.TableName).toBe('rollcall-local');
  expect(tableOf('dev').Properties).not.toHaveProperty('TableName');
  expect(tableOf('prod').Properties).not.toHaveProperty('TableName');
});

describe.each(['local', 'dev', 'prod'])('in the %s stage', (stage) => {
  const { Properties } = tableOf(stage);

  test('budgets expire by themselves', () => {
    expect(Properties.TimeToLiveSpecification).toEqual({ AttributeName: EXPIRES, Enabled: true });
  });

  test('capacity is paid by use, up to a ceiling for the table and each index', () => {
    const [replica] = Properties.Replicas;
    expect(Properties.BillingMode).toBe('PAY_PER_REQUEST');
    for (const spender of [Properties, ...Properties.GlobalSecondaryIndexes])
      expect(spender.WriteOnDemandThroughputSettings.MaxWriteRequestUnits).toBeGreaterThan(0);
    for (const spender of [replica, ...replica.GlobalSecondaryIndexes])
      expect(spender.ReadOnDemandThroughputSettings.MaxReadRequestUnits).toBeGreaterThan(0);
  });

  test('its indexes are those the store names, with the keys and projections it names', () => {
    const indexes = Properties.GlobalSecondaryIndexes.map(
      (index: {
        IndexName: string;
        KeySchema: { AttributeName: string }[];
        Projection: { ProjectionType: string };
      }) => ({
        name: index.IndexName,
        partition: index.KeySchema[0]?.AttributeName,
        sort: index.KeySchema[1]?.AttributeName,
        projection: index.Projection.ProjectionType,
      }),
    );
    expect(indexes).toEqual(Object.values(INDEXES));
  });

  const [stream] = Object.values(resourcesOf(stage, 'AWS::Lambda::EventSourceMapping'))
    .map((mapping) => mapping.Properties)
    .filter(({ EventSourceArn }) => JSON.stringify(EventSourceArn).includes('StreamArn'));

  test('publish hears of new states that state a fact, and of nothing else', () => {
    expect(Properties.StreamSpecification.StreamViewType).toBe('NEW_IMAGE');
    const filters = stream.FilterCriteria.Filters.map(({ Pattern }: { Pattern: string }) => JSON.parse(Pattern));
    expect(filters).toEqual([{ dynamodb: { NewImage: { fact: { S: [{ 'anything-but': [NO_FACT] }] } } } }]);
  });

  test('a record of the stream is tried until it is done or an hour is left, alone if need be', () => {
    expect(stream).toMatchObject({
      StartingPosition: 'TRIM_HORIZON',
      BatchSize: 25,
      BisectBatchOnFunctionError: true,
      FunctionResponseTypes: ['ReportBatchItemFailures'],
      MaximumRetryAttempts: -1,
      MaximumRecordAgeInSeconds: 23 * 3600,
    });
  });
});

// Another id is another resource: the old one is orphaned or deleted, and with it everybody's places or every link.
test('what holds state keeps its logical id', () => {
  const ids = (type: string) => Object.keys(resourcesOf('prod', type)).sort();
  expect(ids('AWS::DynamoDB::GlobalTable')).toEqual(['EventsTable4B7491D3']);
  expect(ids('AWS::SecretsManager::Secret')).toEqual(['SecretsAddressKey6AA69E7E', 'SecretsLinkKeysDA516D71']);
  expect(ids('AWS::SES::EmailIdentity')).toEqual(['MailIdentity4EC7C521']);
  expect(ids('AWS::ApiGatewayV2::Api')).toEqual(['SiteApi5EF728C2']);
  expect(ids('AWS::Events::EventBus')).toEqual(['FactsBusD37033BD']);
  expect(ids('AWS::SQS::Queue')).toEqual([
    'AdmitDlqC879C56B',
    'AdmitQueue1BBC751B',
    'JobsDlqDD200854',
    'JobsQueue24944186',
    'PublishDlq91E36903',
    'ReceiptsDlq7E9F4410',
    'ReceiptsQueue4CA61331',
    'SendBulkDlqC85A17DF',
    'SendBulkQueueA94C9DBD',
    'SendNowDlqE0A5FA0E',
    'SendNowQueue725C542A',
    'SendTimedDlqED17BB52',
    'SendTimedQueueD97236C0',
    'StartRunDlq8D59BB70',
    'StartRunQueue6477108E',
  ]);
});

test('the keys are generated as they were on the first day, or CloudFormation would make others', () => {
  const generated = Object.values(resourcesOf('prod', 'AWS::SecretsManager::Secret')).map(
    ({ Properties }) => Properties.GenerateSecretString,
  );
  expect(generated).toEqual([
    { ExcludePunctuation: true, GenerateStringKey: 'k1', PasswordLength: 64, SecretStringTemplate: '{}' },
    { ExcludePunctuation: true, PasswordLength: 64 },
  ]);
});

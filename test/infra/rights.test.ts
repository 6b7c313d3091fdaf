import { describe, expect, test } from 'vitest';
import { actionsOf, resourcesOf, rightsOf } from './synthesised.ts';

const LANES = ['send-bulk', 'send-now', 'send-timed'];

describe.each(['local', 'dev', 'prod'])('in the %s stage', (stage) => {
  const rights = rightsOf(stage);
  const actions = (service: string) => (rights[service] ?? []).flatMap(actionsOf);
  const whoMay = (action: RegExp) =>
    Object.keys(rights)
      .filter((service) => actions(service).some((allowed) => action.test(allowed)))
      .sort();
  const whoReads = (secret: string) =>
    Object.keys(rights)
      .filter((service) =>
        (rights[service] ?? []).some(
          (statement) =>
            actionsOf(statement).includes('secretsmanager:GetSecretValue') &&
            JSON.stringify(statement.Resource).includes(secret),
        ),
      )
      .sort();

  test('every function has rights to look at', () => {
    expect(Object.keys(rights)).toHaveLength(13);
    for (const [service, statements] of Object.entries(rights)) expect(statements, service).not.toHaveLength(0);
  });

  test('nobody is allowed an action by wildcard', () => {
    for (const { Properties } of Object.values(resourcesOf(stage, 'AWS::IAM::Policy')))
      for (const statement of Properties.PolicyDocument.Statement)
        for (const action of actionsOf(statement)) expect(action).not.toContain('*');
  });

  test('nobody has a policy of Amazon’s making', () => {
    for (const { Properties } of Object.values(resourcesOf(stage, 'AWS::IAM::Role')))
      expect(Properties).not.toHaveProperty('ManagedPolicyArns');
  });

  test('only tracing and the question for the account’s quota are allowed on every resource', () => {
    const unnamed = Object.entries(rights).flatMap(([name, statements]) =>
      statements
        .filter(({ Resource }) => [Resource].flat().includes('*'))
        .flatMap(actionsOf)
        .filter((action) => !action.startsWith('xray:'))
        .map((action) => `${name} ${action}`),
    );
    expect(unnamed).toEqual(['sweep ses:GetAccount']);
  });

  test('only schedules, files and, in a sandbox, recipients are named by a pattern: of the stage’s own group, bucket and list', () => {
    for (const statement of Object.values(rights).flat()) {
      const resource = JSON.stringify(statement.Resource);
      if ([statement.Resource].flat().includes('*') || !resource.includes('*')) continue;
      const [service] = new Set(actionsOf(statement).map((action) => action.split(':')[0]));
      expect(['scheduler', 's3', 'ses']).toContain(service);
      if (service === 'ses') {
        const patterns = [...resource.matchAll(/:identity\/([^"]*\*[^"]*)"/g)].map(([, name]) => name);
        expect(patterns).toEqual(stage === 'dev' ? ['*@example.org'] : []);
        continue;
      }
      if (service === 'scheduler') expect(resource).toContain(`:schedule/rollcall-${stage}/*"`);
      else expect(resource).toMatch(/"FilesBucket\w+","Arn"\]\},"\/(uploads|results)\/\*"/);
    }
  });

  /** What a function may do with files of a folder. */
  const withFiles = (name: string, folder: string) =>
    (rights[name] ?? [])
      .filter(({ Resource }) => JSON.stringify(Resource).includes(`/${folder}/*`))
      .flatMap(actionsOf)
      .map((action) => action.replace('s3:', ''))
      .sort();

  test('the API takes uploads and shows results, the worker of jobs makes and deletes them, and nobody else has files', () => {
    expect(whoMay(/^s3:/)).toEqual(['jobs', 'organiser-api']);
    expect(withFiles('organiser-api', 'uploads')).toEqual(['GetObject', 'PutObject']);
    expect(withFiles('organiser-api', 'results')).toEqual(['GetObject']);
    expect(withFiles('jobs', 'uploads')).toEqual(['DeleteObject', 'GetObject']);
    expect(withFiles('jobs', 'results')).toEqual(['DeleteObject', 'GetObject', 'PutObject']);
  });

  test('only the lanes of send may send through SES, and do nothing else there', () => {
    expect(whoMay(/^ses:Send/)).toEqual(LANES);
    for (const lane of LANES)
      expect(
        actions(lane)
          .filter((action) => action.startsWith('ses:'))
          .sort(),
      ).toEqual(['ses:SendEmail', 'ses:SendRawEmail']);
  });

  test('only sweep asks SES about the account, and may do nothing else there', () => {
    expect(whoMay(/^ses:(?!Send)/)).toEqual(['sweep']);
    expect(actions('sweep').filter((action) => action.startsWith('ses:'))).toEqual(['ses:GetAccount']);
  });

  test.each(LANES)('%s may use the identity and each configuration set', (lane) => {
    const [statement] = (rights[lane] ?? []).filter((each) => actionsOf(each).includes('ses:SendEmail'));
    const resources = JSON.stringify(statement?.Resource);
    expect(resources).toMatch(/:identity\/[a-z.]+/);
    for (const kind of ['service', 'optional', 'urgent'])
      expect(resources).toContain(`:configuration-set/rollcall-${stage}-${kind}`);
  });

  test('publish hears the table’s stream and cannot touch the table', () => {
    const statements = (rights['publish'] ?? []).filter((each) =>
      actionsOf(each).some((a) => a.startsWith('dynamodb:')),
    );
    expect(statements).not.toHaveLength(0);
    for (const { Resource } of statements) expect(JSON.stringify(Resource)).toMatch(/"StreamArn"\]\}$/);
  });

  test('only who moves or removes people, campaigns or jobs may delete items, and nobody may scan', () => {
    const they = ['admit', 'guest-site', 'jobs', 'organiser-api', 'personal-site', 'sweep'];
    expect(whoMay(/^dynamodb:(Delete|BatchWrite)/)).toEqual(they);
    expect(whoMay(/^dynamodb:Scan/)).toEqual([]);
  });

  test('only publish states facts', () => {
    expect(whoMay(/^events:/)).toEqual(['publish']);
  });

  test('only who makes or checks links reads their keys, and only who takes or corrects an address the key of those', () => {
    expect(whoReads('SecretsLinkKeys')).toEqual(['certificate', 'personal-site', ...LANES]);
    expect(whoReads('SecretsAddressKey')).toEqual(['guest-site', 'organiser-api', 'personal-site', 'receipts']);
  });

  test('pages speak to nobody but the table and their secrets, the API to the table, its secret, files and two queues', () => {
    const spokenTo = (service: string) => [...new Set(actions(service).map((action) => action.split(':')[0]))].sort();
    for (const pages of ['guest-site', 'personal-site', 'certificate'])
      expect(spokenTo(pages)).toEqual(['dynamodb', 'logs', 'secretsmanager', 'xray']);
    expect(spokenTo('organiser-api')).toEqual(['dynamodb', 'logs', 's3', 'secretsmanager', 'sqs', 'xray']);
  });

  /** Whose queues, dead letters apart, a function may put messages into. */
  const writesTo = (name: string) =>
    (rights[name] ?? [])
      .filter((statement) => actionsOf(statement).includes('sqs:SendMessage'))
      .flatMap(({ Resource }) => [...JSON.stringify(Resource).matchAll(/"(\w+?)Queue[0-9A-F]{8}"/g)])
      .map(([, worker]) => worker)
      .sort();

  test.each([
    ['guest-site', []],
    ['personal-site', []],
    ['certificate', []],
    ['organiser-api', ['Jobs', 'StartRun']],
    ['jobs', ['Jobs']],
    ['publish', ['Admit']],
    ['admit', []],
    ['receipts', []],
    ['run-campaigns', ['SendBulk', 'SendTimed', 'StartRun']],
    ['send-now', ['SendNow']],
    ['send-timed', ['SendTimed']],
    ['send-bulk', ['SendBulk']],
    ['sweep', ['Admit', 'Jobs', 'SendNow', 'StartRun']],
  ])('%s puts messages into these queues and no other: %j', (name, queues) => {
    expect(writesTo(name)).toEqual(queues);
  });

  test.each([
    ['certificate', ['BatchGetItem']],
    ['run-campaigns', ['ConditionCheckItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem']],
    ['jobs', ['BatchGetItem', 'DeleteItem', 'GetItem', 'PutItem', 'Query', 'UpdateItem']],
    ...LANES.map((lane): [string, string[]] => [lane, ['BatchGetItem', 'GetItem', 'Query', 'UpdateItem']]),
  ])('%s may do with items what its code does: %j', (name, items) => {
    const allowed = actions(name).filter((action) => action.startsWith('dynamodb:'));
    expect(allowed.sort()).toEqual(items.map((item) => `dynamodb:${item}`));
  });

  test('sweep may look at dead letters, how many there are, and may neither read nor delete one', () => {
    const looks = (rights['sweep'] ?? []).filter((each) => actionsOf(each).includes('sqs:GetQueueAttributes'));
    const seen = looks.flatMap(({ Resource }) => [...JSON.stringify(Resource).matchAll(/"(\w+?)[0-9A-F]{8}"/g)]);
    expect(seen.map(([, queue]) => queue).sort()).toEqual([
      'AdmitDlq',
      'JobsDlq',
      'PublishDlq',
      'ReceiptsDlq',
      'ReceiptsQueue',
      'SendBulkDlq',
      'SendNowDlq',
      'SendTimedDlq',
      'StartRunDlq',
    ]);
    expect(
      actions('sweep').filter((action) => /^sqs:(Receive|Delete|Purge|StartMessageMoveTask)/.test(action)),
    ).toEqual([]);
  });

  test('sweep alone looks for what is due, by the indexes that say so', () => {
    const queries = (name: string) =>
      JSON.stringify((rights[name] ?? []).filter((each) => actionsOf(each).includes('dynamodb:Query')));
    expect(Object.keys(rights).filter((name) => queries(name).includes('/index/due"'))).toEqual(['sweep']);
    // Events of earlier versions are looked for in the catalogue, once.
    expect([...queries('sweep').matchAll(/"\/index\/(\w+)"/g)].map(([, index]) => index).sort()).toEqual([
      'catalogue',
      'due',
      'greetDue',
    ]);
  });
});

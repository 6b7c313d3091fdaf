import { describe, expect, test } from 'vitest';
import { actionsOf, resourcesOf, rightsOf } from './synthesised.ts';

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
    expect(Object.keys(rights).length).toBeGreaterThan(6);
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

  test('only tracing is allowed on every resource', () => {
    for (const statement of Object.values(rights).flat())
      if (JSON.stringify(statement.Resource).includes('*'))
        expect(actionsOf(statement).every((action) => action.startsWith('xray:'))).toBe(true);
  });

  test('only send may call SES, and only to send', () => {
    expect(whoMay(/^ses:/)).toEqual(['send']);
    expect(
      actions('send')
        .filter((action) => action.startsWith('ses:'))
        .sort(),
    ).toEqual(['ses:SendEmail', 'ses:SendRawEmail']);
  });

  test('send may use the identity and each configuration set', () => {
    const [statement] = (rights['send'] ?? []).filter((each) => actionsOf(each).includes('ses:SendEmail'));
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

  test('only admit may delete items, and nobody may scan', () => {
    expect(whoMay(/^dynamodb:(Delete|BatchWrite)/)).toEqual(['admit']);
    expect(whoMay(/^dynamodb:Scan/)).toEqual([]);
  });

  test('only publish states facts', () => {
    expect(whoMay(/^events:/)).toEqual(['publish']);
  });

  test('only who makes or checks links reads their keys, and only the site the key of addresses', () => {
    expect(whoReads('SecretsLinkKeys')).toEqual(['guest-site', 'send']);
    expect(whoReads('SecretsAddressKey')).toEqual(['guest-site']);
  });

  test('pages and the API speak to nobody but the table and their secrets', () => {
    for (const service of ['guest-site', 'organiser-api'])
      expect([...new Set(actions(service).map((action) => action.split(':')[0]))].sort()).toEqual(
        [...(service === 'guest-site' ? ['secretsmanager'] : []), 'dynamodb', 'logs', 'xray'].sort(),
      );
  });
});

test('in a sandbox, the people on the allow-list are identities send may write to', () => {
  const [statement] = (rightsOf('dev')['send'] ?? []).filter((each) => actionsOf(each).includes('ses:SendEmail'));
  expect(JSON.stringify(statement?.Resource)).toContain(':identity/example.org');
});

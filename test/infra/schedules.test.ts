import { describe, expect, test } from 'vitest';
import { actionsOf, resourcesOf, rightsOf, theOne } from './synthesised.ts';

describe.each(['local', 'dev', 'prod'])('in the %s stage', (stage) => {
  const group = theOne(stage, 'AWS::Scheduler::ScheduleGroup');
  const [[roleId, role] = []] = Object.entries(resourcesOf(stage, 'AWS::IAM::Role')).filter(([, { Properties }]) =>
    JSON.stringify(Properties.AssumeRolePolicyDocument).includes('scheduler.amazonaws.com'),
  );
  const planner = Object.values(resourcesOf(stage, 'AWS::Lambda::Function'))
    .map(({ Properties }) => Properties)
    .find(({ Environment }) => Environment.Variables.SCHEDULE_GROUP);

  test('schedules have a group of the stage’s own, which goes with the stack', () => {
    expect(group.Properties.Name).toBe(`rollcall-${stage}`);
    expect(group['DeletionPolicy']).toBe('Delete');
  });

  test('their role may tell the queue of campaigns and its dead letters, and do nothing else', () => {
    const statements = Object.values(resourcesOf(stage, 'AWS::IAM::Policy'))
      .filter(({ Properties }) => JSON.stringify(Properties.Roles).includes(`"${roleId}"`))
      .flatMap(({ Properties }) => Properties.PolicyDocument.Statement);
    expect(statements).toHaveLength(1);
    expect(actionsOf(statements[0])).toEqual(['sqs:SendMessage']);
    expect(statements[0].Resource).toEqual([
      { 'Fn::GetAtt': [expect.stringMatching(/^StartRunDlq/), 'Arn'] },
      { 'Fn::GetAtt': [expect.stringMatching(/^StartRunQueue/), 'Arn'] },
    ]);
  });

  test('only the scheduler may put that role on, and only for this group of this account', () => {
    const [statement, ...more] = role?.Properties.AssumeRolePolicyDocument.Statement ?? [];
    expect(more).toEqual([]);
    expect(statement.Principal).toEqual({ Service: 'scheduler.amazonaws.com' });
    const { 'aws:SourceAccount': account, 'aws:SourceArn': source } = statement.Condition.StringEquals;
    expect(account).toEqual(stage === 'local' ? '000000000000' : { Ref: 'AWS::AccountId' });
    expect(JSON.stringify(source)).toContain('SchedulesGroup');
  });

  test('only run-campaigns sets schedules, in that group, and hands nothing but that role to the scheduler', () => {
    const rights = rightsOf(stage);
    const who = (action: RegExp) =>
      Object.keys(rights).filter((name) => (rights[name] ?? []).flatMap(actionsOf).some((each) => action.test(each)));
    expect(who(/^scheduler:/)).toEqual(['run-campaigns']);
    expect(who(/^iam:/)).toEqual(['run-campaigns']);
    const own = rights['run-campaigns'] ?? [];
    expect(
      own
        .flatMap(actionsOf)
        .filter((action) => action.startsWith('scheduler:'))
        .sort(),
    ).toEqual(['scheduler:CreateSchedule', 'scheduler:DeleteSchedule', 'scheduler:UpdateSchedule']);
    const pass = own.find((each) => actionsOf(each).includes('iam:PassRole'));
    expect(pass?.Resource).toEqual({ 'Fn::GetAtt': [roleId, 'Arn'] });
    expect(pass?.Condition).toEqual({ StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } });
  });

  test('it knows the group, the role, whom schedules speak to and where the unspoken ends', () => {
    expect(planner?.Environment.Variables).toMatchObject({
      SCHEDULE_GROUP: `rollcall-${stage}`,
      SCHEDULE_ROLE_ARN: { 'Fn::GetAtt': [roleId, 'Arn'] },
      QUEUE_ARN: { 'Fn::GetAtt': [expect.stringMatching(/^StartRunQueue/), 'Arn'] },
      SCHEDULE_DLQ_ARN: { 'Fn::GetAtt': [expect.stringMatching(/^StartRunDlq/), 'Arn'] },
    });
  });
});

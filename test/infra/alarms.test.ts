import { readFileSync } from 'node:fs';
import { Template } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { isWatched } from '#infra/is-watched.ts';
import { OVERDUE } from '#shared/domain/overdue.ts';
import { DEAD_LETTERS } from '#shared/queue/names.ts';
import { newApp, resourcesOf, stackOf, templateOf } from './synthesised.ts';

const alarms = Object.values(resourcesOf('prod', 'AWS::CloudWatch::Alarm')).map(({ Properties }) => Properties);
const runbook = readFileSync('docs/runbook.md', 'utf8');
const chapter = runbook.split(/^## /m).find((part) => part.startsWith('Alarms\n')) ?? '';
const sections = [...chapter.matchAll(/^### (.+)$/gm)].map(([, heading]) => heading);
const sectionOf = (alarm: { AlarmDescription: string }) => /#([a-z-]+)$/.exec(alarm.AlarmDescription)?.[1];

test('every alarm has a section in the runbook, and every section an alarm', () => {
  expect(alarms.length).toBeGreaterThan(10);
  expect(sections.sort()).toEqual(alarms.map(sectionOf).sort());
});

/** A section's text: of an alarm, with those below it. */
const textOf = (section: string) => chapter.split(/^### /m).find((part) => part.startsWith(`${section}\n`)) ?? '';

test('one alarm is for many: its section has each queue and each kind of work by its name, and who is hurt by it', () => {
  for (const [queue, hurt] of Object.entries(DEAD_LETTERS))
    expect(textOf('dead-letters')).toContain(`#### ${queue}\n\n*${hurt}*`);
  for (const [work, { hurt }] of Object.entries(OVERDUE))
    expect(textOf('work-overdue')).toContain(`#### ${work}\n\n*${hurt}*`);
});

test('every alarm says who is hurt, in a sentence, before it says where to read on', () => {
  for (const { AlarmDescription } of alarms)
    expect(AlarmDescription).toMatch(/^[A-Z].{40,}\. What to do: docs\/runbook\.md#[a-z-]+$/);
});

test('every alarm is named after its stage and its section', () => {
  for (const alarm of alarms) expect(alarm.AlarmName).toBe(`rollcall-prod-${sectionOf(alarm)}`);
});

test('every alarm tells somebody, when it goes off and when it is over', () => {
  for (const { AlarmActions, OKActions } of alarms) {
    expect(AlarmActions).toHaveLength(1);
    expect(OKActions).toEqual(AlarmActions);
  }
});

test('no data is no reason to wake anybody, except where silence is the failure', () => {
  for (const alarm of alarms)
    expect(alarm.TreatMissingData).toBe(sectionOf(alarm) === 'sweep-silent' ? 'breaching' : 'notBreaching');
});

describe('the topic of the alarms', () => {
  const [policy] = Object.values(resourcesOf('prod', 'AWS::SNS::TopicPolicy'));
  const statements = policy?.Properties.PolicyDocument.Statement;

  test('lets CloudWatch of this account publish, which a policy of one’s own takes away unless it is said', () => {
    expect(statements).toContainEqual(
      expect.objectContaining({
        Effect: 'Allow',
        Action: 'sns:Publish',
        Principal: { Service: 'cloudwatch.amazonaws.com' },
        Condition: { StringEquals: { 'aws:SourceAccount': { Ref: 'AWS::AccountId' } } },
      }),
    );
  });

  test('refuses to be spoken to without TLS', () => {
    expect(statements).toContainEqual(
      expect.objectContaining({ Effect: 'Deny', Condition: { Bool: { 'aws:SecureTransport': 'false' } } }),
    );
  });
});

test('the local stage has the simple alarms only: the emulator refuses arithmetic', () => {
  const local = Object.values(resourcesOf('local', 'AWS::CloudWatch::Alarm', 'AWS::CloudWatch::CompositeAlarm'));
  expect(local).not.toHaveLength(0);
  for (const { Properties } of local) expect(Properties).not.toHaveProperty('Metrics');
  expect(resourcesOf('local', 'AWS::CloudWatch::Dashboard', 'AWS::CloudFormation::Stack')).toEqual({});
});

test('with -c watch=none the nested stack goes, and nothing else: the next deploy makes it anew', () => {
  const app = newApp();
  app.node.setContext('watch', 'none');
  const left = Template.fromStack(stackOf({ stage: 'prod' }, app)).toJSON();
  const { Resources, Outputs } = templateOf('prod').toJSON();
  const gone = Object.keys(Resources).filter((id) => !(id in left['Resources']));
  expect(gone.map((id) => Resources[id].Type)).toEqual(['AWS::CloudFormation::Stack']);
  expect(Object.keys(left['Resources'])).toHaveLength(Object.keys(Resources).length - 1);
  expect(left['Outputs']).toEqual(Outputs);
  const alarmsLeft = Object.values<{ Type: string; Properties: { AlarmDescription: string } }>(left['Resources']);
  expect(
    alarmsLeft
      .flatMap(({ Type, Properties }) => (Type === 'AWS::CloudWatch::Alarm' ? [sectionOf(Properties)] : []))
      .sort(),
  ).toEqual(['dead-letters', 'work-overdue']);
});

test.each(['off', '', true, 'a\nb'])('-c watch=%j is a sentence', (watch) => {
  expect(() => isWatched('prod', watch)).toThrow(/^-c watch=[^\n]+ is nothing to choose: [^\n]+\.$/);
});

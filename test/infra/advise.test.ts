import { CfnWaitConditionHandle, Stack } from 'aws-cdk-lib';
import { Annotations, Match } from 'aws-cdk-lib/assertions';
import { describe, expect, test } from 'vitest';
import { advise } from '#infra/advise.ts';
import { readStage } from '#infra/read-stage.ts';
import type { Stage } from '#infra/stage.ts';
import { newApp } from './synthesised.ts';

const prod = readStage({ stage: 'prod' });
const settled: Stage = {
  ...prod,
  mail: { ...prod.mail, sender: 'Rollcall <events@rollcall.test>' },
  alarms: { ...prod.alarms, runbook: 'https://rollcall.test/runbook' },
  removal: 'protect',
};

function warnings(stage: Stage, all: Parameters<typeof advise>[2] = { [stage.name]: stage }): string[] {
  const stack = new Stack(newApp(), `rollcall-${stage.name}`);
  new CfnWaitConditionHandle(stack, 'Something');
  advise(stack, stage, all);
  return Annotations.fromStack(stack)
    .findWarning('*', Match.stringLikeRegexp('rollcall:'))
    .map(({ entry }) => String(entry.data).replace(/ \[ack: .*$/, ''));
}

describe('synth says, in a sentence, what will hurt somebody later', () => {
  test('nothing, of a stage that is settled', () => {
    expect(warnings(settled)).toEqual([]);
  });

  test('that a domain makes links from before it lead nowhere', () => {
    const certificateArn = 'arn:aws:acm:eu-west-2:123456789012:certificate/1';
    const stage = { ...settled, site: { ...settled.site, domain: { name: 'events.rollcall.test', certificateArn } } };
    expect(warnings(stage)).toEqual([
      'With site.domain the site answers at events.rollcall.test alone: links mailed before it was set, or under another name, lead nowhere. Set it before the first mail, and keep it.',
    ]);
  });

  test('that what is kept can still be deleted', () => {
    expect(warnings({ ...settled, removal: 'retain' })).toEqual([
      'Set removal to "protect" once a first deploy has succeeded, and deploy again; on a stage that is there already, before you deploy, for this deploy takes away what kept stack and table from being deleted.',
    ]);
  });

  test('that an alarm cannot link to the name of a file', () => {
    expect(warnings({ ...settled, alarms: { ...settled.alarms, runbook: 'docs/runbook.md' } })).toEqual([
      'alarms.runbook is "docs/runbook.md", which no mail can link to: name the address at which whoever is paged reads docs/runbook.md.',
    ]);
  });

  test('that nobody is told of an alarm', () => {
    const { runbook } = settled.alarms;
    expect(warnings({ ...settled, name: 'dev', alarms: { runbook } })).toEqual([
      'Nobody is told when an alarm of dev goes off: name an email or a topicArn in alarms.',
    ]);
  });

  test('that two stages verify one sender, which one account and region does once', () => {
    const other = (sender: string, identity: Stage['mail']['identity'] = 'domain') => ({
      prod: settled,
      dev: { mail: { ...settled.mail, sender, identity } },
    });
    expect(warnings(settled, other('Dev <dev@rollcall.test>'))).toEqual([
      "The stage dev verifies the same sender: in one account and region only one of the two can, and the other says identity: 'exists'.",
    ]);
    expect(warnings(settled, other('Dev <events@dev.rollcall.test>'))).toEqual([]);
    expect(warnings(settled, other('Dev <dev@rollcall.test>', 'exists'))).toEqual([]);
    expect(warnings(settled, other('Dev <dev@rollcall.test>', 'address'))).toEqual([]);
  });

  test('nothing, of the stage on this machine', () => {
    expect(warnings(readStage({ stage: 'local' }))).toEqual([]);
  });
});

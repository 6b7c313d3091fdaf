import { describe, expect, test } from 'vitest';
import { facts, LANE_NOW_FACTS, LINK_FACTS, PLAN_FACTS, SWEEP_FACTS } from '#events/catalogue.ts';
import { SOURCE } from '#events/envelope.ts';
import { resourcesOf } from './synthesised.ts';

describe.each(['local', 'dev', 'prod'])('in the %s stage', (stage) => {
  const rules = Object.values(resourcesOf(stage, 'AWS::Events::Rule')).map(({ Properties }) => Properties);
  const ours = rules.filter(({ EventBusName }) => EventBusName);
  const ruleTo = (target: string) => ours.find(({ Targets }) => JSON.stringify(Targets[0].Arn).includes(target));

  test('the bus is named after the stage', () => {
    const buses = Object.values(resourcesOf(stage, 'AWS::Events::EventBus')).map(({ Properties }) => Properties.Name);
    expect(buses).toEqual([`rollcall-${stage}`]);
  });

  test('lane now hears the facts that leave somebody owed a mail', () => {
    expect(ruleTo('SendNowQueue')?.EventPattern).toEqual({ source: [SOURCE], 'detail-type': [...LANE_NOW_FACTS] });
  });

  test('run-campaigns hears the facts after which campaigns may fire at another time', () => {
    expect(ruleTo('StartRunQueue')?.EventPattern).toEqual({ source: [SOURCE], 'detail-type': [...PLAN_FACTS] });
  });

  test('guest-site hears that somebody asked for links, and tries again for an hour', () => {
    expect(ruleTo('GuestSite')?.EventPattern).toEqual({ source: [SOURCE], 'detail-type': [...LINK_FACTS] });
    const patience = Object.values(resourcesOf(stage, 'AWS::Lambda::EventInvokeConfig')).find(({ Properties }) =>
      JSON.stringify(Properties.FunctionName).includes('GuestSite'),
    );
    expect(patience?.Properties).toMatchObject({ MaximumEventAgeInSeconds: 3600 });
    expect(patience?.Properties.MaximumRetryAttempts ?? 2).toBe(2);
  });

  test('sweep is woken by what lets mail flow again, and runs every minute', () => {
    expect(ruleTo('SweepFunction')?.EventPattern).toEqual({ source: [SOURCE], 'detail-type': [...SWEEP_FACTS] });
    const timed = rules.filter(({ ScheduleExpression }) => ScheduleExpression);
    expect(timed.map(({ ScheduleExpression }) => ScheduleExpression)).toEqual(['rate(1 minute)']);
    expect(JSON.stringify(timed[0]?.Targets)).toContain('SweepFunction');
  });

  test.each(['SendNow', 'StartRun'])('a fact that %s cannot be given joins its dead letters', (worker) => {
    expect(JSON.stringify(ruleTo(`${worker}Queue`)?.Targets[0].DeadLetterConfig)).toContain(`${worker}Dlq`);
  });

  test('no rule waits for a fact that nobody states', () => {
    const stated: string[] = facts.map(({ name }) => name);
    for (const { EventPattern } of ours) expect(stated).toEqual(expect.arrayContaining(EventPattern['detail-type']));
  });
});

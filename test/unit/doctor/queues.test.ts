import { readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { QUEUES } from '#tools/dead-letters/queues.ts';
import { type AlarmFacts, judgeAlarms, judgePager } from '#tools/doctor/judge/alarms.ts';
import { judgeDeadLetters, judgeQueues, QUEUES_WITH_VICTIMS } from '#tools/doctor/judge/queues.ts';

const runbook = readFileSync('docs/runbook.md', 'utf8');
const queue = (name: string, waiting: number, oldest?: number) => ({ name, waiting, oldest });

describe('dead letters', () => {
  test('each say how many, since when, who is hurt, and where the runbook speaks of it', () => {
    expect(judgeDeadLetters([queue('LaneNow', 1, 7300), queue('Admit', 3), queue('Jobs', 0)], 'prod')).toEqual([
      {
        status: 'hurts',
        says: '1 dead letter in LaneNow, the oldest for 2 hours: somebody is owed a confirmation or a mail they asked for.',
        wayOut: 'npm run dead-letters -- look lane-now --stage prod; docs/runbook.md#dead-letters',
      },
      {
        status: 'hurts',
        says: '3 dead letters in Admit: people who want a seat have neither a seat nor a place in the queue.',
        wayOut: 'npm run dead-letters -- look admit --stage prod; docs/runbook.md#dead-letters',
      },
    ]);
  });

  test('of a queue that nobody wrote about hurt all the same', () => {
    expect(judgeDeadLetters([queue('New', 1)], 'prod')).toMatchObject([
      { status: 'hurts', wayOut: expect.stringContaining('docs/runbook.md#dead-letters') },
    ]);
  });

  test('have victims in every queue that the runbook and dead-letters know, and in no other', () => {
    expect([...QUEUES_WITH_VICTIMS].sort()).toEqual([...QUEUES].sort());
    for (const name of QUEUES_WITH_VICTIMS) expect(runbook).toContain(`\n#### ${name}\n`);
  });

  test('are fine while there are none', () => {
    expect(judgeDeadLetters([queue('Jobs', 0)], 'prod')).toMatchObject([{ status: 'fine' }]);
  });
});

describe('messages that wait', () => {
  test.each([
    ['LaneNow', 301, 'hurts'],
    ['LaneNow', 300, 'note'],
    ['LaneTimed', 3000, 'note'],
    ['LaneNow', undefined, 'note'],
  ])('in %s for %s s: %s', (name, oldest, status) => {
    expect(judgeQueues([queue(name, 5, oldest)])).toMatchObject([{ status }]);
  });

  test('by the ten thousand will be late; none at all is fine, whatever age the metric still has', () => {
    expect(judgeQueues([queue('LaneBulk', 10_001)])).toMatchObject([{ status: 'soon' }]);
    expect(judgeQueues([queue('LaneNow', 0, 9999)])).toMatchObject([{ status: 'fine' }]);
  });
});

const alarm = (given: Partial<AlarmFacts> = {}): AlarmFacts => ({
  section: 'work-overdue',
  impact: 'People who registered have been waiting.',
  state: 'OK',
  actionsEnabled: true,
  tells: ['arn:aws:sns:eu-west-2:123456789012:pager'],
  ...given,
});
const topic = { name: 'pager', confirmed: 0, pending: 0 };

describe('alarms', () => {
  test('that are on say who is hurt, and lead to their section', () => {
    expect(judgeAlarms([alarm(), alarm({ state: 'ALARM' })], false)).toEqual([
      {
        status: 'hurts',
        says: 'The alarm work-overdue is on: People who registered have been waiting.',
        wayOut: 'docs/runbook.md#work-overdue',
      },
    ]);
  });

  test('that are switched off, or not there, are told', () => {
    expect(judgeAlarms([alarm({ actionsEnabled: false })], false)).toMatchObject([{ status: 'soon' }]);
    expect(judgeAlarms([], false)).toMatchObject([{ status: 'soon' }]);
  });

  test('are fine when none is on; without data they are no alarm; the local AWS computes none', () => {
    expect(judgeAlarms([alarm(), alarm({ state: 'INSUFFICIENT_DATA' })], false)).toMatchObject([{ status: 'fine' }]);
    expect(judgeAlarms([alarm()], true)).toMatchObject([{ status: 'note' }]);
  });
});

describe('the pager', () => {
  test.each([
    [{ ...topic, confirmed: 1, pending: 1 }, 'fine', '1 confirmed subscriber'],
    [{ ...topic, pending: 1 }, 'hurts', 'was never confirmed, and Amazon deletes it 48 hours after'],
    [topic, 'hurts', 'pager has no subscriber'],
  ])('with %j: %s', (given, status, says) => {
    expect(judgePager({ alarms: [alarm()], topics: [given], local: false })).toMatchObject([
      { status, says: expect.stringContaining(says) },
    ]);
  });

  test('that alarms do not tell: nobody hears of them, but locally that is as meant', () => {
    const silent = [alarm({ tells: [] })];
    expect(judgePager({ alarms: silent, topics: [], local: false })).toMatchObject([
      { status: 'soon', says: expect.stringContaining('tell nobody') },
    ]);
    expect(judgePager({ alarms: silent, topics: [], local: true })).toMatchObject([{ status: 'note' }]);
  });
});

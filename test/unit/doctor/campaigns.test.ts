import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Run } from '#shared/domain/run.ts';
import { judgeOverdue, type OverdueFacts } from '#tools/doctor/judge/overdue.ts';
import { judgeHeld, judgeRuns } from '#tools/doctor/judge/runs.ts';
import { type Armed, type Clock, judgeSchedules, nameOf } from '#tools/doctor/judge/schedules.ts';
import { judgeSweep, type SweepFacts } from '#tools/doctor/judge/sweep.ts';

const NOW = 1_796_000_000;
const EVENT = '7f3kq9x2m4t8c1vz';
const armed = (campaignId: string, dueAt = NOW + 3600): Armed => ({ eventId: EVENT, campaignId, dueAt });
const clock = (each: Armed, given: Partial<Clock> = {}): Clock => ({
  name: nameOf(each),
  enabled: true,
  at: each.dueAt,
  ...given,
});
const schedules = (given: Partial<Parameters<typeof judgeSchedules>[0]>) =>
  judgeSchedules({ group: 'rollcall-prod', armed: [], clocks: [], planning: new Set(), ...given }, NOW);

describe('schedules', () => {
  const one = armed('2');

  test('agree with the plan', () => {
    expect(schedules({ armed: [one], clocks: [clock(one)] })).toMatchObject([{ status: 'fine' }]);
    expect(schedules({ armed: [one], clocks: [clock(one, { at: undefined })] })).toMatchObject([{ status: 'fine' }]);
  });

  test.each([
    ['is not there', [], 'has no schedule'],
    ['is switched off', [clock(one, { enabled: false })], 'has no schedule'],
    ['speaks at another time', [clock(one, { at: NOW + 7200 })], 'is not set to'],
  ])('one that %s is named', (_what, clocks, says) => {
    expect(schedules({ armed: [one], clocks })).toMatchObject([
      { status: 'soon', says: expect.stringContaining(says) },
    ]);
  });

  test('one that is left over is named, with the command that takes it away', () => {
    expect(schedules({ clocks: [clock(armed('9'))] })).toMatchObject([
      { status: 'soon', wayOut: expect.stringContaining(`--group-name rollcall-prod --name ${EVENT}-9`) },
    ]);
  });

  test('nothing is said of what is being planned, is due within moments, or has spoken', () => {
    expect(schedules({ armed: [one], planning: new Set([EVENT]) })).toMatchObject([{ status: 'fine' }]);
    expect(schedules({ armed: [armed('2', NOW + 60)] })).toMatchObject([{ status: 'fine' }]);
    expect(schedules({ clocks: [clock(armed('9', NOW - 60))] })).toMatchObject([{ status: 'fine' }]);
  });

  test('whatever is armed and set: each campaign without a clock is named once, and each clock without one', () => {
    const numbers = fc.uniqueArray(fc.integer({ min: 1, max: 12 }), { maxLength: 12 });
    fc.assert(
      fc.property(numbers, numbers, (planned, set) => {
        const found = schedules({
          armed: planned.map((n) => armed(String(n))),
          clocks: set.map((n) => clock(armed(String(n)))),
        });
        const missing = found.filter(({ says }) => says.includes('has no schedule')).length;
        expect(missing).toBe(planned.filter((n) => !set.includes(n)).length);
        expect(found.some(({ says }) => says.includes('no armed campaign'))).toBe(
          set.some((n) => !planned.includes(n)),
        );
        expect(found.every(({ status }) => status === 'fine')).toBe(
          missing === 0 && set.every((n) => planned.includes(n)),
        );
      }),
    );
  });
});

describe('what is overdue', () => {
  const nothing: OverdueFacts = { campaigns: [], plans: [], notices: [], purges: [] };
  const due = (ago: number) => ({ eventId: EVENT, dueAt: NOW - ago });

  test.each([
    [{ campaigns: [armed('2', NOW - 301)] }, 'Campaign 2 of event'],
    [{ plans: [due(301)] }, 'still timed as before'],
    [{ notices: [due(301)] }, 'nobody has begun to'],
    [{ purges: [due(6 * 3600 + 1)] }, 'still kept'],
  ])('%j hurts, and says whom', (given, says) => {
    expect(judgeOverdue({ ...nothing, ...given }, NOW)).toMatchObject([
      { status: 'hurts', says: expect.stringContaining(says) },
    ]);
  });

  test('is not what sweep may still be about, nor what is to come', () => {
    const given = {
      campaigns: [armed('2', NOW - 300), armed('3')],
      plans: [due(300)],
      notices: [due(-10)],
      purges: [due(6 * 3600)],
    };
    expect(judgeOverdue(given, NOW)).toMatchObject([{ status: 'fine' }]);
  });
});

const run = (given: Partial<Run> = {}): Run => ({
  eventId: EVENT,
  campaignId: '2',
  occasion: 's1',
  kind: 'reminder',
  firedAt: NOW - 100,
  startedAt: NOW - 100,
  notAfter: NOW + 3600,
  pass: 1,
  touchedAt: NOW - 10,
  shards: { '0': { pass: 1, open: 40, sent: 2, skipped: 0, failed: 0, held: 1 } },
  settledInPass: 0,
  sentHint: 0,
  bouncedHint: 0,
  ...given,
});

describe('runs', () => {
  const judged = (given: Partial<Run>, paused = false) => judgeRuns({ unfinished: [run(given)], paused }, NOW);

  test('under way are worth a note, and none is fine', () => {
    expect(judged({})).toMatchObject([{ status: 'note' }]);
    expect(judgeRuns({ unfinished: [], paused: false }, NOW)).toMatchObject([{ status: 'fine' }]);
  });

  test('that wait say for how many, until when, and what resumes them', () => {
    expect(judged({ waiting: 'x' }, true)).toMatchObject([
      {
        status: 'soon',
        says: expect.stringMatching(/^Run 2@s1 of event .*40 people have not.*in 1 hour it is too late/),
        wayOut: 'POST /api/v1/sending/resume',
      },
    ]);
    expect(judged({ waiting: 'x' })[0]?.wayOut).toContain(`/events/${EVENT}/campaigns/2/resume`);
  });

  test('that stand still, or cannot be done in time, hurt', () => {
    expect(judged({ touchedAt: NOW - 1201 })).toMatchObject([
      { status: 'hurts', says: expect.stringContaining('stood still for 20 minutes') },
    ]);
    expect(judged({ tooSlow: true })).toMatchObject([
      { status: 'hurts', says: expect.stringContaining('the last of 40 people') },
    ]);
  });

  test('with held mails say how many, and where they are released', () => {
    const held = [{ eventId: EVENT, campaignId: '2', runId: 's1', mails: 1 }];
    expect(judgeHeld({ looked: 1, held })).toMatchObject([
      { status: 'soon', wayOut: expect.stringContaining(`/events/${EVENT}/campaigns/2/runs/s1/release`) },
    ]);
    expect(judgeHeld({ looked: 3, held: [] })).toMatchObject([{ status: 'fine' }]);
  });
});

describe('sweep', () => {
  const ms = NOW * 1000;
  const facts: SweepFacts = {
    rules: [{ name: 'r', enabled: true }],
    lastSwept: ms - 40_000,
    deployedAt: ms - 86_400_000,
    local: false,
  };

  test.each([
    [{}, 'fine', '40 s ago'],
    [{ rules: [{ name: 'r', enabled: false }] }, 'hurts', 'is switched off'],
    [{ rules: [] }, 'hurts', 'No rule wakes sweep'],
    [{ lastSwept: ms - 181_000 }, 'hurts', 'last round 3 minutes ago'],
    [{ lastSwept: undefined }, 'hurts', 'for 10 minutes or more'],
    [{ lastSwept: undefined, deployedAt: ms - 60_000 }, 'note', 'only just now'],
    [{ lastSwept: undefined, local: true }, 'soon', 'npm start'],
    [{ lastSwept: ms - 181_000, local: true }, 'soon', 'npm start'],
  ])('with %j: %s, %s', (given, status, says) => {
    expect(judgeSweep({ ...facts, ...given }, ms)).toMatchObject([{ status, says: expect.stringContaining(says) }]);
  });
});

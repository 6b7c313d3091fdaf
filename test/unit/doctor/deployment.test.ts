import { StackStatus } from '@aws-sdk/client-cloudformation';
import { describe, expect, test } from 'vitest';
import { judgeClock, judgeZoneData } from '#tools/doctor/judge/clocks.ts';
import { judgeDrift } from '#tools/doctor/judge/drift.ts';
import { judgeFunctions } from '#tools/doctor/judge/functions.ts';
import { judgeSettings } from '#tools/doctor/judge/settings.ts';
import { judgeStack } from '#tools/doctor/judge/stack.ts';

describe('the stack', () => {
  const judged = (status: string) => judgeStack({ name: 'rollcall-prod', status, changedAt: 1_796_000_000 });

  test.each([
    ['CREATE_COMPLETE', 'fine'],
    ['UPDATE_COMPLETE', 'fine'],
    ['UPDATE_COMPLETE_CLEANUP_IN_PROGRESS', 'fine'],
    ['UPDATE_IN_PROGRESS', 'note'],
    ['UPDATE_ROLLBACK_IN_PROGRESS', 'note'],
    ['UPDATE_ROLLBACK_COMPLETE', 'soon'],
    ['ROLLBACK_COMPLETE', 'hurts'],
    ['REVIEW_IN_PROGRESS', 'hurts'],
    ['UPDATE_ROLLBACK_FAILED', 'hurts'],
    ['DELETE_FAILED', 'hurts'],
  ])('that stands at %s: %s', (status, expected) => {
    expect(judged(status)).toMatchObject([{ status: expected }]);
  });

  test('whatever CloudFormation calls its state: a failure is never fine, and the way out names the stack', () => {
    for (const status of Object.values(StackStatus)) {
      const [found] = judged(status);
      expect(found?.status === 'fine').toBe(/^(CREATE|UPDATE|IMPORT)_COMPLETE/.test(status));
      if (/FAILED|ROLLBACK_COMPLETE/.test(status)) expect(['soon', 'hurts']).toContain(found?.status);
      if (found?.status !== 'fine') expect(found?.wayOut).toContain('rollcall-prod');
    }
  });
});

test('drift names what was changed and what is gone, and how a deploy puts it back', () => {
  expect(judgeDrift({ stage: 'prod', drifted: [] })).toMatchObject([{ status: 'fine' }]);
  const drifted = [
    { id: 'SweepRule', gone: true, nested: false },
    { id: 'Queue', gone: false, nested: false },
  ];
  const [found] = judgeDrift({ stage: 'prod', drifted });
  expect(found).toMatchObject({
    status: 'hurts',
    says: expect.stringContaining('SweepRule (deleted), Queue (changed)'),
    wayOut: 'npx cdk deploy -c stage=prod --revert-drift',
  });
});

test('drift of an alarm in the nested stack, where nothing is reverted, is mended by making it anew', () => {
  const alarm = { id: 'SendFails', gone: true, nested: true };
  const anew = 'npx cdk deploy -c stage=prod -c watch=none && npx cdk deploy -c stage=prod';
  expect(judgeDrift({ stage: 'prod', drifted: [alarm] })).toMatchObject([{ status: 'hurts', wayOut: anew }]);
  expect(judgeDrift({ stage: 'prod', drifted: [alarm, { id: 'Queue', gone: false, nested: false }] })).toMatchObject([
    { status: 'hurts', wayOut: `npx cdk deploy -c stage=prod --revert-drift && ${anew}` },
  ]);
});

describe('functions', () => {
  const one = { name: 'Send', state: 'Active', lastUpdate: 'Successful', asleep: [] };

  test('that can run are fine, also those that nobody called for long', () => {
    expect(judgeFunctions([one, { ...one, state: 'Inactive' }, { ...one, lastUpdate: 'InProgress' }])).toMatchObject([
      { status: 'fine' },
    ]);
  });

  test.each([
    [{ state: 'Failed' }, 'Send (Failed'],
    [{ lastUpdate: 'Failed' }, 'last update Failed'],
    [{ asleep: ['queue'] }, 'Nothing wakes Send (queue)'],
  ])('with %j hurt', (given, says) => {
    expect(judgeFunctions([one, { ...one, ...given }])).toMatchObject([
      { status: 'hurts', says: expect.stringContaining(says) },
    ]);
  });
});

describe('settings', () => {
  const deployed = { mode: 'simulator', sender: 'Rollcall <events@example.org>' };

  test('that are deployed as the file has them are fine; a stage it does not name is worth a note', () => {
    expect(judgeSettings({ stage: 'prod', deployed, wanted: deployed })).toMatchObject([{ status: 'fine' }]);
    expect(judgeSettings({ stage: 'staging', deployed, wanted: undefined })).toMatchObject([{ status: 'note' }]);
  });

  test('that were edited and not deployed are told, the sender without its address', () => {
    const found = judgeSettings({
      stage: 'prod',
      deployed,
      wanted: { mode: 'live', sender: 'Ada <ada@example.org>' },
    });
    expect(found).toMatchObject([
      { status: 'soon', says: expect.stringContaining('“live”, but “simulator” is deployed') },
      { status: 'soon' },
    ]);
    expect(JSON.stringify(found)).not.toContain('@');
  });
});

describe('clocks', () => {
  test.each([
    [undefined, 'note'],
    [0, 'fine'],
    [-4999, 'fine'],
    [6000, 'soon'],
    [-400_000, 'soon'],
  ])('%s ms off: %s', (offset, status) => {
    expect(judgeClock(offset)).toMatchObject([{ status }]);
  });

  test('say which way they are off', () => {
    expect(judgeClock(-400_000)[0]?.says).toContain('6 minutes behind AWS’s');
    expect(judgeClock(400_000)[0]?.says).toContain('ahead of AWS’s');
  });

  test.each([
    ['2026c', 'note', 'of this year'],
    ['2025b', 'note', 'of last year'],
    ['2024a', 'soon', 'of 2 years ago'],
    ['unknown', 'note', 'does not say'],
    [undefined, 'note', 'does not say'],
  ])('zone rules %s: %s, %s; nobody claims to know the newest', (version, status, says) => {
    const [found] = judgeZoneData({ version, year: 2026, runtime: 'nodejs24.x' });
    expect(found).toMatchObject({ status, says: expect.stringContaining(says) });
    expect(found?.says).not.toMatch(/newest|latest|up to date/);
  });
});

import { expect, test } from 'vitest';
import { OVERDUE, overdueRun } from '#shared/domain/overdue.ts';
import { type Run, startRun } from '#shared/domain/run.ts';
import { anEvent, aReminder, NOW_EPOCH } from '#test/support/builders.ts';

const event = anEvent();
const campaign = aReminder();
const begun = startRun(event, campaign, { occasion: 's1', firedAt: NOW_EPOCH, now: NOW_EPOCH });
const ALL = { pass: 1, open: 1, sent: 0, skipped: 0, failed: 0, held: 0 };
const walked = Object.fromEntries(Array.from({ length: 8 }, (_, shard) => [String(shard), ALL]));
const run = (given: Partial<Run> = {}): Run => ({ ...begun, shards: walked, ...given });
const seen = (given: Partial<Run>, after: number, over: Partial<Parameters<typeof overdueRun>[1]> = {}) =>
  overdueRun(run(given), { campaign, event, paused: false, now: NOW_EPOCH + after, ...over })?.work;

test('a run under way is not overdue, however long it takes, while its time is not over', () => {
  expect(seen({}, 3000)).toBeUndefined();
});

test('one that has not come to its end a quarter of an hour after its time is, stopped or not', () => {
  const over = begun.notAfter - NOW_EPOCH + OVERDUE.run.after;
  expect(seen({}, over - 1)).toBeUndefined();
  expect(seen({}, over)).toBe('run');
  expect(seen({ waiting: 'x' }, over, { paused: true })).toBe('run');
});

test('one that cannot be done in time is, for as long as it runs', () => {
  expect(seen({ tooSlow: true }, 60)).toBe('too-slow');
  expect(seen({ tooSlow: true }, 60, { paused: true })).toBeUndefined();
  expect(seen({ tooSlow: true, waiting: 'x' }, 60)).toBeUndefined();
});

test('a campaign that stopped itself is told of for an hour; one that somebody paused is their affair', () => {
  const braked = {
    ...campaign,
    state: 'paused',
    pausedBecause: 'More than 5 % of its mails bounced for good',
  } as const;
  expect(seen({ waiting: 'x' }, 60, { campaign: braked })).toBe('stopped');
  expect(seen({ waiting: 'x' }, 3599, { campaign: braked })).toBe('stopped');
  expect(seen({ waiting: 'x' }, 3600, { campaign: braked })).toBeUndefined();
  const { pausedBecause: _, ...paused } = braked;
  expect(seen({ waiting: 'x' }, 60, { campaign: paused })).toBeUndefined();
});

test('walks that are missing for a quarter of an hour are, unless somebody stopped the run', () => {
  const { 3: _, ...missing } = walked;
  expect(seen({ shards: missing }, 899)).toBeUndefined();
  expect(seen({ shards: missing }, 900)).toBe('walk');
  expect(seen({ shards: missing }, 900, { event: { ...event, paused: true } })).toBeUndefined();
  expect(seen({ shards: missing, pass: 2 }, 900)).toBeUndefined();
});

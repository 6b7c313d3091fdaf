import { describe, expect, test } from 'vitest';
import { isNoticeKind, NOTICE_KINDS } from '#shared/domain/mail-kinds.ts';
import { scheduleOf } from '#shared/domain/schedule.ts';
import { anEvent, NOW_EPOCH } from '#test/support/builders.ts';
import { DAY, decided, HOUR, START, skip } from '#test/support/decided.ts';

const MINUTE = 60;
const DAY_BEFORE = { before: 'start', offset: 'P1D', at: '09:00' } as const;
const HOUR_BEFORE = { before: 'start', offset: 'PT1H' } as const;
const SENDS = expect.objectContaining({ do: 'send' });
const LATE = skip('registered-late');

describe('a reminder to somebody who has just got their place', () => {
  test.each([
    ['hours ahead', HOUR_BEFORE, START - HOUR, 15 * MINUTE],
    ['days ahead', DAY_BEFORE, START - DAY - 30 * MINUTE, 12 * HOUR],
    ['at a time of its own, days ahead', { at: '2027-02-17T09:00' }, START - DAY - 30 * MINUTE, 12 * HOUR],
    ['by hand, hours ahead', { manual: true }, START - 3 * HOUR, 15 * MINUTE],
  ] as const)('%s: none within the gap, one from there on', (_, trigger, since, gap) => {
    const to = (confirmedAt: number) => decided('reminder', { since, campaign: { trigger }, row: { confirmedAt } });
    expect(to(since - gap)).toEqual(SENDS);
    expect(to(since - gap + 1)).toEqual(LATE);
    expect(to(since + 10)).toEqual(LATE);
  });

  test('is theirs if only the mail of the joining link would come late', () => {
    expect(decided('joining', { row: { confirmedAt: START - DAY - 1 } })).toEqual(SENDS);
  });
});

describe('once the event was moved', () => {
  const before = { ...scheduleOf(anEvent()), startsAt: '2027-02-17T09:30', endsAt: '2027-02-17T13:00' };
  const schedules = { 3: before, 4: scheduleOf(anEvent()) };
  const OLD = '1@a1';
  const told = { [OLD]: 'delivered|1795000000|1|abcdef|3.1795000000' };
  const now = (kind: 'joining' | 'reminder', since: number, given: { at: number; moves?: boolean; row?: object }) =>
    decided(kind, {
      since,
      campaign: { trigger: kind === 'joining' ? DAY_BEFORE : HOUR_BEFORE },
      event: { schedules, notice: { since: given.at, at: given.at, moves: given.moves ?? true } },
      row: { confirmedAt: NOW_EPOCH - DAY, deliveries: told, ...given.row },
    });
  const noticed = (state: string) => ({
    deliveries: { ...told, 'change@r4': `${state}|1795000000|1|ghjkmn|4.1795000000` },
  });

  test.each(['joining', 'reminder'] as const)('a %s waits for the notice that is as good as here', (kind) => {
    const [since, gap] = kind === 'joining' ? [START - DAY, 12 * HOUR] : [START - HOUR, 15 * MINUTE];
    for (const at of [since - gap, since, since + gap])
      expect(now(kind, since, { at })).toEqual({ do: 'wait', for: 'notice' });
    for (const at of [since - gap - 1, since + gap + 1]) expect(now(kind, since, { at })).toEqual(SENDS);
  });

  test('a reminder is spared whom the notice reached, and goes to whom it did not', () => {
    const at = START - HOUR - 10 * MINUTE;
    const noticeIs = (state: string) => now('reminder', START - HOUR, { at, row: noticed(state) });
    expect(noticeIs('claimed')).toEqual({ do: 'wait', for: 'notice' });
    for (const state of ['sent', 'delivered', 'bounced']) expect(noticeIs(state)).toEqual(skip('covered-by-notice'));
    for (const state of ['held', 'failed', 'skipped']) expect(noticeIs(state)).toEqual(SENDS);
  });

  test('a joining mail goes by itself where the notice did not bring it', () => {
    const at = START - DAY - HOUR;
    expect(now('joining', START - DAY, { at, row: noticed('delivered') })).toEqual(SENDS);
  });

  test('another room moves no start: the reminder goes as ever', () => {
    expect(now('reminder', START - HOUR, { at: START - HOUR, moves: false })).toEqual(SENDS);
  });

  test('who was told the new time by another mail waits for no notice', () => {
    const deliveries = { [OLD]: 'delivered|1795000000|1|abcdef|4.1795000000' };
    expect(now('reminder', START - HOUR, { at: START - HOUR, row: { deliveries } })).toEqual(SENDS);
  });

  test.each(NOTICE_KINDS)(
    '%s goes to whom it is news, not to whom it is none, and waits where nobody knows',
    (kind) => {
      expect(isNoticeKind(kind)).toBe(true);
      const state = kind === 'change' ? 'published' : kind;
      const present = { ...schedules, 4: { ...schedules[4], state } } as const;
      const to = (entry: string) =>
        decided(kind, { event: { schedules: present }, row: { deliveries: { [OLD]: entry } } });
      expect(to('sent|1795000000|1|abcdef|3.1795000000')).toEqual(SENDS);
      expect(to('sent|1795000000|1|abcdef|4.1795000000')).toEqual(skip('told-already'));
      expect(to('claimed|1795000000|1|abcdef|4')).toEqual({ do: 'wait', for: 'told' });
      expect(to('failed|1795000000|1|abcdef|4.1795000000')).toEqual(SENDS);
    },
  );
});

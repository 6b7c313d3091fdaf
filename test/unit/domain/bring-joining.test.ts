import { describe, expect, test } from 'vitest';
import { carriesJoining, loadOf } from '#shared/domain/bring-joining.ts';
import type { Campaign } from '#shared/domain/campaign.ts';
import type { Event } from '#shared/domain/event.ts';
import type { Joining } from '#shared/domain/late.ts';
import { MAIL_KINDS } from '#shared/domain/mail-kinds.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { aCampaign, anEvent, aRegistration } from '#test/support/builders.ts';
import { DAY, END, HOUR, START } from '#test/support/decided.ts';
import { TIMINGS } from '#test/support/sending.ts';

const FIRES = START - DAY - 30 * 60;
const joining = (given: Partial<Campaign> = {}, hasRun = false): Joining => ({
  campaign: aCampaign({
    campaignId: '2',
    kind: 'joining',
    trigger: { before: 'start', offset: 'P1D', at: '09:00' },
    ...given,
  }),
  hasRun,
});

interface Given {
  readonly kind?: 'confirmation' | 'change';
  readonly row?: Partial<Registration>;
  readonly event?: Partial<Event>;
  readonly joinings?: readonly Joining[];
  readonly now?: number;
  readonly isTakeOver?: boolean;
}
const load = ({
  kind = 'confirmation',
  row,
  event,
  joinings = [joining()],
  now = FIRES,
  isTakeOver = false,
}: Given = {}) =>
  loadOf({ mailKey: kind === 'change' ? 'change@r2' : '1@a1', kind, isTakeOver }, joinings, {
    event: anEvent(event),
    campaign: undefined,
    control: undefined,
    confirmation: aCampaign(),
    registration: aRegistration(row),
    gaps: TIMINGS,
    mayReach: () => true,
    now,
  });
const NOTHING = { brought: [], owed: [] };
const BROUGHT = { brought: ['2@s1'], owed: [] };

test('confirmations and changes bring along how to join, and nothing else does', () => {
  expect(MAIL_KINDS.filter(carriesJoining)).toEqual(['confirmation', 'change']);
});

describe('how to join comes with the confirmation', () => {
  test('to whoever had it where they are no more, even before its time: its run would pass them by', () => {
    const left = { deliveries: { '2@s1': 'skipped|1|0|k2m4t8|1.1|moved' } };
    expect(load({ now: FIRES - 1, row: left })).toEqual(BROUGHT);
    const skipped = { deliveries: { '2@s1': 'skipped|1|0|||campaign-off' } };
    expect(load({ now: FIRES - 1, row: skipped })).toEqual(NOTHING);
  });

  test('from its time on, until the end, and not before', () => {
    expect(load({ now: FIRES - 1 })).toEqual(NOTHING);
    expect(load()).toEqual(BROUGHT);
    expect(load({ now: START + HOUR })).toEqual(BROUGHT);
    expect(load({ now: END })).toEqual(NOTHING);
  });

  test('once it has a run, though its time is to come; whether or not it was ever armed', () => {
    expect(load({ now: FIRES - DAY, joinings: [joining({}, true)] })).toEqual(BROUGHT);
    expect(load({ joinings: [joining({ trigger: { manual: true } })] })).toEqual(NOTHING);
    expect(load({ joinings: [joining({ trigger: { manual: true } }, true)] })).toEqual(BROUGHT);
  });

  test('not from a draft; a paused one is owed on resume', () => {
    expect(load({ joinings: [joining({ state: 'draft' }, true)] })).toEqual(NOTHING);
    expect(load({ joinings: [joining({ state: 'paused' })] })).toEqual({ brought: [], owed: ['2@s1'] });
  });

  test.each([
    ['claimed', NOTHING],
    ['sent', NOTHING],
    ['held', NOTHING],
    ['merged', NOTHING],
    ['skipped', BROUGHT],
  ])('to somebody whose own is %s: %j', (state, expected) => {
    expect(load({ row: { deliveries: { '2@s1': `${state}|1|1|abcdef` } } })).toEqual(expected);
  });

  test('for the start there is now: what came for an earlier one is another mail', () => {
    const deliveries = { '2@s1': 'sent|1|1|abcdef' };
    expect(load({ event: { startRevision: 2 }, row: { deliveries } })).toEqual({ brought: ['2@s2'], owed: [] });
  });

  test('only to whom it is for', () => {
    expect(load({ row: { status: 'waitlisted' } })).toEqual(NOTHING);
    expect(load({ joinings: [joining({ audience: { registeredBefore: '2026-01-01T00:00:00Z' } })] })).toEqual(NOTHING);
  });
});

test('a notice brings it along once it is past, and in good time before', () => {
  const at = (now: number) => load({ kind: 'change', now });
  expect(at(FIRES - 12 * HOUR - 1)).toEqual(NOTHING);
  expect(at(FIRES - 12 * HOUR)).toEqual(BROUGHT);
  expect(at(FIRES + 1)).toEqual(BROUGHT);
});

test('a second attempt brings what the first did, and no more', () => {
  const deliveries = { '2@s1': 'merged|1|0|abcdef||1@a1', '9@s1': 'merged|1|0|abcdef||change@r2' };
  expect(load({ isTakeOver: true, row: { deliveries } })).toEqual(BROUGHT);
  expect(load({ isTakeOver: true })).toEqual(NOTHING);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Campaign } from '#shared/domain/campaign.ts';
import { defaultCampaigns } from '#shared/domain/default-campaigns.ts';
import { writeDelivery } from '#shared/domain/delivery.ts';
import type { Event } from '#shared/domain/event.ts';
import { requestKey } from '#shared/domain/registration.ts';
import { releasesOf } from '#shared/domain/release-note.ts';
import { type Around, type Picked, releasing } from '#shared/domain/release-unsent.ts';
import { type Run, startRun } from '#shared/domain/run.ts';
import { unsentOf } from '#shared/domain/unsent.ts';
import { aCampaign, anEvent, aRegistration, aReminder, NOW, NOW_EPOCH } from '#test/support/builders.ts';
import { TIMINGS } from '#test/support/sending.ts';

const FAILED = 'failed|1795425300|1|k2m4t8|1|MessageRejected';
const HOUR = 3600;
const [JOINING] = defaultCampaigns([], NOW) as [Campaign];
const NEWS = aCampaign({ campaignId: '6', kind: 'announcement', trigger: { manual: true } });

const runOf = (event: Event, campaign: Campaign, occasion: string, firedAt = NOW_EPOCH - HOUR): Run =>
  startRun(event, campaign, { occasion, firedAt, now: firedAt });

/** How things are around these mails, and a release of them. */
function desk(given: Partial<Around> = {}, picked: Partial<Picked> = {}) {
  const event = given.event ?? anEvent();
  const around: Around = {
    event,
    control: undefined,
    confirmation: aCampaign(),
    gaps: TIMINGS,
    mayReach: () => true,
    now: NOW_EPOCH,
    campaigns: [aCampaign(), JOINING, NEWS],
    runs: [],
    ...given,
  };
  return { event, ...releasing({ state: 'failed', until: NOW_EPOCH, ...picked }, around) };
}
const aFailed = (mailKey: string, given: Parameters<typeof aRegistration>[0] = {}) =>
  aRegistration({ deliveries: { [mailKey]: FAILED }, ...given });
const leftOf = ({ fates }: ReturnType<ReturnType<typeof desk>['release']>) =>
  fates.map((fate) => (fate.owed === undefined ? fate.left : 'owed'));

describe('a mail without a run', () => {
  test('is owed again by the write that takes its entry away, and that is noted', () => {
    const { row, isGreeted } = desk().release(aFailed('1@a1'), 'k1');
    expect(row.deliveries).toEqual({});
    expect(row.greetDue).toEqual(new Set(['1@a1']));
    expect(isGreeted).toBe(true);
    expect(releasesOf(row)).toEqual([
      ['1@a1', { at: NOW_EPOCH, was: 'failed', reason: 'MessageRejected', keyId: 'k1' }],
    ]);
  });

  test('is found once: whoever releases it again changes nothing', () => {
    const { release } = desk();
    const { row } = release(aFailed('1@a1'), 'k1');
    expect(release(row, 'k2')).toEqual({ row, fates: [], isGreeted: false });
  });

  test('keeps the time of what is owed already: a release hastens nothing', () => {
    const row = aFailed('1@a1', { greetDue: new Set(['resend@qabc-x']), greetDueAt: NOW_EPOCH + 900 });
    expect(desk().release(row, '').row).toMatchObject({ greetDueAt: NOW_EPOCH + 900 });
  });

  test('is owed from the release on, whatever else is owed since long ago: it is not late before anybody could send it', () => {
    const registeredAt = '2026-01-01T09:00:00Z';
    expect(desk().release(aFailed('1@a1', { registeredAt }), '').row).toMatchObject({ greetDueAt: NOW_EPOCH });
    const waiting = { greetDue: new Set(['2@s1']), greetDueAt: NOW_EPOCH - 30 * 24 * HOUR };
    expect(desk().release(aFailed('1@a1', waiting), '').row).toMatchObject({ greetDueAt: NOW_EPOCH });
  });

  test('goes under a pause, and waits there', () => {
    const control = { paused: true, changedAt: NOW };
    expect(leftOf(desk({ control }).release(aFailed('1@a1'), ''))).toEqual(['owed']);
  });

  test('that somebody asked for is owed for an hour', () => {
    const mailKey = (age: number) => requestKey('resend', NOW_EPOCH - age, 'abcdef');
    expect(leftOf(desk().release(aFailed(mailKey(HOUR - 1)), ''))).toEqual(['owed']);
    expect(leftOf(desk().release(aFailed(mailKey(HOUR)), ''))).toEqual(['expired']);
  });
});

describe('what the rules would not let go is left as it is, with the reason:', () => {
  const ended = anEvent({ startsAt: '2026-11-22T09:00', endsAt: '2026-11-22T10:00' });
  const live = anEvent({ startsAt: '2026-11-23T09:30', endsAt: '2026-11-23T13:00' });
  const cases: readonly (readonly [string, Partial<Around>, ReturnType<typeof aRegistration>])[] = [
    ['expired', { event: ended }, aFailed('1@a1')],
    ['expired', { event: live }, aFailed('waitlist@a1', { status: 'waitlisted' })],
    ['event-cancelled', { event: anEvent({ state: 'cancelled' }) }, aFailed('1@a1')],
    ['registration-cancelled', {}, aFailed('1@a1', { status: 'cancelled', cancelledAt: NOW })],
    ['superseded', {}, aFailed('1@a1', { admissions: 2 })],
    ['bounced', {}, aFailed('1@a1', { bounced: true })],
    ['over-budget', {}, aFailed('1@a1', { overBudget: 'a1' })],
    ['not-on-allow-list', { mayReach: () => false }, aFailed('1@a1')],
    ['campaign-off', { campaigns: [] }, aFailed('9@s1')],
    ['superseded', { campaigns: [aCampaign(), aReminder()] }, aFailed('3@s1')],
    ['superseded', {}, aFailed('change@r1')],
  ];
  test.each(cases)('%s', (reason, around, row) => {
    const { release } = desk(around);
    const released = release(row, 'k1');
    expect(leftOf(released)).toEqual([reason]);
    expect(released.row).toBe(row);
  });
});

describe('a mail of a run', () => {
  const event = anEvent();
  const run = runOf(event, NEWS, 'm0');
  const { release } = desk({ event, runs: [run] });

  test('is met by it: its entry goes, and nothing is owed beside it', () => {
    const { row, fates, isGreeted } = release(aFailed('6@m0'), 'k1');
    expect(row.deliveries).toEqual({});
    expect(row.greetDue).toBeUndefined();
    expect(isGreeted).toBe(false);
    expect(fates.map(({ owed }) => owed)).toEqual([run]);
  });

  test('is left where no pass of the run has begun to meet it', () => {
    expect(leftOf(release(aFailed('6@m0'), '', () => false))).toEqual(['stale']);
  });

  test('goes until its not after, which counts from when it fired', () => {
    const fired = (ago: number) => desk({ event, runs: [runOf(event, NEWS, 'm0', NOW_EPOCH - ago)] });
    expect(leftOf(fired(24 * HOUR - 1).release(aFailed('6@m0'), ''))).toEqual(['owed']);
    expect(leftOf(fired(24 * HOUR).release(aFailed('6@m0'), ''))).toEqual(['expired']);
  });

  test.each([
    ['muted', { muted: true }],
    ['not-in-audience', { registeredAt: '2026-11-23T09:30:00Z' }],
    ['registration-cancelled', { status: 'cancelled', cancelledAt: NOW }],
  ] as const)('is left to who is %s', (reason, given) => {
    const confirmedOnly = {
      ...NEWS,
      audience: { status: ['confirmed' as const], registeredBefore: '2026-11-23T09:15:00Z' },
    };
    const audience = reason === 'registration-cancelled' ? { ...NEWS, kind: 'reminder' as const } : confirmedOnly;
    const around = { event, runs: [runOf(event, audience, 's1')], campaigns: [audience] };
    expect(leftOf(desk(around).release(aFailed('6@s1', given), ''))).toEqual([reason]);
  });
});

describe('how to join', () => {
  const event = anEvent({ startsAt: '2026-11-23T09:50', endsAt: '2026-11-23T13:00' });
  const run = runOf(event, JOINING, 's1', NOW_EPOCH - 4 * HOUR);
  const merged = writeDelivery({ state: 'merged', epoch: 1795425300, attempt: 0, owner: 'k2m4t8', reason: '1@a1' });
  const both = { '1@a1': FAILED, '2@s1': merged };
  const late = aRegistration({ deliveries: both, confirmedAt: NOW_EPOCH - HOUR });

  test('shares the fate of the mail that brought it along: it failed as well', () => {
    expect(unsentOf(late, 'failed').map(({ mailKey, reason, carrier }) => [mailKey, reason, carrier])).toEqual([
      ['1@a1', 'MessageRejected', undefined],
      ['2@s1', 'MessageRejected', '1@a1'],
    ]);
    const delivered = { ...both, '1@a1': 'delivered|1795425300|1|k2m4t8|1' };
    expect(unsentOf({ deliveries: delivered }, 'failed')).toEqual([]);
  });

  test('goes along again, and is owed by itself in case that does not go', () => {
    for (const kinds of [undefined, ['confirmation'] as const]) {
      const { row } = desk({ event, runs: [run] }, { kinds }).release(late, 'k1');
      expect(row).toMatchObject({ deliveries: {}, greetDueAt: NOW_EPOCH });
      expect(row.greetDue).toEqual(new Set(['1@a1', '2@s1']));
    }
    expect(leftOf(desk({ event, runs: [run] }).release(late, ''))).toEqual(['owed', 'owed']);
  });

  test('goes by itself where the mail that brought it along may not go again', () => {
    const row = { ...late, admissions: 2 };
    const released = desk({ event, runs: [run] }).release(row, '');
    expect(leftOf(released)).toEqual(['superseded', 'owed']);
    expect(released.row).toMatchObject({ deliveries: { '1@a1': FAILED }, greetDue: new Set(['2@s1']) });
  });

  test('is sent until the end to who came when the others had been told, and else until the start', () => {
    const around = { event, runs: [run] };
    const late = aFailed('2@s1', { confirmedAt: run.firedAt });
    expect(desk(around).release(late, '').row.greetDue).toEqual(new Set(['2@s1']));
    const before = aFailed('2@s1', { confirmedAt: run.firedAt - 1 });
    expect(leftOf(desk(around).release(before, ''))).toEqual(['expired']);
    const over = { ...around, now: Date.parse('2026-11-23T13:00:00Z') / 1000 };
    expect(leftOf(desk(over, { until: over.now }).release(late, ''))).toEqual(['expired']);
  });
});

describe('of many mails those are released that are picked', () => {
  const event = anEvent();
  const runs = [runOf(event, NEWS, 'm0')];
  const row = aRegistration({
    deliveries: {
      '1@a1': FAILED,
      '6@m0': 'failed|1795425400|1|k2m4t8||rejected-by-ses',
      'resend@x': `failed|1795425400|1|k2m4t8`,
      'waitlist@a1': 'held|1795425400|1|k2m4t8|1|in-doubt',
    },
  });
  const picks: readonly (readonly [string, Partial<Picked>, readonly string[]])[] = [
    ['all of them', {}, ['1@a1', '6@m0', 'resend@x']],
    ['a kind', { kinds: ['announcement'] }, ['6@m0']],
    ['a campaign', { campaigns: ['1'] }, ['1@a1']],
    ['a reason', { reasons: ['MessageRejected'] }, ['1@a1']],
    ['an entry that says no reason', { reasons: ['unknown'] }, ['resend@x']],
    ['all at once', { kinds: ['announcement'], campaigns: ['6'], reasons: ['rejected-by-ses'] }, ['6@m0']],
    ['things that no mail is together', { kinds: ['announcement'], campaigns: ['1'] }, []],
    ['what failed until then', { until: 1795425300 }, ['1@a1']],
    ['what is held', { state: 'held' }, ['waitlist@a1']],
  ];
  test.each(picks)('by %s', (_, picked, keys) => {
    const { fates } = desk({ event, runs }, picked).release(row, '');
    expect(fates.map(({ mail }) => mail.mailKey)).toEqual(keys);
  });
});

test('whatever stands in the ledger and is picked: twice is once, what is not picked stays, and nobody is forgotten', () => {
  const event = anEvent();
  const runs = [runOf(event, NEWS, 'm0'), runOf(event, JOINING, 's1')];
  const key = fc.constantFrom('1@a1', '1@a2', '2@s1', '6@m0', 'change@r1', 'waitlist@a1', 'own-cancellation@a1');
  const state = fc.constantFrom('failed', 'held', 'sent', 'delivered', 'skipped', 'claimed', 'merged');
  const deliveries = fc
    .array(fc.tuple(key, state), { maxLength: 6 })
    .map((all) =>
      all.map(([mailKey, is]) => [mailKey, `${is}|1795425300|1|k2m4t8||${is === 'merged' ? '1@a1' : 'why'}`]),
    );
  const greetDue = fc.option(fc.constantFrom('2@s1', '1@a2'), { nil: undefined });
  const status = fc.constantFrom('confirmed' as const, 'waitlisted' as const, 'cancelled' as const);
  const picked = fc.record({ state: fc.constantFrom('failed' as const, 'held' as const) });
  fc.assert(
    fc.property(deliveries, status, greetDue, picked, (entries, is, due, picks) => {
      const before = aRegistration({
        deliveries: Object.fromEntries(entries),
        status: is,
        ...(due !== undefined && { greetDue: new Set([due]), greetDueAt: NOW_EPOCH }),
      });
      const { release } = desk({ event, runs }, picks);
      const { row, fates } = release(before, 'k1');
      expect(release(row, 'k2').fates.filter(({ owed }) => owed !== undefined)).toEqual([]);
      const gone = Object.keys(before.deliveries).filter((each) => row.deliveries[each] === undefined);
      for (const each of Object.keys(row.deliveries)) expect(row.deliveries[each]).toBe(before.deliveries[each]);
      for (const each of gone) {
        const isRun = fates.some(({ mail, owed }) => mail.mailKey === each && typeof owed === 'object');
        expect(isRun || row.greetDue?.has(each), each).toBe(true);
      }
      const owed = fates.filter((fate) => fate.owed !== undefined).map(({ mail }) => mail.mailKey);
      expect(gone).toEqual(expect.arrayContaining(owed));
    }),
    { numRuns: 2000 },
  );
});

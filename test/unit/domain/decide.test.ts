import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Circumstances, decide, wasInvited } from '#shared/domain/decide.ts';
import {
  MAIL_KINDS,
  MAIL_RULES,
  type MailKind,
  type RegistrationStatus,
  readMailKey,
} from '#shared/domain/mail-kinds.ts';
import { greetingOf, type Registration, requestKey } from '#shared/domain/registration.ts';
import { EventState } from '#shared/domain/schedule.ts';
import { epochOf } from '#shared/domain/time.ts';
import { aCampaign, anEvent, aRegistration, NOW_EPOCH } from '#test/support/builders.ts';

const START = epochOf('2027-02-18T09:30:00Z');
const END = epochOf('2027-02-18T13:00:00Z');
const HOUR = 3600;

/** The table of mail kinds as product.md has it, written down a second time: whoever changes a rule changes both. */
const TABLE: Record<
  MailKind,
  {
    readonly eventIs: readonly EventState[];
    readonly registrationIs: readonly RegistrationStatus[];
    readonly stoppedByMute: boolean;
    readonly notAfter: number;
    readonly inDoubt: 'resend-once' | 'hold';
    readonly lane: 'now';
    readonly tellsSchedule: boolean;
    readonly calendar: 'REQUEST' | 'CANCEL' | undefined;
  }
> = {
  confirmation: {
    eventIs: ['published'],
    registrationIs: ['confirmed'],
    stoppedByMute: false,
    notAfter: END,
    inDoubt: 'resend-once',
    lane: 'now',
    tellsSchedule: true,
    calendar: 'REQUEST',
  },
  waitlist: {
    eventIs: ['published'],
    registrationIs: ['waitlisted'],
    stoppedByMute: false,
    notAfter: START,
    inDoubt: 'resend-once',
    lane: 'now',
    tellsSchedule: true,
    calendar: undefined,
  },
  'own-cancellation': {
    eventIs: EventState.options,
    registrationIs: ['cancelled'],
    stoppedByMute: false,
    notAfter: NOW_EPOCH + HOUR,
    inDoubt: 'resend-once',
    lane: 'now',
    tellsSchedule: false,
    calendar: 'CANCEL',
  },
  resend: {
    eventIs: EventState.options,
    registrationIs: ['applied', 'confirmed', 'waitlisted', 'cancelled'],
    stoppedByMute: false,
    notAfter: NOW_EPOCH + HOUR,
    inDoubt: 'resend-once',
    lane: 'now',
    tellsSchedule: true,
    calendar: undefined,
  },
  'already-registered': {
    eventIs: EventState.options,
    registrationIs: ['applied', 'confirmed', 'waitlisted', 'cancelled'],
    stoppedByMute: false,
    notAfter: NOW_EPOCH + HOUR,
    inDoubt: 'resend-once',
    lane: 'now',
    tellsSchedule: true,
    calendar: undefined,
  },
};

const OWES: Record<MailKind, RegistrationStatus> = {
  confirmation: 'confirmed',
  waitlist: 'waitlisted',
  'own-cancellation': 'cancelled',
  resend: 'confirmed',
  'already-registered': 'confirmed',
};

const mailKeyOf = (kind: MailKind, row: Registration): string =>
  kind === 'resend' || kind === 'already-registered'
    ? requestKey(kind, NOW_EPOCH, 'chance')
    : greetingOf({ ...row, status: OWES[kind] });

/** A mail that may go right now, in circumstances that are as they should be but for what is given. */
function decided(
  kind: MailKind,
  { row: given = {}, ...circumstances }: Partial<Circumstances> & { row?: Partial<Registration> } = {},
) {
  const status = OWES[kind];
  const row = aRegistration({
    status,
    ...(status === 'cancelled' && { cancelledAt: new Date(NOW_EPOCH * 1000).toISOString() }),
    ...given,
  });
  return decide(readMailKey(mailKeyOf(kind, aRegistration())), {
    event: anEvent(),
    campaign: kind === 'confirmation' ? aCampaign() : undefined,
    control: undefined,
    mayReach: () => true,
    now: NOW_EPOCH,
    ...circumstances,
    registration: row,
  });
}

describe.each(MAIL_KINDS)('%s', (kind) => {
  const cells = TABLE[kind];

  test('goes when nothing speaks against it, not after the moment the table names', () => {
    expect(decided(kind)).toEqual({ do: 'send', kind, notAfter: cells.notAfter });
    expect(decided(kind, { now: cells.notAfter - 1 })).toMatchObject({ do: 'send' });
    expect(decided(kind, { now: cells.notAfter })).toEqual({ do: 'skip', reason: 'expired' });
  });

  test.each(EventState.options)('of a %s event', (state) => {
    expect(decided(kind, { event: anEvent({ state }) })).toEqual(
      cells.eventIs.includes(state)
        ? expect.objectContaining({ do: 'send' })
        : { do: 'skip', reason: `event-${state}` },
    );
  });

  test.each(['applied', 'confirmed', 'waitlisted', 'cancelled'] as const)('to somebody %s', (status) => {
    expect(decided(kind, { row: { status } })).toEqual(
      cells.registrationIs.includes(status)
        ? expect.objectContaining({ do: 'send' })
        : { do: 'skip', reason: `registration-${status}` },
    );
  });

  test('to somebody who stopped optional mail', () => {
    expect(decided(kind, { row: { muted: true } })).toMatchObject(
      cells.stoppedByMute ? { do: 'skip', reason: 'muted' } : { do: 'send' },
    );
  });

  test('is claimed, doubted and drawn as the table says', () => {
    const { inDoubt, lane, tellsSchedule, calendar } = MAIL_RULES[kind];
    expect({ inDoubt, lane, tellsSchedule, calendar }).toEqual({
      inDoubt: cells.inDoubt,
      lane: cells.lane,
      tellsSchedule: cells.tellsSchedule,
      calendar: cells.calendar,
    });
  });

  test.each([
    ['all mail is stopped', { control: { paused: true, changedAt: '2026-11-23T09:00:00Z' } }],
    ['the event is paused', { event: anEvent({ paused: true }) }],
  ])('waits while %s, however late it gets, and is never skipped for it', (_, stopped) => {
    expect(decided(kind, stopped)).toEqual({ do: 'wait', for: 'pause' });
    expect(decided(kind, { ...stopped, now: cells.notAfter + HOUR })).toEqual({ do: 'wait', for: 'pause' });
  });

  test('goes again once mail flows', () => {
    expect(decided(kind, { control: { paused: false, changedAt: '2026-11-23T09:00:00Z' } })).toMatchObject({
      do: 'send',
    });
  });

  test('never goes to an address that bounced for good, or that the stage does not mail', () => {
    expect(decided(kind, { row: { bounced: true } })).toEqual({ do: 'skip', reason: 'bounced' });
    const mayReach = (address: string) => address !== 'ada@example.org';
    expect(decided(kind, { mayReach })).toEqual({ do: 'skip', reason: 'not-on-allow-list' });
  });

  test('waits for the budget that delays it', () => {
    expect(decided(kind, { row: { greetDueAt: NOW_EPOCH + 1 } })).toEqual({ do: 'wait', for: 'budget' });
    expect(decided(kind, { row: { greetDueAt: NOW_EPOCH } })).toMatchObject({ do: 'send' });
  });
});

test.each(['confirmation', 'waitlist', 'own-cancellation'] as const)(
  '%s of an earlier admission is superseded, and dropped where the budget of its admission was spent',
  (kind) => {
    expect(decided(kind, { row: { admissions: 2 } })).toEqual({ do: 'skip', reason: 'superseded' });
    expect(decided(kind, { row: { overBudget: 'a1' } })).toEqual({ do: 'skip', reason: 'over-budget' });
    expect(decided(kind, { row: { overBudget: 'a2' } })).toMatchObject({ do: 'send' });
  },
);

test.each(['resend', 'already-registered'] as const)('%s is of its request, whatever the admission', (kind) => {
  expect(decided(kind, { row: { admissions: 5, overBudget: 'a5' } })).toMatchObject({ do: 'send' });
});

test('the confirmation waits while its campaign is paused, and is off while that is a draft', () => {
  expect(decided('confirmation', { campaign: aCampaign({ state: 'paused' }) })).toEqual({ do: 'wait', for: 'pause' });
  expect(decided('confirmation', { campaign: aCampaign({ state: 'draft' }) })).toEqual({
    do: 'skip',
    reason: 'campaign-off',
  });
});

test('a name from a version to come is skipped, not guessed', () => {
  const circumstances = {
    event: anEvent(),
    campaign: undefined,
    control: undefined,
    registration: aRegistration(),
    mayReach: () => true,
    now: NOW_EPOCH,
  };
  expect(decide({ campaign: 'survey', occasion: 'e1' }, circumstances)).toEqual({ do: 'skip', reason: 'campaign-off' });
  expect(decide({ campaign: '7', occasion: 'a1' }, circumstances)).toEqual({ do: 'skip', reason: 'campaign-off' });
});

const invited = (state: string) => ({
  '1@a1': `${state}|1000|1|abcdef|1`,
  'resend@q1-aaaaaa': 'claimed|1000|1|abcdef|1',
});

test('a calendar cancellation never overtakes its invitation: while that is in doubt, it waits', () => {
  expect(decided('own-cancellation', { row: { deliveries: invited('claimed') } })).toEqual({
    do: 'wait',
    for: 'calendar',
  });
  for (const state of ['sent', 'delivered', 'failed', 'held', 'skipped', 'bounced']) {
    expect(decided('own-cancellation', { row: { deliveries: invited(state) } })).toMatchObject({ do: 'send' });
  }
});

test('who got the invitation of any admission has the event in their calendar', () => {
  for (const state of ['sent', 'delivered']) expect(wasInvited({ deliveries: invited(state) })).toBe(true);
  for (const state of ['claimed', 'failed', 'skipped', 'held', 'bounced']) {
    expect(wasInvited({ deliveries: invited(state) })).toBe(false);
  }
  expect(wasInvited({ deliveries: { '1@a1': 'sent|1|1|abcdef', '1@a2': 'skipped|1|0' } })).toBe(true);
  expect(wasInvited({ deliveries: { 'waitlist@a1': 'sent|1|1|abcdef' } })).toBe(false);
  expect(wasInvited({ deliveries: {} })).toBe(false);
});

test('whatever the circumstances, a mail goes only as every cell of its row allows', () => {
  const any = fc.record({
    kind: fc.constantFrom(...MAIL_KINDS),
    state: fc.constantFrom(...EventState.options),
    status: fc.constantFrom<RegistrationStatus>('applied', 'confirmed', 'waitlisted', 'cancelled'),
    admissions: fc.constantFrom(1, 1, 2),
    bounced: fc.boolean(),
    paused: fc.boolean(),
    now: fc.integer({ min: NOW_EPOCH, max: END + HOUR }),
  });
  fc.assert(
    fc.property(any, ({ kind, state, status, admissions, bounced, paused, now }) => {
      const decision = decided(kind, { event: anEvent({ state, paused }), row: { status, admissions, bounced }, now });
      if (decision.do !== 'send') return;
      const { eventIs, registrationIs } = TABLE[kind];
      expect([eventIs.includes(state), registrationIs.includes(status), bounced, paused]).toEqual([
        true,
        true,
        false,
        false,
      ]);
      expect(now).toBeLessThan(decision.notAfter);
    }),
    { numRuns: 1000 },
  );
});

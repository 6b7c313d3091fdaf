import { expect, test } from 'vitest';
import { wasInvited } from '#shared/domain/invited.ts';
import { isNoticeKind, MAIL_KINDS } from '#shared/domain/mail-kinds.ts';
import { decided, IN_RUNS, ONE_BY_ONE, skip } from '#test/support/decided.ts';

test.each(ONE_BY_ONE)('%s waits for the budget that delays it', (kind) => {
  expect(decided(kind, { row: { greetDueAt: 2000 }, now: 1999 })).toEqual({ do: 'wait', for: 'budget' });
  expect(decided(kind, { row: { greetDueAt: 2000 }, now: 2000 })).toMatchObject({ do: 'send' });
});

test.each(IN_RUNS)('%s does not wait for the budget of greetings', (kind) => {
  expect(decided(kind, { row: { greetDueAt: Number.MAX_SAFE_INTEGER } })).toMatchObject({ do: 'send' });
});

test.each(['confirmation', 'waitlist', 'own-cancellation'] as const)(
  '%s is dropped where the budget of its admission was spent, and of an earlier admission superseded',
  (kind) => {
    expect(decided(kind, { row: { overBudget: 'a2' } })).toEqual(skip('over-budget'));
    expect(decided(kind, { row: { overBudget: 'a1' } })).toMatchObject({ do: 'send' });
    expect(decided(kind, { occasion: 'a1' })).toEqual(skip('superseded'));
  },
);

test.each(['resend', 'already-registered'] as const)('%s is of its request, whatever the admission', (kind) => {
  expect(decided(kind, { row: { admissions: 5, overBudget: 'a5' } })).toMatchObject({ do: 'send' });
});

test('nobody is asked to confirm an address that they have confirmed', () => {
  expect(decided('confirm-address', { row: { confirmBy: 2000 } })).toMatchObject({ do: 'send' });
  expect(decided('confirm-address', { row: { confirmBy: undefined } })).toEqual(skip('superseded'));
});

const invited = (state: string) => ({
  '1@a1': `${state}|1000|1|abcdef|1`,
  'resend@q1-aaaaaa': 'claimed|1000|1|abcdef|1',
});

test('a calendar cancellation never overtakes its invitation: while that is in doubt, it waits', () => {
  const deliveries = invited('claimed');
  expect(decided('own-cancellation', { row: { deliveries } })).toEqual({ do: 'wait', for: 'calendar' });
  for (const state of ['sent', 'delivered', 'failed', 'held', 'skipped', 'bounced']) {
    expect(decided('own-cancellation', { row: { deliveries: invited(state) } })).toMatchObject({ do: 'send' });
  }
});

test('no other mail waits for an invitation in doubt, but a notice for what its person was told', () => {
  for (const kind of MAIL_KINDS.filter((each) => each !== 'own-cancellation' && each !== 'address-moved')) {
    const expected = isNoticeKind(kind) ? { do: 'wait', for: 'told' } : { do: 'send' };
    const deliveries = { '1@a1': 'claimed|1|1|abcdef|1' };
    expect(decided(kind, { row: { deliveries } })).toMatchObject(expected);
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

import { describe, expect, test } from 'vitest';
import { cancel, registerAgain, remind } from '#shared/domain/change-registration.ts';
import { confirmAddress } from '#shared/domain/confirm-address.ts';
import { firstMailOf } from '#shared/domain/first-mail.ts';
import { mailboxCap, mailboxCountedUntil } from '#shared/domain/mailbox-cap.ts';
import { moveAddress } from '#shared/domain/move-address.ts';
import { predict } from '#shared/domain/predict.ts';
import { apply, type Registration } from '#shared/domain/registration.ts';
import { promote } from '#shared/domain/seat-person.ts';
import { isKeptShort, sendAfterAll, wantMail } from '#shared/domain/send-after-all.ts';
import { sendAgain } from '#shared/domain/send-again.ts';
import { aCampaign, anEvent, aRegistration, aReminder, NOW, NOW_EPOCH } from '#test/support/builders.ts';
import { decided, type Given, IN_RUNS, ONE_BY_ONE, START, skip } from '#test/support/decided.ts';
import { TIMINGS } from '#test/support/sending.ts';

/** As `decided` has them: this is their second admission. */
const OWED: Partial<Registration> = { greetDue: new Set(['1@a2']), greetDueAt: NOW_EPOCH };
const DROPPED: Partial<Registration> = { overBudget: 'a2', deliveries: { '1@a2': 'skipped|1|0|||over-budget' } };
const SENT = { '1@a2': 'sent|1|1|abcdef|4' };

describe('how it stands with the first mail', () => {
  test.each<[ReturnType<typeof firstMailOf>, Partial<Registration>]>([
    ['owed', OWED],
    ['owed', { ...OWED, deliveries: { '1@a2': 'claimed|1|1|abcdef|1' } }],
    ['owed', { greetDue: new Set(['waitlist@a2']) }],
    ['dropped', DROPPED],
    ['dropped', { ...OWED, overBudget: 'a2' }],
    ['went', { deliveries: SENT }],
    ['went', { deliveries: { 'waitlist@a2': 'bounced|1|1|abcdef|1' } }],
    ['owed', { ...OWED, deliveries: { '1@a1': 'delivered|1|1|abcdef|1' } }],
    ['none', { deliveries: { '1@a2': 'failed|1|1|abcdef|1|MessageRejected' } }],
    ['none', {}],
  ])('is %s: %j', (is, row) => {
    expect(firstMailOf(aRegistration({ admissions: 2, ...row }))).toBe(is);
  });
});

describe.each(IN_RUNS)('what many get: %s', (kind) => {
  const since = kind === 'change' ? undefined : { deliveries: {} };
  const about = (row: Partial<Registration>, given: Given = {}) =>
    decided(kind, { ...given, row: { ...since, ...row } });

  test('waits for the first mail of who came by the form', () => {
    expect(about(OWED)).toMatchObject({ do: 'wait' });
  });
  test('is for whoever has proved their address, even where the first mail about this place was dropped', () => {
    expect(about({ ...DROPPED, provedAt: NOW_EPOCH }, kindsTold(kind))).toMatchObject({ do: 'send' });
    expect(about({ ...DROPPED, provedAt: 0 })).toEqual(skip('first-mail-dropped'));
  });

  test('is not for them where that was dropped, however late it is', () => {
    expect(about(DROPPED)).toEqual(skip('first-mail-dropped'));
  });
  test('goes once it went', () => {
    expect(about({ deliveries: SENT, overBudget: 'a1' }, kindsTold(kind))).toMatchObject({ do: 'send' });
  });
  test('goes to whom the organiser brought in', () => {
    expect(about({ ...DROPPED, source: 'organiser' })).toMatchObject({ do: 'send' });
  });
  test.each(['paused', 'draft'] as const)('goes where the confirmation is %s, and so nobody is sent one', (state) => {
    expect(about(DROPPED, { confirmation: aCampaign({ state }) })).toMatchObject({ do: 'send' });
  });
  test('goes to a row of an earlier version that any mail went to, and to no other', () => {
    const earlier = { ...DROPPED, source: undefined } as unknown as Partial<Registration>;
    expect(about(earlier)).toEqual(skip('first-mail-dropped'));
    const mailed = { ...earlier, deliveries: { ...DROPPED.deliveries, 'resend@q1-a': 'delivered|1|1|abcdef' } };
    expect(about(mailed)).toMatchObject({ do: 'send' });
  });
  test('is not for one registration too many of a mailbox', () => {
    expect(about({ beyondCap: true })).toEqual(skip('mailbox-full'));
    expect(about({ beyondCap: true, ...DROPPED })).toEqual(skip('first-mail-dropped'));
  });
});

/** Nobody is told a change twice: the first mail said it as it was before. */
const kindsTold = (kind: string): Given => (kind === 'change' ? { event: { schedules: {} } } : {});

test.each(ONE_BY_ONE)('%s, which is for one person, waits for no other mail', (kind) => {
  const row = { greetDue: new Set(['1@a2']), beyondCap: true };
  const asked = kind === 'confirm-address' || kind === 'confirmation' || kind === 'waitlist' ? {} : row;
  expect(decided(kind, { row: { ...asked, beyondCap: true } })).toMatchObject({ do: 'send' });
});

test('a plan counts on a first mail that is due before, and on none that was dropped', () => {
  const event = anEvent();
  const reminder = aReminder();
  const outlook = {
    mailing: reminder,
    campaign: reminder,
    occasion: 's1',
    firesAt: START - 3600,
    state: 'planned',
  } as const;
  const around = {
    event,
    control: undefined,
    confirmation: aCampaign(),
    gaps: TIMINGS,
    mayReach: () => true,
    now: NOW_EPOCH,
  };
  const planned = (row: Partial<Registration>) => predict(aRegistration(row), outlook, around);
  const owed = { greetDue: new Set(['1@a1']), greetDueAt: NOW_EPOCH + 7200 };
  expect(planned(owed)).toEqual({ outcome: 'will-be-sent', at: START - 3600 });
  expect(planned({ ...owed, greetDueAt: START - 60 })).toMatchObject({ outcome: 'waiting', reason: 'first-mail' });
  expect(planned({ overBudget: 'a1' })).toMatchObject({ outcome: 'skipped', reason: 'first-mail-dropped' });
  expect(planned({ beyondCap: true })).toMatchObject({ outcome: 'skipped', reason: 'mailbox-full' });
});

describe('a first mail that was dropped', () => {
  const dropped = aRegistration({
    overBudget: 'a1',
    deliveries: { '1@a1': 'skipped|1|0|||over-budget', '3@s1': 'skipped|2|0|||first-mail-dropped' },
  });

  test('goes after all: as if it had never been dropped, once', () => {
    const sent = sendAfterAll(dropped, NOW_EPOCH);
    expect(sent).toMatchObject({ fact: 'mail.requested', row: { greetDue: new Set(['1@a1']), greetDueAt: NOW_EPOCH } });
    expect(sent?.row).not.toHaveProperty('overBudget');
    expect(sent?.row.deliveries).not.toHaveProperty(['1@a1']);
    expect(sendAfterAll(sent?.row ?? dropped, NOW_EPOCH)).toBeUndefined();
  });
  test('is what goes when the form is sent once more, or the link asked for, and there is room again', () => {
    for (const kind of ['already-registered', 'resend'] as const) {
      const again = remind(dropped, { now: NOW_EPOCH, every: 600, delay: 60, chance: 'chance', kind });
      expect(again?.row).toMatchObject({
        greetDue: new Set(['1@a1']),
        greetDueAt: NOW_EPOCH + 60,
        remindedAt: NOW_EPOCH,
      });
    }
  });
  test('is what goes when the organiser has it sent again: they answer for the address, and nothing more is kept from it', () => {
    const wish = { kind: 'resend', now: NOW_EPOCH, chance: 'chance' } as const;
    const again = sendAgain({ ...dropped, beyondCap: true }, wish)?.row ?? dropped;
    expect(again.greetDue).toEqual(new Set(['1@a1']));
    expect(isKeptShort(again)).toBe(false);
    const tooMany = sendAgain(
      aRegistration({ deliveries: { '1@a1': 'sent|1|1|abcdef|1' }, beyondCap: true }),
      wish,
    )?.row;
    expect([...(tooMany?.greetDue ?? [])]).toEqual([expect.stringMatching(/^resend@/)]);
    expect(tooMany).not.toHaveProperty('beyondCap');
  });
  test('is none once it went, nor of who gave the place up or has to confirm the address first', () => {
    for (const row of [
      { deliveries: { '1@a1': 'sent|1|1|abcdef|1' } },
      { status: 'cancelled' },
      { status: 'applied' },
    ] as const)
      expect(sendAfterAll({ ...dropped, ...row }, NOW_EPOCH)).toBeUndefined();
  });
  test('is forgotten once the address is confirmed, and whoever comes back has one anew', () => {
    const asked = aRegistration({ status: 'applied', confirmBy: NOW_EPOCH + 60, overBudget: 'qabc-chance' });
    expect(confirmAddress(asked, { capped: false, now: NOW_EPOCH })?.row).not.toHaveProperty('overBudget');
    const left = cancel(dropped, NOW)?.row ?? dropped;
    const back = registerAgain(left, { capped: false, now: NOW, allowance: { delay: 0, dropped: false } })?.row;
    expect(firstMailOf(back ?? dropped)).toBe('owed');
  });
});

describe('one registration too many of a mailbox', () => {
  const allowance = { delay: 0, dropped: false, beyondCap: true };
  const who = aRegistration();

  test('is marked as it comes, and as it is moved there; its owner may have mail all the same', () => {
    expect(apply({ ...who, source: 'form' }, false, NOW, allowance)).toMatchObject({ beyondCap: true });
    const address = { email: 'bob@example.org', addressHash: 'hash', linkSeed: 'another seed' };
    const moment = { now: NOW_EPOCH, chance: 'chance', mayTell: true };
    const moved = moveAddress(who, address, { ...moment, allowance })?.row ?? who;
    expect(moved).toMatchObject({ beyondCap: true });
    const elsewhere = { ...address, email: 'eve@example.org' };
    const free = { delay: 0, dropped: false };
    expect(moveAddress(moved, elsewhere, { ...moment, allowance: free })?.row).not.toHaveProperty('beyondCap');
    expect(isKeptShort(moved)).toBe(true);
    expect(wantMail(moved, NOW_EPOCH)?.row).not.toHaveProperty('beyondCap');
    expect(wantMail(who, NOW_EPOCH)).toBeUndefined();
  });
  test('is none any more once its owner confirms the address, however many others of theirs lapse', () => {
    const asked = aRegistration({ status: 'applied', confirmBy: NOW_EPOCH + 60, beyondCap: true });
    for (const capped of [true, false])
      expect(confirmAddress(asked, { capped, now: NOW_EPOCH })?.row).not.toHaveProperty('beyondCap');
  });
  test('is told of no seat that was freed, if its first mail was dropped: sixty of them are no bomb', () => {
    const waits = aRegistration({ status: 'waitlisted', seat: 'waiting:7', overBudget: 'a1', beyondCap: true });
    const seats = { taken: 1, waiting: 1, nextTicket: 8, version: 3 };
    const promoted = promote({ row: waits, seats }, NOW_EPOCH).row;
    expect(promoted).toMatchObject({ status: 'confirmed', overBudget: 'a1' });
  });
  test('is the sixth where a place is kept for an address, the thirty-first where people share mailboxes', () => {
    expect(mailboxCap(anEvent())).toBe(5);
    expect(mailboxCap(anEvent({ onePlacePer: 'address-and-name' }))).toBe(30);
    expect(mailboxCountedUntil(anEvent()) - START).toBeGreaterThan(30 * 24 * 3600);
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  alsoOwing,
  cancel,
  mute,
  registerAgain,
  remind,
  requestMail,
  settledOwing,
} from '#shared/domain/change-registration.ts';
import { Registration, SEAT_DUE } from '#shared/domain/registration.ts';
import { aRegistration, NOW, NOW_EPOCH } from '#test/support/builders.ts';

const FREELY = { delay: 0, dropped: false };
const LATER = '2026-11-23T11:00:00Z';
const LATER_EPOCH = NOW_EPOCH + 3600;
const chance = 'chance';

const cancelled = (given: Partial<Registration> = {}) =>
  aRegistration({ status: 'cancelled', cancelledAt: NOW, ...given });
const again = (row: Registration, given: Partial<Parameters<typeof registerAgain>[1]> = {}) =>
  registerAgain(row, { capped: false, now: LATER, allowance: FREELY, ...given });

test('who cancels gives up their place, is told so, and everybody may know', () => {
  const changed = cancel(aRegistration(), NOW);
  expect(changed).toMatchObject({
    row: {
      status: 'cancelled',
      cancelledAt: NOW,
      admissions: 1,
      greetDue: new Set(['own-cancellation@a1']),
      greetDueAt: NOW_EPOCH,
    },
    fact: 'registration.cancelled',
  });
  expect(() => Registration.parse(changed?.row)).not.toThrow();
});

test.each(['taken', 'waiting:7'])(
  'who holds a seat (%s) keeps it on the row until it is freed, and that is owed',
  (seat) => {
    expect(cancel(aRegistration({ seat }), NOW)?.row).toMatchObject({
      seat,
      greetDue: new Set(['own-cancellation@a1', SEAT_DUE]),
    });
  },
);

test('cancelling twice changes nothing', () => {
  expect(cancel(cancelled(), NOW)).toBeUndefined();
});

test('a mail that is owed already stays listed, so that it is skipped with a reason and not forgotten', () => {
  const row = aRegistration({ greetDue: new Set(['1@a1']), greetDueAt: NOW_EPOCH });
  expect(cancel(row, NOW)?.row.greetDue).toEqual(new Set(['1@a1', 'own-cancellation@a1']));
});

test('who cancelled may register again: a new admission, confirmed where seats are unlimited', () => {
  const changed = again(cancelled());
  expect(changed).toMatchObject({
    row: {
      status: 'confirmed',
      admissions: 2,
      registeredAt: LATER,
      greetDue: new Set(['1@a2']),
      greetDueAt: LATER_EPOCH,
    },
    fact: 'registration.confirmed',
  });
  expect(changed?.row).not.toHaveProperty('cancelledAt');
});

test('on a capped event who comes back has applied, with the seat that nobody freed yet', () => {
  expect(again(cancelled({ seat: 'taken' }), { capped: true })).toMatchObject({
    row: { status: 'applied', seat: 'taken', greetDue: new Set([SEAT_DUE]) },
    fact: 'registration.applied',
  });
  expect(again(cancelled(), { capped: true })?.row).not.toHaveProperty('seat');
});

test('an undo in time: the mail that would tell of the cancellation stays listed, and is skipped with a reason', () => {
  const gone = cancel(aRegistration(), NOW)?.row ?? cancelled();
  expect(again(gone)?.row.greetDue).toEqual(new Set(['own-cancellation@a1', '1@a2']));
});

test('only who cancelled can register again', () => {
  for (const status of ['applied', 'confirmed', 'waitlisted'] as const) {
    expect(again(aRegistration({ status }))).toBeUndefined();
  }
});

test('what a person says when they come back replaces what they said before, the notice they saw included', () => {
  const before = cancelled({ name: 'Ada', timeZone: 'Europe/Paris', privacyVersion: '1' });
  expect(again(before, { name: 'Ada L', timeZone: 'Asia/Tokyo', privacyVersion: '2' })?.row).toMatchObject({
    name: 'Ada L',
    timeZone: 'Asia/Tokyo',
    privacyVersion: '2',
  });
  expect(again(before)?.row).toMatchObject({ name: 'Ada', timeZone: 'Europe/Paris', privacyVersion: '1' });
});

test('links, mute, bounces and what was sent outlast a cancellation', () => {
  const lasting = { linkSeed: 'seed1seed1', muted: true, bounced: true, deliveries: { '1@a1': 'sent|1|1|abcdef|1' } };
  expect(again(cancelled(lasting))?.row).toMatchObject(lasting);
});

test('the budget of today counts for who comes back, not the one of their first time', () => {
  expect(again(cancelled({ overBudget: 'a1' }))?.row).not.toHaveProperty('overBudget');
  const dropped = again(cancelled(), { allowance: { delay: 60, dropped: true } });
  expect(dropped?.row).toMatchObject({ overBudget: 'a2', greetDueAt: LATER_EPOCH + 60 });
});

test('however often a person leaves and comes back, each admission is told of once', () => {
  fc.assert(
    fc.property(fc.array(fc.constantFrom('cancel', 'return'), { maxLength: 30, size: 'max' }), (wishes) => {
      let row = aRegistration({ greetDue: new Set(['1@a1']), greetDueAt: NOW_EPOCH });
      const owed: string[] = [];
      let changes = 0;
      for (const wish of wishes) {
        const changed = wish === 'cancel' ? cancel(row, NOW) : again(row);
        if (!changed) continue;
        changes += 1;
        owed.push(...[...(changed.row.greetDue ?? [])].filter((key) => !row.greetDue?.has(key)));
        row = Registration.parse(changed.row);
      }
      expect(new Set(owed).size).toBe(changes);
      expect(row.admissions).toBe(1 + Math.floor(changes / 2));
      expect(row.status).toBe(changes % 2 === 1 ? 'cancelled' : 'confirmed');
    }),
  );
});

test('optional mail is stopped and wanted again without any news; saying so twice changes nothing', () => {
  const muted = mute(aRegistration(), true);
  expect(muted).toEqual({ row: expect.objectContaining({ muted: true }) });
  expect(mute(aRegistration({ muted: true }), true)).toBeUndefined();
  expect(mute(aRegistration(), false)).toBeUndefined();
  expect(mute(aRegistration({ muted: true }), false)?.row).not.toHaveProperty('muted');
});

const request = (row: Registration, given: Partial<Parameters<typeof requestMail>[1]> = {}) =>
  requestMail(row, { kind: 'resend', now: NOW_EPOCH, chance, ...given });
const keysOwed = (row: Registration | undefined) => [...(row?.greetDue ?? [])];

test('a personal mail that is asked for is owed at once', () => {
  const changed = request(aRegistration());
  expect(changed).toMatchObject({ row: { greetDueAt: NOW_EPOCH }, fact: 'mail.requested' });
  expect(keysOwed(changed?.row)).toEqual([expect.stringMatching(/^resend@q/)]);
});

test('a wish that comes again after a lost reply, when its mail has been sent, is no second wish', () => {
  const [mailKey = ''] = keysOwed(request(aRegistration())?.row);
  for (const state of ['claimed', 'sent']) {
    expect(request(aRegistration({ deliveries: { [mailKey]: `${state}|${NOW_EPOCH}|1|owner0` } }))).toBeUndefined();
  }
});

test('one that is owed already is not owed twice, but one of another kind is', () => {
  const row = request(aRegistration())?.row ?? aRegistration();
  expect(request(row, { chance: 'other0' })).toBeUndefined();
  expect(keysOwed(request(row, { kind: 'already-registered' })?.row)).toHaveLength(2);
});

test('of personal mails only the latest that was sent stays in the ledger; other mails all do', () => {
  const others = { '1@a1': 'sent|1|1|abcdef|1' };
  const latest = { 'resend@q2-bbbbbb': 'delivered|9|1|abcdef|2.2' };
  const older = { 'resend@q1-aaaaaa': 'sent|3|1|abcdef|1.1', 'resend@q3-cccccc': 'skipped|5|0|||expired' };
  const row = aRegistration({ deliveries: { ...older, ...latest, ...others } });
  expect(request(row)?.row.deliveries).toEqual({ ...latest, ...others });
});

test('while nobody knows what became of the last one, another is refused: its entry must not be lost', () => {
  const row = aRegistration({ deliveries: { 'resend@q1-aaaaaa': 'claimed|1|1|abcdef|1' } });
  expect(() => request(row)).toThrow(expect.objectContaining({ code: 'mail-under-way' }));
  expect(request(row, { kind: 'already-registered' })?.row.deliveries).toEqual(row.deliveries);
});

const EVERY = 600;
const registeredLongAgo = (given: Partial<Registration> = {}) =>
  aRegistration({ registeredAt: '2026-11-20T09:00:00Z', ...given });
const reminded = (row: Registration, now = NOW_EPOCH, delay = 0) => remind(row, { now, every: EVERY, delay, chance });

test('a repeat reminds the owner, changes nothing else, and is remembered', () => {
  const row = registeredLongAgo();
  const changed = reminded(row);
  const { greetDue, greetDueAt, ...rest } = changed?.row ?? row;
  expect(rest).toEqual({ ...row, remindedAt: NOW_EPOCH });
  expect([...(greetDue ?? [])]).toEqual([expect.stringMatching(/^already-registered@q/)]);
  expect(greetDueAt).toBe(NOW_EPOCH);
});

test.each([
  ['less than ten minutes after registering', { registeredAt: '2026-11-23T09:50:01Z' }],
  ['less than ten minutes after the last one', { remindedAt: NOW_EPOCH - EVERY + 1 }],
  ['while the last one is in doubt', { deliveries: { 'already-registered@q1-aaaaaa': 'claimed|1|1|abcdef|1' } }],
  ['while the last one is still owed', { greetDue: new Set(['already-registered@q1-aaaaaa']), greetDueAt: NOW_EPOCH }],
  ['after cancelling', { status: 'cancelled' as const }],
])('%s nobody is reminded', (_, given) => {
  expect(reminded(registeredLongAgo(given))).toBeUndefined();
});

test('ten minutes to the second, and it may be again', () => {
  expect(reminded(registeredLongAgo({ remindedAt: NOW_EPOCH - EVERY }))).toBeDefined();
});

test('a budget slows reminders down like any other mail, and their hour starts when they are due', () => {
  const row = reminded(registeredLongAgo(), NOW_EPOCH, 7200)?.row;
  expect(row).toMatchObject({ greetDueAt: NOW_EPOCH + 7200, remindedAt: NOW_EPOCH });
  expect(keysOwed(row)).toEqual([`already-registered@q${(NOW_EPOCH + 7200).toString(36)}-${chance}`]);
});

test.each([7200, -60])('a stranger’s repeat neither hastens nor holds up a mail that is due in %d s', (seconds) => {
  const row = registeredLongAgo({ greetDue: new Set(['1@a1']), greetDueAt: NOW_EPOCH + seconds });
  expect(reminded(row, NOW_EPOCH, 3600)?.row.greetDueAt).toBe(NOW_EPOCH + seconds);
});

test('what comes to be owed besides is due with the rest, or now: never as of when somebody registered', () => {
  const also = { mailKeys: ['2@s1'], now: LATER_EPOCH };
  expect(alsoOwing(aRegistration(), also)?.row.greetDueAt).toBe(LATER_EPOCH);
  const owed = aRegistration({ greetDue: new Set(['1@a1']), greetDueAt: LATER_EPOCH + 900 });
  expect(alsoOwing(owed, also)?.row).toMatchObject({
    greetDue: new Set(['1@a1', '2@s1']),
    greetDueAt: LATER_EPOCH + 900,
  });
});

test('what is settled is struck off; the last one takes the due time with it', () => {
  const row = aRegistration({ greetDue: new Set(['1@a1', SEAT_DUE]), greetDueAt: NOW_EPOCH });
  expect(settledOwing(row, SEAT_DUE)).toEqual({ ...row, greetDue: new Set(['1@a1']) });
  expect(settledOwing(row, SEAT_DUE, '1@a1')).not.toHaveProperty('greetDue');
  expect(settledOwing(row, SEAT_DUE, '1@a1')).not.toHaveProperty('greetDueAt');
  expect(settledOwing(aRegistration(), '1@a1')).not.toHaveProperty('greetDue');
});

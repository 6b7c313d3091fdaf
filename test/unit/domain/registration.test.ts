import { expect, test } from 'vitest';
import { randomWord } from '#shared/domain/ids.ts';
import { readMailKey, requestedAt } from '#shared/domain/mail-key.ts';
import { apply, greetingOf, type Newcomer, Registration, requestKey, SEAT_DUE } from '#shared/domain/registration.ts';
import { NOW, NOW_EPOCH } from '#test/support/builders.ts';

const FREELY = { delay: 0, dropped: false };
const ada: Newcomer = {
  eventId: '0123456789abcdef',
  registrationId: 'fedcba9876543210',
  name: 'Ada Lovelace',
  email: 'ada@example.org',
  linkSeed: 'seed0seed0seed0s',
  source: 'form',
};

test('where seats are unlimited a newcomer is confirmed at once, and owed a confirmation', () => {
  expect(Registration.parse(apply(ada, false, NOW, FREELY))).toEqual({
    ...ada,
    status: 'confirmed',
    registeredAt: NOW,
    confirmedAt: NOW_EPOCH,
    admissions: 1,
    addressRevision: 1,
    sequence: 0,
    deliveries: {},
    greetDue: new Set(['1@a1']),
    greetDueAt: NOW_EPOCH,
  });
});

test('on a capped event a newcomer has applied: neither seat nor mail, but a decision is owed', () => {
  const row = apply(ada, true, NOW, FREELY);
  expect(row).toMatchObject({ status: 'applied', greetDue: new Set([SEAT_DUE]) });
  expect(row).not.toHaveProperty('seat');
});

test('what the browser and the notice said is kept', () => {
  const row = apply({ ...ada, timeZone: 'Asia/Kolkata', privacyVersion: '2026-11' }, false, NOW, FREELY);
  expect(row).toMatchObject({ timeZone: 'Asia/Kolkata', privacyVersion: '2026-11' });
});

test('a budget delays the mail, or drops it and keeps the place', () => {
  expect(apply(ada, false, NOW, { delay: 7200, dropped: false })).toMatchObject({
    status: 'confirmed',
    greetDueAt: NOW_EPOCH + 7200,
  });
  const waits = apply(ada, true, NOW, { delay: 7200, dropped: false });
  expect(waits).toMatchObject({ greetDueAt: NOW_EPOCH, mailAfter: NOW_EPOCH + 7200 });
  expect(apply(ada, false, NOW, FREELY)).not.toHaveProperty('overBudget');
  expect(apply(ada, false, NOW, { delay: 0, dropped: true })).toMatchObject({ status: 'confirmed', overBudget: 'a1' });
});

test('each status owes the mail that tells of it, one per admission', () => {
  const owed = (['applied', 'confirmed', 'waitlisted', 'cancelled'] as const).map((status) =>
    greetingOf({ status, admissions: 3 }),
  );
  expect(owed).toEqual([SEAT_DUE, '1@a3', 'waitlist@a3', 'own-cancellation@a3']);
});

test('the key of a personal mail says when it was asked for, and fits the tags of SES', () => {
  const key = requestKey(
    'resend',
    NOW_EPOCH,
    randomWord(6, (n) => new Uint8Array(n).fill(31)),
  );
  const { campaign, occasion } = readMailKey(key);
  expect(campaign).toBe('resend');
  expect(requestedAt(occasion)).toBe(NOW_EPOCH);
  expect(occasion).toMatch(/^[A-Za-z0-9_-]+$/);
  expect(requestKey('resend', NOW_EPOCH, 'other0')).not.toBe(key);
});

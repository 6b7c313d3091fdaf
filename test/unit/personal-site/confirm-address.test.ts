import { expect, test } from 'vitest';
import { lapse } from '#shared/domain/confirm-address.ts';
import { NOW_EPOCH } from '#test/support/builders.ts';
import { press, withPeople } from '#test/support/guest-people.ts';

const DAY = 24 * 3600;

test('until the address is confirmed there is neither seat nor place in line, and no mail but the one that asks', async () => {
  const { person } = await withPeople({ confirmAddress: true, capacity: 1 }, ['Ada']);
  const row = await person();
  expect(row).toMatchObject({ status: 'applied', confirmBy: NOW_EPOCH + DAY });
  expect(row).not.toHaveProperty('seat');
  expect([...(row.greetDue ?? [])]).toEqual([expect.stringMatching(/^confirm-address@q/)]);
});

test('confirmed by a press, an uncapped event has a place at once', async () => {
  const { site, person } = await withPeople({ confirmAddress: true });
  const path = `/r/${site.tokenOf(await person(), 'manage')}`;
  expect((await site.request({ path })).body).toContain('Please confirm your registration.');
  expect(await press(site, path, 'confirm')).toMatchObject({ status: 303 });
  expect(await person()).toMatchObject({ status: 'confirmed', confirmedAt: NOW_EPOCH });
  expect(await person()).not.toHaveProperty('confirmBy');
  expect((await person()).greetDue).toContain('1@a1');
  expect(site.writes.at(-1)?.after).not.toHaveProperty('due');
});

test('at a capped event seats go in the order of confirming', async () => {
  const { site, event, person } = await withPeople({ confirmAddress: true, capacity: 1 }, ['Ada', 'Bob']);
  for (const name of ['Bob', 'Ada']) {
    await press(site, `/r/${site.tokenOf(await person(name), 'manage')}`, 'confirm');
    await site.seat({ v: 1, eventId: event.eventId, registrationId: (await person(name)).registrationId });
  }
  expect(await person('Bob')).toMatchObject({ status: 'confirmed', seat: 'taken' });
  expect(await person('Ada')).toMatchObject({ status: 'waitlisted', seat: 'waiting:1' });
});

test('unconfirmed after a day, a registration is cancelled and nobody is told', async () => {
  const { person } = await withPeople({ confirmAddress: true });
  const row = await person();
  expect(lapse(row, NOW_EPOCH + DAY - 1)).toBeUndefined();
  const lapsed = lapse(row, NOW_EPOCH + DAY);
  expect(lapsed).toMatchObject({ row: { status: 'cancelled' }, fact: 'registration.cancelled' });
  expect([...(lapsed?.row.greetDue ?? [])].filter((key) => key.startsWith('own-cancellation'))).toEqual([]);
});

test('whoever registers again without having confirmed is asked once more, ten minutes later', async () => {
  const { site, event, person, pass } = await withPeople({ confirmAddress: true });
  const form = { name: 'Ada', email: 'ada@example.org', answers: {} };
  const again = () => site.take({ event, form, ip: '203.0.113.7', privacyVersion: undefined });
  await site.registrations.revise(await person(), ({ greetDue: _, greetDueAt: __, ...row }) => ({ row }));
  await again();
  expect(await person()).not.toHaveProperty('greetDue');
  pass(601_000);
  await again();
  expect([...((await person()).greetDue ?? [])]).toEqual([expect.stringMatching(/^confirm-address@q/)]);
});

test('whoever gave a seat up and registers again has none until they confirm', async () => {
  const { site, event, person } = await withPeople({ confirmAddress: true, capacity: 1 });
  const path = `/r/${site.tokenOf(await person(), 'manage')}`;
  const decide = async () =>
    site.seat({ v: 1, eventId: event.eventId, registrationId: (await person()).registrationId });
  await press(site, path, 'confirm');
  await decide();
  await press(site, path, 'cancel');
  const form = { name: 'Ada', email: 'ada@example.org', answers: {} };
  await site.take({ event, form, ip: '203.0.113.7', privacyVersion: undefined });
  await decide();
  expect(await person()).toMatchObject({ status: 'applied' });
  expect(await person()).not.toHaveProperty('seat');
  await press(site, path, 'confirm');
  await decide();
  expect(await person()).toMatchObject({ status: 'confirmed', seat: 'taken' });
});

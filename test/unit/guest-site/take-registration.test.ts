import { expect, test } from 'vitest';
import { takeRegistration } from '#functions/guest-site/take-registration.ts';
import type { Budgets } from '#shared/domain/budget.ts';
import { cancel, registerAgain, settledOwing } from '#shared/domain/change-registration.ts';
import { erase } from '#shared/domain/erase.ts';
import type { Event } from '#shared/domain/event.ts';
import { chance } from '#shared/domain/ids.ts';
import { moveAddress } from '#shared/domain/move-address.ts';
import { type RegistrationForm, registrationForm } from '#shared/domain/registration-details.ts';
import { budgetStore } from '#shared/store/budgets.ts';
import { eraser } from '#shared/store/eraser.ts';
import { type Committed, memoryTable } from '#shared/store/memory-table.ts';
import { registrationStore, type Transition } from '#shared/store/registrations.ts';
import { anEvent, NOW, NOW_EPOCH } from '#test/support/builders.ts';
import { recordedLog } from '#test/support/http.ts';
import { TIMINGS } from '#test/support/sending.ts';

const hourly = (limit: number) => ({ limit, seconds: 3600 });
const GENEROUS: Budgets = { address: hourly(5), ipPrefix: hourly(1000), event: hourly(1000), overall: hourly(1000) };

/** The registration desk of one event, over a table in memory. */
function desk({ event = anEvent(), limits = GENEROUS }: { event?: Event; limits?: Budgets } = {}) {
  const writes: Committed[] = [];
  const table = memoryTable((write) => void writes.push(write));
  const registrations = registrationStore(table);
  let elapsed = 0;
  const logger = recordedLog();
  let meanwhile = async () => {};
  const take = takeRegistration({
    registrations: {
      ...registrations,
      async get(...of) {
        const found = await registrations.get(...of);
        const happens = meanwhile;
        meanwhile = async () => {};
        await happens();
        return found;
      },
    },
    eraser: eraser(table),
    budgets: budgetStore(table),
    limits,
    timings: TIMINGS,
    addressKey: 'a key of the address book',
    now: () => (NOW_EPOCH + elapsed) * 1000,
    chance,
    logger,
  });
  const form = registrationForm(event.questions);
  return {
    logger,
    writes,
    registrations,
    /** What happens once whoever holds the address was read. */
    onceRead: (happens: () => Promise<void>) => {
      meanwhile = happens;
    },
    pass: (seconds: number) => {
      elapsed += seconds;
    },
    register: (given: Partial<Record<keyof RegistrationForm, unknown>> = {}, ip = '203.0.113.7') =>
      take({
        event,
        form: form.parse({ name: 'Ada Example', email: 'ada@example.org', ...given }),
        ip,
        privacyVersion: '2026-11',
      }),
    people: async () => (await registrations.list(event.eventId, { limit: 1000 })).people,
  };
}

test('a newcomer at an uncapped event is confirmed in the same write', async () => {
  const { register, people, writes } = desk();
  await register({ organisation: 'Example Force', timeZone: 'Europe/Paris' });
  expect(await people()).toMatchObject([
    {
      status: 'confirmed',
      name: 'Ada Example',
      email: 'ada@example.org',
      timeZone: 'Europe/Paris',
      privacyVersion: '2026-11',
      source: 'form',
      greetDue: new Set(['1@a1']),
    },
  ]);
  expect(writes.map(({ after }) => after?.fact)).toContain('registration.confirmed');
});

test('at a capped event nobody decides yet', async () => {
  const { register, people, writes } = desk({ event: anEvent({ capacity: 1 }) });
  await register();
  expect(await people()).toMatchObject([{ status: 'applied', greetDue: new Set(['seat']) }]);
  expect(writes.map(({ after }) => after?.fact)).toContain('registration.applied');
});

test('one place per address, however it is spelt, and a repeat within ten minutes is noted, and changes nothing else', async () => {
  const { register, people, pass } = desk();
  await register();
  const [first] = await people();
  await register({ email: ' ADA@Example.org ', name: 'Somebody Else' });
  pass(599);
  await register();
  expect(await people()).toEqual([{ ...first, remindedAt: NOW_EPOCH }]);
});

test('plus tags and dots are other people', async () => {
  const { register, people } = desk();
  await register({ email: 'ada+one@example.org' });
  await register({ email: 'a.da+one@example.org' });
  expect(await people()).toHaveLength(2);
});

test('later repeats remind the owner, once in ten minutes, and change nothing else', async () => {
  const { register, people, pass } = desk();
  await register();
  const [first] = await people();
  pass(601);
  await register({ name: 'Somebody Else' });
  const [reminded] = await people();
  expect(reminded).toMatchObject({ name: 'Ada Example', status: 'confirmed', admissions: 1 });
  expect([...(reminded?.greetDue ?? [])].filter((key) => key.startsWith('already-registered@'))).toHaveLength(1);
  expect(first).toMatchObject({ name: 'Ada Example' });
  pass(300);
  await register();
  expect(await people()).toEqual([reminded]);
});

test('who cancelled may register again, as a new admission with what they say now', async () => {
  const { register, people, registrations } = desk();
  await register();
  const [row] = await people();
  if (!row) throw new Error('nobody');
  await registrations.revise(row, (current) => cancel(current, NOW));
  await register({ name: 'Ada New', jobTitle: 'Analyst' });
  expect(await people()).toMatchObject([
    { registrationId: row.registrationId, status: 'confirmed', admissions: 2, name: 'Ada New' },
  ]);
  expect(await registrations.details(row.eventId, row.registrationId)).toEqual({ jobTitle: 'Analyst' });
});

test('what is said for somebody whose place was taken back meanwhile is not kept beside their own', async () => {
  const { register, people, registrations, onceRead } = desk();
  await register({ jobTitle: 'Analyst' });
  const [row] = await people();
  if (!row) throw new Error('nobody');
  const left = (await registrations.revise(row, (current) => cancel(current, NOW))) ?? row;
  const again = { capped: false, now: NOW, allowance: { delay: 0, dropped: false } };
  const undo = async () => void (await registrations.revise(left, (current) => registerAgain(current, again)));
  // Not when it is looked whether a mail comes of it, but when it is known who holds the address.
  onceRead(async () => onceRead(undo));
  await register({ jobTitle: 'Somebody else’s' });
  expect(await people()).toMatchObject([{ status: 'confirmed', admissions: 2 }]);
  expect(await registrations.details(row.eventId, row.registrationId)).toEqual({ jobTitle: 'Analyst' });
});

test('who comes back agrees to the notice they see now, and reads times where they are now', async () => {
  const { register, people, registrations } = desk();
  await register({ timeZone: 'Europe/Paris' });
  const [row] = await people();
  if (!row) throw new Error('nobody');
  const cancelled = cancel({ ...row, privacyVersion: '2025-01' }, NOW);
  await registrations.revise(row, () => cancelled);
  expect(await people()).toMatchObject([{ privacyVersion: '2025-01' }]);
  await register({ timeZone: 'Asia/Tokyo' });
  expect(await people()).toMatchObject([{ privacyVersion: '2026-11', timeZone: 'Asia/Tokyo' }]);
});

test('reminders keep to the budget of their network, too', async () => {
  const { register, people, registrations, pass } = desk({ limits: { ...GENEROUS, ipPrefix: hourly(1) } });
  await register();
  const [row] = await people();
  if (!row) throw new Error('nobody');
  await registrations.revise(row, (current) => ({ row: settledOwing(current, '1@a1') }));
  pass(601);
  await register();
  expect(await people()).toMatchObject([{ remindedAt: NOW_EPOCH + 601, greetDueAt: NOW_EPOCH + 601 + 3600 }]);
});

test('a shared mailbox may hold several people where the event allows it', async () => {
  const { register, people } = desk({ event: anEvent({ onePlacePer: 'address-and-name' }) });
  await register({ name: 'Ada Example' });
  await register({ name: 'Bob Example' });
  await register({ name: 'ADA EXAMPLE' });
  expect(await people()).toHaveLength(2);
});

test('too many mails to one mailbox, tricks stripped, are dropped; the places are kept', async () => {
  const { register, people } = desk({ limits: { ...GENEROUS, address: hourly(2) } });
  for (const email of ['ada@example.org', 'a.da@example.org', 'ada+1@example.org', 'ad.a+2@example.org'])
    await register({ email });
  const rows = await people();
  expect(rows).toHaveLength(4);
  expect(rows.filter(({ overBudget }) => overBudget === 'a1')).toHaveLength(2);
});

test('many from one network are only slowed down: each windowful goes a window later', async () => {
  const { register, people, logger } = desk({ limits: { ...GENEROUS, ipPrefix: hourly(2) } });
  for (let n = 0; n < 5; n++) await register({ email: `person${n}@example.org` });
  const delays = (await people()).map(({ greetDueAt = 0 }) => greetDueAt - NOW_EPOCH).sort((a, b) => a - b);
  expect(delays).toEqual([0, 0, 3600, 3600, 7200]);
  expect(logger.lines.map(({ message, delay }) => [message, delay])).toEqual([
    ['A budget delays mail', 3600],
    ['A budget delays mail', 3600],
    ['A budget delays mail', 7200],
  ]);
  expect((await people()).every(({ overBudget }) => overBudget === undefined)).toBe(true);
});

test('nobody registers once it has ended, closed, been postponed or cancelled', async () => {
  const closed = [
    anEvent({ startsAt: '2026-11-01T09:00', endsAt: '2026-11-01T10:00' }),
    anEvent({ registrationClosesAt: '2026-11-20T09:00' }),
    anEvent({ state: 'postponed' }),
    anEvent({ state: 'cancelled' }),
    anEvent({ state: 'draft' }),
  ];
  for (const event of closed) {
    const { register, people } = desk({ event });
    await expect(register()).rejects.toMatchObject({ code: 'registration-closed' });
    expect(await people()).toEqual([]);
  }
});

test('neither address nor network stands in any key, nor in what the counters keep', async () => {
  const { register, writes } = desk();
  await register({}, '203.0.113.77');
  const keys = writes.map(({ after }) => `${after?.pk} ${after?.sk}`).join('\n');
  const counters = writes.filter(({ after }) => after?.pk.startsWith('BUDGET#'));
  expect(counters).toHaveLength(5);
  expect(`${keys}\n${JSON.stringify(counters)}`).not.toMatch(/ada@|example|203\.0/i);
});

test('of twenty registrations of one address at once, one place comes of it', async () => {
  const { register, people } = desk();
  await Promise.all(Array.from({ length: 20 }, () => register()));
  expect(await people()).toHaveLength(1);
});

const isErased: Transition = (row) => erase(row, NOW_EPOCH);
const moves: Transition = (row) => {
  const address = { email: 'ada@example.com', addressHash: 'another hash', linkSeed: 'another seed' };
  const moment = { now: NOW_EPOCH, allowance: { delay: 0, dropped: false }, chance: 'abcdef', mayTell: true };
  return moveAddress(row, address, moment);
};
const cancels: Transition = (row) => cancel(row, NOW);

test.each<[string, Transition[], Transition]>([
  ['is erased', [], isErased],
  ['had cancelled and is erased', [cancels], isErased],
  ['moves to another address', [], moves],
  ['had cancelled and moves to another address', [cancels], moves],
  ['cancels', [], cancels],
])('a registration is stored, though whoever has the address %s as it is taken', async (_, before, deed) => {
  const { register, people, registrations, onceRead, pass } = desk();
  await register();
  pass(700);
  const change = async (transition: Transition) => {
    for (const row of await people()) await registrations.relocate(row, transition);
  };
  for (const each of before) await change(each);
  onceRead(() => change(deed));
  await register({ jobTitle: 'Analyst' });
  const [taken, ...others] = (await people()).filter(({ email }) => email === 'ada@example.org');
  expect(others).toEqual([]);
  expect(taken).toMatchObject({ status: 'confirmed' });
  expect(await registrations.details(taken?.eventId ?? '', taken?.registrationId ?? '')).toEqual({
    jobTitle: 'Analyst',
  });
});

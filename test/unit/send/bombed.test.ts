import { expect, test } from 'vitest';
import { takeRegistration } from '#functions/guest-site/take-registration.ts';
import type { Budgets } from '#shared/domain/budget.ts';
import type { Campaign } from '#shared/domain/campaign.ts';
import { settledOwing } from '#shared/domain/change-registration.ts';
import { decide } from '#shared/domain/decide.ts';
import type { Event } from '#shared/domain/event.ts';
import { chance } from '#shared/domain/ids.ts';
import { readMailKey } from '#shared/domain/mail-key.ts';
import { budgetStore } from '#shared/store/budgets.ts';
import { eraser } from '#shared/store/eraser.ts';
import { aCampaign, anEvent, NOW_EPOCH } from '#test/support/builders.ts';
import { recordedLog } from '#test/support/http.ts';
import { running } from '#test/support/running.ts';
import { TIMINGS } from '#test/support/sending.ts';

const hourly = (limit: number) => ({ limit, seconds: 3600 });
const LIMITS: Budgets = { address: hourly(5), ipPrefix: hourly(300), event: hourly(3000), overall: hourly(10_000) };

/** Sixty spellings of one mailbox as anybody may type them into the form: so many in each hour. */
async function bombed({ perHour, event = anEvent() }: { perHour: number; event?: Event }) {
  const campaign: Partial<Campaign> = { kind: 'reminder' };
  const world = await running({ event, campaign });
  await world.campaigns.add(event.eventId, aCampaign(), NOW_EPOCH);
  let now = NOW_EPOCH;
  const take = takeRegistration({
    registrations: world.registrations,
    eraser: eraser(world.table),
    budgets: budgetStore(world.table),
    limits: LIMITS,
    timings: TIMINGS,
    addressKey: 'a key of the address book',
    now: () => now * 1000,
    chance,
    logger: recordedLog(),
  });
  for (let n = 0; n < 60; n++) {
    if (n > 0 && n % perHour === 0) now += 3600;
    const form = { name: `Person ${n}`, email: `victim+${n}@example.org`, answers: {} };
    await take({ event, form, ip: '203.0.113.7', privacyVersion: undefined });
  }
  return { ...world, firstMails: await firstMailsOf(world, event) };
}

/** Settles every first mail as the sender decides it; how many went. */
async function firstMailsOf({ registrations, campaigns }: Awaited<ReturnType<typeof running>>, event: Event) {
  const confirmation = await campaigns.get(event.eventId, '1');
  const { people } = await registrations.list(event.eventId, { limit: 1000 });
  let sent = 0;
  for (const row of people) {
    const around = { event, campaign: confirmation, confirmation, control: undefined, gaps: TIMINGS };
    const at = { registration: row, mayReach: () => true, now: row.greetDueAt ?? 0 };
    const goes = decide(readMailKey('1@a1'), { ...around, ...at }).do === 'send';
    const entry = goes ? `delivered|${NOW_EPOCH}|1|abcdef|1` : `skipped|${NOW_EPOCH}|0|||over-budget`;
    await registrations.revise(row, (current) => ({
      row: settledOwing({ ...current, deliveries: { ...current.deliveries, '1@a1': entry } }, '1@a1'),
    }));
    if (goes) sent++;
  }
  return sent;
}

test('sixty spellings of a mailbox get no more of a campaign than had their first mail', async () => {
  const { firstMails, start, drive, calls, standings } = await bombed({ perHour: 60 });
  expect(firstMails).toBe(5);
  await start();
  await drive(10);
  expect(calls).toHaveLength(5);
  expect(await standings()).toEqual({ sent: 5, skipped: 55 });
});

test('and no more than the cap, though all of them had their first mail', async () => {
  const { firstMails, start, drive, calls } = await bombed({ perHour: 5 });
  expect(firstMails).toBe(60);
  await start();
  await drive(10);
  expect(calls).toHaveLength(5);
});

test('where people share mailboxes an office of thirty gets all its mail', async () => {
  const event = anEvent({ onePlacePer: 'address-and-name' });
  const { start, drive, calls } = await bombed({ perHour: 5, event });
  await start();
  await drive(10);
  expect(calls).toHaveLength(30);
});

test('whose first mail is under way is reminded once it went, in the same run', async () => {
  const event = anEvent();
  const owed = { eventId: event.eventId, greetDue: new Set(['1@a1']), greetDueAt: NOW_EPOCH };
  const { campaigns, registrations, rows, start, drive, calls, finish, send, begin, standings } = await running({
    event,
    people: [owed],
  });
  await campaigns.add(event.eventId, aCampaign(), NOW_EPOCH);
  await begin();
  await finish(send());
  expect(calls).toEqual([]);
  expect(await standings()).toEqual({ none: 1 });
  const [row] = rows;
  if (!row) throw new Error('nobody');
  await registrations.revise(row, (current) => ({
    row: settledOwing({ ...current, deliveries: { '1@a1': `sent|${NOW_EPOCH}|1|abcdef|1` } }, '1@a1'),
  }));
  await start();
  await drive(10);
  expect(calls).toHaveLength(1);
});

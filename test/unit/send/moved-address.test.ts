import { expect, test } from 'vitest';
import { defaultCampaigns } from '#shared/domain/default-campaigns.ts';
import { moveAddress } from '#shared/domain/move-address.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { anEvent, NOW, NOW_EPOCH } from '#test/support/builders.ts';
import { type Sending, sending } from '#test/support/sending.ts';

const JOINING = '2@s1';

/** Somebody at an event that begins tomorrow, whose people were all told how to join. */
async function told(row: Partial<Registration>, state: 'published' | 'postponed' = 'published') {
  const schedules = { 1: { ...A_SCHEDULE, state: 'published' as const }, 2: { ...A_SCHEDULE, state } };
  const event = anEvent({
    ...A_SCHEDULE,
    state,
    schedules,
    scheduleRevision: state === 'postponed' ? 2 : 1,
    ...NOTICE,
  });
  const world = await sending({ event, row: { greetDue: undefined, greetDueAt: undefined, ...row } });
  const [joining] = defaultCampaigns([], NOW);
  if (joining) await world.campaigns.add(event.eventId, joining, NOW_EPOCH);
  return world;
}
const A_SCHEDULE = {
  startsAt: '2026-11-24T09:30',
  endsAt: '2026-11-24T13:00',
  timeZone: 'Europe/London',
  place: 'Online',
  format: 'online' as const,
};
const NOTICE = { notice: { since: NOW_EPOCH, at: NOW_EPOCH, moves: true } };
const moves = async ({ registrations, row }: Sending) => {
  const address = { email: 'ada@example.com', addressHash: 'another hash', linkSeed: 'another seed' };
  const moment = { now: NOW_EPOCH, allowance: { delay: 0, dropped: false }, chance: 'abcdef' };
  await registrations.revise(await row(), (current) => moveAddress(current, address, { ...moment, mayTell: false }));
};
const mails = ({ sent }: Sending) => sent.map(({ to, subject }) => `${subject} to ${to}`);

test('whoever moves while how to join is on its way to the old address is told it at the new one', async () => {
  const deliveries = { '1@a1': `delivered|${NOW_EPOCH}|1|abcdef|1`, [JOINING]: `claimed|${NOW_EPOCH}|1|abcdef|1` };
  const world = await told({ deliveries });
  await moves(world);
  await world.receipt(JOINING);
  await world.send();
  expect(mails(world)).toEqual(['1@a2 to ada@example.com']);
  expect(await world.entry(JOINING)).toMatchObject({ state: 'merged', reason: '1@a2' });
});

test.each([
  ['came back', `bounced|${NOW_EPOCH}|1|abcdef|2.${NOW_EPOCH}`],
  ['was not sent to an address that returns its mail', `skipped|${NOW_EPOCH}|0|||bounced`],
])('whoever moves after the news that the event is off %s is told it at the new address', async (_, entry) => {
  const deliveries = { '1@a1': `bounced|${NOW_EPOCH}|1|abcdef|1.${NOW_EPOCH}`, 'postponed@r2': entry };
  const world = await told({ deliveries, bounced: true }, 'postponed');
  await moves(world);
  await world.send();
  await world.send();
  expect(await world.entry('1@a2')).toMatchObject({ state: 'skipped', reason: 'event-postponed' });
  expect(mails(world)).toEqual(['postponed@r2 to ada@example.com']);
});

test('whoever moves after a first mail that came back is told of the event as it is, not that they know', async () => {
  const deliveries = { '1@a1': `bounced|${NOW_EPOCH}|1|abcdef|1.${NOW_EPOCH}` };
  const world = await told({ deliveries, bounced: true });
  await moves(world);
  expect((await world.entry('1@a1'))?.told).toBeUndefined();
});

test('what the old address still says of a notice that is told anew is not taken for what the new one does', async () => {
  const deliveries = {
    '1@a1': `bounced|${NOW_EPOCH}|1|abcdef|1.${NOW_EPOCH}`,
    'postponed@r2': `bounced|${NOW_EPOCH}|1|abcdef|2.${NOW_EPOCH}`,
  };
  const world = await told({ deliveries, bounced: true }, 'postponed');
  const before = new Date(world.clock.now()).toISOString();
  await moves(world);
  world.pass(60);
  await world.send();
  await world.send();
  expect(await world.entry('postponed@r2')).toMatchObject({ state: 'sent' });
  await world.receipt('postponed@r2', { type: 'bounced', bounceType: 'Permanent', time: before });
  expect(await world.entry('postponed@r2')).toMatchObject({ state: 'sent' });
  await world.receipt('postponed@r2', { addressRevision: 2 });
  expect(await world.entry('postponed@r2')).toMatchObject({ state: 'delivered' });
});

test('a mail that is claimed between reading and moving is left behind, too', async () => {
  const world = await told({ greetDue: new Set(['1@a1']), greetDueAt: NOW_EPOCH });
  const address = { email: 'ada@example.com', addressHash: 'another hash', linkSeed: 'another seed' };
  const moment = { now: NOW_EPOCH, allowance: { delay: 0, dropped: false }, chance: 'abcdef' };
  const read = await world.row();
  world.ses.answers.push(async () => {
    expect(await world.entry(JOINING)).toMatchObject({ state: 'merged', reason: '1@a1' });
    await world.registrations.relocate(read, (current) => moveAddress(current, address, { ...moment, mayTell: false }));
    return { is: 'accepted', messageId: 'm' };
  });
  await world.send();
  expect(await world.entry(JOINING)).toMatchObject({ state: 'skipped', reason: 'moved' });
  await world.send();
  expect(await world.entry(JOINING)).toMatchObject({ state: 'merged', reason: '1@a2' });
});

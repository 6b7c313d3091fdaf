import { expect, test } from 'vitest';
import type { Composition } from '#functions/send/composition.ts';
import type { Campaign } from '#shared/domain/campaign.ts';
import { cancel, registerAgain } from '#shared/domain/change-registration.ts';
import { defaultCampaigns } from '#shared/domain/default-campaigns.ts';
import { moveAddress } from '#shared/domain/move-address.ts';
import { anEvent, NOW, NOW_EPOCH } from '#test/support/builders.ts';
import { type Sending, sending } from '#test/support/sending.ts';

const CARRIER = '1@a1';
const JOINING = '2@s1';
const REFUSED = () => ({ is: 'refused', reason: 'TooManyRequestsException' }) as const;
const UNKNOWN = () => ({ is: 'unknown', reason: 'TimeoutError' }) as const;

/** Somebody registers the day before the event, after everybody else was told how to join; what their mails bring. */
async function late(given: Partial<Campaign> = {}) {
  const event = anEvent({ startsAt: '2026-11-24T09:30', endsAt: '2026-11-24T13:00' });
  const world = await sending({ event });
  const [joining] = defaultCampaigns([], NOW);
  if (joining) await world.campaigns.add(event.eventId, { ...joining, ...given }, NOW_EPOCH);
  const brings: boolean[] = [];
  const compose = (_: string, mail: Composition) => {
    brings.push(mail.bringsJoining);
    return { ...BLANK, to: mail.row.email, subject: mail.mailKey };
  };
  return { ...world, brings, go: () => world.send({ compose }) };
}
const BLANK = { from: '', replyTo: '', html: '', text: '', headers: {}, tags: {}, configurationSet: 'service' };
const setState = async ({ campaigns, event: { eventId } }: Sending, state: Campaign['state']) => {
  const read = (await campaigns.get(eventId, '2')) as Campaign;
  const next = { ...read, state, revision: read.revision + 1 };
  await campaigns.save(eventId, next, { revision: read.revision, now: NOW_EPOCH });
};

test('the confirmation brings how to join, and both are claimed in one write', async () => {
  const world = await late();
  const claims: string[][] = [];
  const claim: Sending['registrations']['claim'] = (row, what) => {
    claims.push([what.mailKey, ...Object.keys(what.brought ?? {})]);
    return world.registrations.claim(row, what);
  };
  await world.send({ registrations: { ...world.registrations, claim } });
  expect(claims).toEqual([[CARRIER, JOINING]]);
  expect(await world.entry(JOINING)).toMatchObject({ state: 'merged', reason: CARRIER });
  expect(world.sent).toHaveLength(1);
  await world.send();
  expect(world.sent).toHaveLength(1);
});

test('whoever moves is told how to join at the new address, whatever the old one does with its mail', async () => {
  const world = await late();
  await world.send();
  const address = { email: 'ada@example.com', addressHash: 'another hash', linkSeed: 'another seed' };
  const moment = { now: NOW_EPOCH, allowance: { delay: 0, dropped: false }, chance: 'abcdef' };
  await world.registrations.revise(await world.row(), (row) =>
    moveAddress(row, address, { ...moment, mayTell: false }),
  );
  expect(await world.entry(JOINING)).toMatchObject({ state: 'skipped', reason: 'moved' });
  await world.receipt(JOINING);
  expect(await world.entry(JOINING)).toMatchObject({ state: 'skipped', reason: 'moved' });

  await world.go();
  expect(world.brings).toEqual([true]);
  expect(world.sent.map(({ to }) => to)).toEqual(['ada@example.org', 'ada@example.com']);
  expect(await world.entry(JOINING)).toMatchObject({ state: 'merged', reason: '1@a2' });
  await world.receipt(JOINING, { type: 'bounced', bounceType: 'Permanent' });
  expect(await world.entry(JOINING)).toMatchObject({ state: 'merged', reason: '1@a2' });
  expect(await world.row()).not.toHaveProperty('bounced');
});

test('whoever moves after a notice told them ahead of its time is told again, though nobody else is yet', async () => {
  const world = await late({ trigger: { before: 'start', offset: 'PT1H' } });
  const row = await world.row();
  const told = { ...row.deliveries, [JOINING]: `skipped|${NOW_EPOCH}|0|abcdef|1|moved` };
  await world.registrations.revise(row, (current) => ({ row: { ...current, deliveries: told } }));
  await world.go();
  expect(world.brings).toEqual([true]);
  expect(await world.entry(JOINING)).toMatchObject({ state: 'merged', reason: CARRIER });
  const untold = await late({ trigger: { before: 'start', offset: 'PT1H' } });
  await untold.go();
  expect(untold.brings).toEqual([false]);
});

test('whoever moves while a mail is refused that brings it keeps what the next one brought', async () => {
  const world = await late();
  const address = { email: 'ada@example.com', addressHash: 'another hash', linkSeed: 'another seed' };
  const moment = { now: NOW_EPOCH, allowance: { delay: 0, dropped: false }, chance: 'abcdef' };
  world.ses.answers.push(async () => {
    await world.registrations.revise(await world.row(), (row) =>
      moveAddress(row, address, { ...moment, mayTell: false }),
    );
    await world.send();
    return REFUSED();
  });
  await world.send();
  expect(world.sent.map(({ to, subject }) => [to, subject])).toEqual([
    ['ada@example.org', CARRIER],
    ['ada@example.com', '1@a2'],
  ]);
  expect(await world.entry(CARRIER)).toBeUndefined();
  expect(await world.entry(JOINING)).toMatchObject({ state: 'merged', reason: '1@a2' });
});

test('the mail knows that it brings it, and one that does not knows that', async () => {
  const world = await late();
  await world.go();
  expect(world.brings).toEqual([true]);
  const draft = await late({ state: 'draft' });
  await draft.go();
  expect(draft.brings).toEqual([false]);
  expect(await draft.entry(JOINING)).toBeUndefined();
});

test('what SES did not take brought nothing: both are tried again', async () => {
  const world = await late();
  world.ses.answers.push(REFUSED);
  await world.go();
  expect([await world.entry(CARRIER), await world.entry(JOINING)]).toEqual([undefined, undefined]);
  await world.go();
  expect(world.brings).toEqual([true, true]);
  expect(await world.entry(JOINING)).toMatchObject({ state: 'merged' });
});

test('an earlier skip is overwritten, and stands again if the mail did not go', async () => {
  const world = await late();
  const row = await world.row();
  const deliveries = { ...row.deliveries, [JOINING]: 'skipped|1|0|||expired' };
  await world.registrations.revise(row, (current) => ({ row: { ...current, deliveries } }));
  world.ses.answers.push(REFUSED);
  await world.go();
  expect(await world.entry(JOINING)).toMatchObject({ state: 'skipped', reason: 'expired' });
  await world.go();
  expect(await world.entry(JOINING)).toMatchObject({ state: 'merged' });
});

test('a second attempt that is refused leaves with the first what that brought', async () => {
  const world = await late();
  world.ses.answers.push(UNKNOWN, REFUSED);
  await world.go();
  world.pass(1000);
  await world.receiptsCaughtUp();
  await world.go();
  expect(await world.entry(CARRIER)).toMatchObject({ state: 'claimed', attempt: 1 });
  expect(await world.entry(JOINING)).toMatchObject({ state: 'merged', reason: CARRIER });
  await world.go();
  expect(world.brings).toEqual([true, true, true]);
});

test('a second attempt brings it again, as the first may not have arrived', async () => {
  const world = await late();
  world.ses.answers.push(UNKNOWN);
  await world.go();
  expect(await world.entry(JOINING)).toMatchObject({ state: 'merged' });
  world.pass(1000);
  await world.receiptsCaughtUp();
  await world.go();
  expect(world.brings).toEqual([true, true]);
  expect(await world.entry(CARRIER)).toMatchObject({ state: 'sent', attempt: 2 });
});

test('a second attempt brings nothing that fired meanwhile: the run sends that by itself', async () => {
  const world = await late({ state: 'draft' });
  world.ses.answers.push(UNKNOWN);
  await world.go();
  await setState(world, 'active');
  world.pass(1000);
  await world.receiptsCaughtUp();
  await world.go();
  expect(world.brings).toEqual([false, false]);
  expect(await world.entry(JOINING)).toBeUndefined();
});

test('whose own is sent between reading and claiming gets the confirmation without it', async () => {
  const world = await late();
  let first = true;
  const claim: Sending['registrations']['claim'] = async (row, what) => {
    if (first) {
      first = false;
      const deliveries = { [JOINING]: 'sent|1|1|abcdef|1.1' };
      await world.registrations.revise(await world.row(), (current) => ({ row: { ...current, deliveries } }));
    }
    return world.registrations.claim(row, what);
  };
  await world.send({ registrations: { ...world.registrations, claim } });
  expect(world.sent).toHaveLength(1);
  expect(await world.entry(JOINING)).toMatchObject({ state: 'sent' });
  expect(await world.entry(CARRIER)).toMatchObject({ state: 'sent' });
});

test('a paused one does not come along: it is owed, waits, and goes by itself once resumed', async () => {
  const world = await late({ state: 'paused' });
  await world.go();
  expect(world.brings).toEqual([false]);
  expect((await world.row()).greetDue).toEqual(new Set([JOINING]));
  await world.go();
  expect(world.sent).toHaveLength(1);
  await setState(world, 'active');
  world.pass(2);
  await world.go();
  expect(world.sent.map(({ subject }) => subject)).toEqual([CARRIER, JOINING]);
  expect(await world.entry(JOINING)).toMatchObject({ state: 'sent' });
  expect(await world.row()).not.toHaveProperty('greetDue');
});

test('what a mail brought that was skipped after all is brought by the next', async () => {
  const world = await late();
  world.ses.answers.push(UNKNOWN);
  await world.go();
  await world.registrations.revise(await world.row(), (row) => cancel(row, NOW));
  world.pass(1000);
  await world.receiptsCaughtUp();
  await world.go();
  expect(await world.entry(CARRIER)).toMatchObject({ state: 'skipped' });
  expect(await world.entry(JOINING)).toBeUndefined();
  const again = { capped: false, now: NOW, allowance: { delay: 0, dropped: false } };
  await world.registrations.revise(await world.row(), (row) => registerAgain(row, again));
  world.pass(100);
  await world.go();
  expect(await world.entry(JOINING)).toMatchObject({ state: 'merged', reason: '1@a2' });
});

test('what is owed by itself stays owed while a mail that brings it may yet be given back', async () => {
  const world = await late();
  const owed = { greetDue: new Set([CARRIER, JOINING]), greetDueAt: NOW_EPOCH };
  await world.registrations.revise(await world.row(), (row) => ({ row: { ...row, ...owed } }));
  const meanwhile = async () => {
    await world.send();
    return REFUSED();
  };
  world.ses.answers.push(meanwhile);
  await world.go();
  expect(await world.entry(JOINING)).toBeUndefined();
  expect((await world.row()).greetDue).toEqual(new Set([CARRIER, JOINING]));
  await world.go();
  expect(await world.entry(JOINING)).toMatchObject({ state: 'merged', reason: CARRIER });
  await world.go();
  expect(await world.row()).not.toHaveProperty('greetDue');
  expect(world.sent.map(({ subject }) => subject)).toEqual([CARRIER, CARRIER]);
});

test.each(['active', 'paused'] as const)(
  'what came along with a mail that SES would never take is brought by the next, or owed by itself: %s',
  async (state) => {
    const world = await late();
    world.ses.answers.push(() => ({ is: 'impossible', reason: 'MessageRejected' }));
    await world.go();
    expect([await world.entry(CARRIER), await world.entry(JOINING)]).toMatchObject([
      { state: 'failed' },
      { state: 'merged', reason: CARRIER },
    ]);
    if (state === 'paused') await setState(world, state);
    const again = { capped: false, now: NOW, allowance: { delay: 0, dropped: false } };
    await world.registrations.revise(await world.row(), (row) => cancel(row, NOW));
    await world.registrations.revise(await world.row(), (row) => registerAgain(row, again));
    world.pass(2);
    await world.go();
    expect(world.brings).toEqual([true, state === 'active']);
    if (state === 'active') expect(await world.entry(JOINING)).toMatchObject({ state: 'merged', reason: '1@a2' });
    else expect((await world.row()).greetDue).toEqual(new Set([JOINING]));
  },
);

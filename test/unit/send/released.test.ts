import { describe, expect, test } from 'vitest';
import { releaseUnsent } from '#functions/organiser-api/release-unsent.ts';
import type { Campaign } from '#shared/domain/campaign.ts';
import { defaultCampaigns } from '#shared/domain/default-campaigns.ts';
import type { UnsentState } from '#shared/domain/unsent.ts';
import { controlStore } from '#shared/store/control.ts';
import { runStore } from '#shared/store/runs.ts';
import { aCampaign, anEvent, NOW, NOW_EPOCH } from '#test/support/builders.ts';
import { type Sending, sending, TIMINGS } from '#test/support/sending.ts';

const GREETING = '1@a1';
const JOINING = '2@s1';
const REJECTED = () => ({ is: 'impossible', reason: 'MessageRejected' }) as const;
const UNKNOWN = () => ({ is: 'unknown', reason: 'TimeoutError' }) as const;

/** Somebody whose confirmation SES refused for good; the organiser may release it. */
async function refused({ late = false } = {}) {
  const event = late ? anEvent({ startsAt: '2026-11-24T09:30', endsAt: '2026-11-24T13:00' }) : anEvent();
  const world = await sending({ event });
  const { eventId } = event;
  await world.campaigns.add(eventId, aCampaign(), NOW_EPOCH).catch(() => {});
  const [joining] = defaultCampaigns([], NOW) as [Campaign];
  if (late) await world.campaigns.add(eventId, joining, NOW_EPOCH);
  world.ses.answers.push(REJECTED);
  await world.send();
  const release = (
    over: Partial<Pick<Sending, 'registrations'>> = {},
    picked: { state?: UnsentState; kinds?: readonly ['joining'] } = {},
  ) =>
    releaseUnsent(
      {
        ...world,
        ...over,
        runs: runStore(world.table),
        control: controlStore(world.table),
        timings: TIMINGS,
        mayReach: () => true,
        now: world.clock.now,
        fanOut: async () => {},
      },
      { eventId, state: 'failed', until: Math.floor(world.clock.now() / 1000), keyId: 'k1', ...picked },
    );
  const subjects = () => world.sent.map(({ subject }) => subject);
  return { ...world, release, subjects };
}

describe('a mail that SES refused for good', () => {
  test('stays so, whatever comes by, until somebody releases it; then it is sent, once', async () => {
    const world = await refused();
    await world.send();
    expect(await world.entry(GREETING)).toMatchObject({ state: 'failed', reason: 'MessageRejected' });
    expect(world.sent).toHaveLength(1);

    expect(await world.release()).toEqual({ owed: 1, left: {} });
    await world.send();
    await world.send();
    expect(await world.release()).toEqual({ owed: 0, left: {} });
    await world.send();
    expect(world.subjects()).toEqual([GREETING, GREETING]);
    expect(await world.entry(GREETING)).toMatchObject({ state: 'sent', attempt: 1 });
    expect((await world.row()).greetDue).toBeUndefined();
  });

  test('is sent once though two release it at once, and a worker comes by in between', async () => {
    const world = await refused();
    const revise: Sending['registrations']['revise'] = async (row, transition) => {
      const revised = await world.registrations.revise(row, transition);
      await Promise.all([world.send(), world.send()]);
      return revised;
    };
    const answers = await Promise.all([
      world.release({ registrations: { ...world.registrations, revise } }),
      world.release(),
    ]);
    await world.send();
    expect(answers.map(({ owed }) => owed).sort()).toEqual([0, 1]);
    expect(world.subjects()).toEqual([GREETING, GREETING]);
  });

  test('waits while everything is paused, and goes on resume', async () => {
    const world = await refused();
    await world.setControl({ paused: true });
    expect(await world.release()).toMatchObject({ owed: 1 });
    world.pass(2);
    await world.send();
    expect(world.sent).toHaveLength(1);
    await world.setControl({ paused: false });
    world.pass(2);
    await world.send();
    expect(world.sent).toHaveLength(2);
  });

  test('that fails again is failed again, for another word', async () => {
    const world = await refused();
    world.ses.answers.push(REJECTED);
    await world.release();
    await world.send();
    await world.send();
    expect(await world.entry(GREETING)).toMatchObject({ state: 'failed' });
    expect(world.sent).toHaveLength(2);
  });

  test('is released, and not sent to somebody who gave their place up before its turn', async () => {
    const world = await refused();
    await world.release();
    await world.registrations.revise(await world.row(), (row) => ({ row: { ...row, status: 'cancelled' } }));
    await world.send();
    expect(await world.entry(GREETING)).toMatchObject({ state: 'skipped', reason: 'registration-cancelled' });
    expect(world.sent).toHaveLength(1);
  });
});

describe('how to join, brought along by a mail that SES refused', () => {
  test('goes along with it when that is released', async () => {
    const world = await refused({ late: true });
    expect(await world.entry(JOINING)).toMatchObject({ state: 'merged', reason: GREETING });
    expect(await world.release()).toEqual({ owed: 2, left: {} });
    await world.send();
    await world.send();
    expect(world.subjects()).toEqual([GREETING, GREETING]);
    expect(await world.entry(JOINING)).toMatchObject({ state: 'merged', reason: GREETING });
    expect(await world.entry(GREETING)).toMatchObject({ state: 'sent' });
    expect((await world.row()).greetDue).toBeUndefined();
  });

  test('is not struck off by a worker that read the row before: it is owed again', async () => {
    const world = await refused({ late: true });
    // As after a pause: listed as owed by itself while the other mail brings it along.
    const listed = await world.registrations.revise(await world.row(), (row) => ({
      row: { ...row, greetDue: new Set([JOINING]), greetDueAt: NOW_EPOCH },
    }));
    if (!listed) throw new Error('They are gone');
    // A worker reads them before the release, and strikes off after it what it saw settled.
    await world.send({
      registrations: {
        ...world.registrations,
        revise: async (row, transition) => {
          await world.release({}, { kinds: ['joining'] });
          return world.registrations.revise(row, transition);
        },
      },
    });
    expect((await world.row()).greetDue).toEqual(new Set([JOINING]));
    await world.send();
    expect(world.subjects()).toEqual([GREETING, JOINING]);
  });
});

test('a mail that is held is sent again by a release, too', async () => {
  const world = await sendingTwiceInDoubt();
  expect(await world.entry(GREETING)).toMatchObject({ state: 'held' });
  expect(await world.release({}, { state: 'failed' })).toEqual({ owed: 0, left: {} });
  expect(await world.release({}, { state: 'held' })).toEqual({ owed: 1, left: {} });
  const before = world.sent.length;
  await world.send();
  expect(world.sent).toHaveLength(before + 1);
  expect(await world.entry(GREETING)).toMatchObject({ state: 'sent' });
});

/** Twice nobody knew whether SES took it. */
async function sendingTwiceInDoubt() {
  const world = await refused();
  await world.release();
  world.ses.answers.push(UNKNOWN, UNKNOWN);
  for (let n = 0; n < 3; n++) {
    await world.send();
    world.pass(200);
    await world.receiptsCaughtUp();
  }
  return world;
}

import { expect, test } from 'vitest';
import { retuned } from '#shared/domain/pacer.ts';
import { SEAT_DUE } from '#shared/domain/registration.ts';
import { pacerStore } from '#shared/store/pacer.ts';
import { NOW_EPOCH } from '#test/support/builders.ts';
import { type Sending, sending } from '#test/support/sending.ts';

const START = NOW_EPOCH * 1000;

/** A pacer of ten a second whose next free moment is so many milliseconds ahead. */
async function paced(world: Sending, ahead: number) {
  const pacer = pacerStore(world.table);
  await pacer.move(undefined, { ...retuned(undefined, { maxSendRate: 10 }, START), rate: 10, tat: START + ahead });
  return pacer;
}

test('a confirmation has its slot like every other mail, and goes at it', async () => {
  const world = await sending();
  const pacer = await paced(world, 1500);
  let sentAt = 0;
  world.ses.answers = [
    () => {
      sentAt = world.clock.now();
      return { is: 'accepted', messageId: 'm' };
    },
  ];
  await world.send();
  expect(sentAt).toBe(START + 1500);
  expect(await pacer.get()).toMatchObject({ tat: START + 1600 });
});

test('what is read and decided is read and decided at the slot, not before it', async () => {
  const world = await sending();
  await paced(world, 2500);
  const { clock, setControl } = world;
  // Everything is stopped while the confirmation waits for its slot.
  const sleep: typeof clock.sleep = async (ms) => {
    await setControl({ paused: true });
    await clock.sleep(ms);
  };
  await world.send({ clock: { ...clock, sleep } });
  expect(world.sent).toEqual([]);
  expect(await world.row()).toMatchObject({ greetDue: new Set(['1@a1']) });
});

test('when slots are taken for longer than it may look ahead, the message goes back for when there are some', async () => {
  const world = await sending();
  await paced(world, 9000);
  await world.send();
  expect(world.sent).toEqual([]);
  expect(world.returned).toMatchObject([{ delay: 6, body: { tries: 1 } }]);
});

test('after six returns sweep alone looks after a person', async () => {
  const world = await sending();
  await paced(world, 9000);
  await world.send({}, 6);
  expect(world.returned).toEqual([]);
  expect(await world.row()).toMatchObject({ greetDue: new Set(['1@a1']) });
});

test('what is settled is struck off without a slot, and a seat to be decided is not for this lane', async () => {
  const row = { greetDue: new Set(['1@a1', SEAT_DUE]), deliveries: { '1@a1': `sent|${NOW_EPOCH}|1|abcdef|1` } };
  const world = await sending({ row });
  const pacer = await paced(world, 0);
  await world.send();
  expect(await pacer.get()).toMatchObject({ tat: START });
  expect(await world.row()).toMatchObject({ greetDue: new Set([SEAT_DUE]) });
  expect(world.sent).toEqual([]);
});

test('somebody who is owed nothing takes no slot', async () => {
  const world = await sending({ row: { greetDue: undefined, greetDueAt: undefined } });
  const pacer = await paced(world, 0);
  await world.send();
  expect(await pacer.get()).toMatchObject({ tat: START });
});

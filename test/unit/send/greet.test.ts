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

test('when slots are taken for seconds to come, it waits for its turn, and the message stays with it', async () => {
  const world = await sending();
  await paced(world, 30_000);
  await world.send({}, 4);
  expect(world.sent).toHaveLength(1);
  expect(world.clock.now()).toBe(START + 30_000);
  expect(world.returned).toEqual([]);
});

test.each([
  [0, 2],
  [1, 15],
  [2, 120],
  [3, 120],
])(
  'without a turn in forty seconds a message that came back %i times does so once more, in %i s',
  async (tries, delay) => {
    const world = await sending();
    await paced(world, 600_000);
    await world.send({}, tries);
    expect(world.clock.now()).toBe(START + 40_000);
    expect(world.sent).toEqual([]);
    expect(world.returned).toMatchObject([{ delay, body: { tries: tries + 1 } }]);
  },
);

test.each([4, 6])('after four returns sweep alone looks after a person: %i', async (tries) => {
  const world = await sending();
  await paced(world, 600_000);
  await world.send({}, tries);
  expect(world.returned).toEqual([]);
  expect(await world.row()).toMatchObject({ greetDue: new Set(['1@a1']) });
});

test('paused while it waits for its turn, it takes no slot and goes: whoever resumes has it sent', async () => {
  const world = await sending();
  const pacer = await paced(world, 20_000);
  const { clock, setControl } = world;
  const sleep: typeof clock.sleep = async (ms) => {
    await clock.sleep(ms);
    await setControl({ paused: true });
  };
  await world.send({ clock: { ...clock, sleep } });
  expect(world.sent).toEqual([]);
  expect(world.returned).toEqual([]);
  expect(await pacer.get()).toMatchObject({ tat: START + 20_000 });
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

test.each([
  ['is paused', (world: Sending) => world.setControl({ paused: true }), {}],
  ['waits for a budget', async () => {}, { greetDueAt: NOW_EPOCH + 600 }],
  ['is over the budget of their mailbox', async () => {}, { overBudget: 'a1' }],
  ['is no longer registered', async () => {}, { status: 'cancelled' as const }],
])('whose mail %s takes no slot from those who may be sent theirs', async (_why, prepare, row) => {
  const world = await sending({ row });
  const pacer = await paced(world, 0);
  await prepare(world);
  await world.send();
  expect(world.sent).toEqual([]);
  expect(await pacer.get()).toMatchObject({ tat: START });
});

import { expect, test } from 'vitest';
import { type SweepDeps, sweep } from '#functions/sweep/sweep.ts';
import { erase } from '#shared/domain/erase.ts';
import type { ReceiptsSeen } from '#shared/domain/in-doubt.ts';
import { type Registration, SEAT_DUE } from '#shared/domain/registration.ts';
import type { Outgoing } from '#shared/queue/sender.ts';
import { campaignStore } from '#shared/store/campaigns.ts';
import { countStore } from '#shared/store/counts.ts';
import { eraser } from '#shared/store/eraser.ts';
import { eventStore } from '#shared/store/events.ts';
import { jobStore } from '#shared/store/jobs.ts';
import { linkWishStore } from '#shared/store/link-wishes.ts';
import { memoryTable } from '#shared/store/memory-table.ts';
import { organiserStore } from '#shared/store/organisers.ts';
import { pacerStore } from '#shared/store/pacer.ts';
import { toItem } from '#shared/store/registration-items.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { runStore } from '#shared/store/runs.ts';
import { sortingStore } from '#shared/store/sortings.ts';
import { surveyAnswerStore } from '#shared/store/survey-answers.ts';
import type { Item } from '#shared/store/table.ts';
import { walkStore } from '#shared/store/walks.ts';
import { aRegistration, NOW, NOW_EPOCH } from '#test/support/builders.ts';
import { recordedLog } from '#test/support/http.ts';
import { TIMINGS } from '#test/support/sending.ts';

interface Given extends Partial<SweepDeps> {
  readonly paused?: boolean;
  readonly refusedUntil?: number;
  readonly waiting?: number;
  readonly deadLetters?: number;
}

async function room({ paused = false, refusedUntil = 0, waiting = 0, deadLetters = 0, ...over }: Given = {}) {
  const kept = new Map<string, Item>();
  const table = memoryTable(({ before, after }) => {
    if (before) kept.delete(`${before.pk} ${before.sk}`);
    if (after) kept.set(`${after.pk} ${after.sk}`, after);
  });
  let minutes = 0;
  const state: { seen?: ReceiptsSeen } = {};
  const admit: Outgoing[] = [];
  const lane: Outgoing[] = [];
  const into = (queue: Outgoing[]) => async (messages: readonly Outgoing[]) => {
    queue.push(...messages);
    return [];
  };
  const round = sweep({
    sortings: sortingStore(table),
    runs: runStore(table),
    events: eventStore(table),
    campaigns: campaignStore(table),
    pacer: pacerStore(table),
    account: async () => ({ maxSendRate: 14 }),
    plan: async () => {},
    startRun: async () => {},
    fanOut: async () => {},
    walks: walkStore(table),
    wishes: linkWishStore(table),
    jobs: jobStore(table),
    workOn: async () => {},
    count: () => {},
    registrations: registrationStore(table),
    organisers: organiserStore(table),
    eraser: eraser(table),
    counts: countStore(table),
    surveyAnswers: surveyAnswerStore(table),
    control: { get: async () => ({ paused, refusedUntil, changedAt: NOW }) },
    receipts: { get: async () => state.seen, set: async (seen) => void Object.assign(state, { seen }) },
    deadLettersWaiting: async () => [],
    receiptsWaiting: async () => ({ waiting, deadLetters }),
    nudgeAdmit: into(admit),
    nudgeLane: into(lane),
    timings: TIMINGS,
    clock: { now: () => (NOW_EPOCH + minutes * 60) * 1000, monotonic: () => 0, sleep: async () => {} },
    logger: recordedLog(),
    ...over,
  });
  return {
    admit,
    lane,
    state,
    round: (resumed = false) => round({ resumed }),
    minute: () => void minutes++,
    /** Somebody with answers and an address of their own, whose erasure came no further than the tombstone. */
    async erased(given: Partial<Registration>): Promise<string> {
      const registrations = registrationStore(table);
      const row = aRegistration(given);
      await registrations.add(row, { jobTitle: 'Analyst' }, row.registrationId);
      await registrations.revise(row, (current) => erase(current, NOW_EPOCH));
      return row.registrationId;
    },
    wishes: linkWishStore(table),
    /** The wishes that were said to be there again, by the last word of the table. */
    said: () => [...kept.values()].filter(({ fact }) => fact === 'link.requested').map(({ dueAt }) => dueAt),
    /** Keys of what is kept of people. */
    left: () => [...kept.values()].map(({ sk }) => sk).filter((sk) => /^(REG|ANS|ADDR)/.test(sk)),
    async owed(...names: string[]) {
      const row = aRegistration({ greetDue: new Set(names), greetDueAt: NOW_EPOCH });
      await table.put({ item: toItem(row), fact: undefined });
      return { v: 1, eventId: row.eventId, registrationId: row.registrationId };
    },
  };
}

test('whoever is owed a mail for two minutes is nudged, not before, and again every minute', async () => {
  const { owed, round, minute, lane } = await room();
  const person = await owed('1@a1');
  await round();
  minute();
  await round();
  expect(lane).toEqual([]);
  minute();
  await round();
  expect(lane).toEqual([{ body: person }]);
  minute();
  await round();
  expect(lane).toHaveLength(2);
});

test('a seat nobody decided about goes to admit again', async () => {
  const { owed, round, minute, lane, admit } = await room();
  const person = await owed(SEAT_DUE);
  minute();
  minute();
  await round();
  expect(lane).toEqual([]);
  expect(admit).toEqual([
    { body: person, group: person.eventId, deduplication: expect.stringContaining(person.registrationId) },
  ]);
});

test('everybody on every shard is found', async () => {
  const { owed, round, minute, lane } = await room();
  for (let n = 0; n < 40; n++) await owed('1@a1');
  minute();
  minute();
  await round();
  expect(lane).toHaveLength(40);
});

test('while SES refuses our sender nobody is nudged; once it is to be asked again, everybody who is owed is', async () => {
  const { owed, round, minute, lane } = await room({ refusedUntil: NOW_EPOCH + 230 });
  await owed('1@a1');
  await owed('1@a1');
  for (let n = 0; n < 3; n++) minute();
  await round();
  expect(lane).toEqual([]);
  minute();
  await round();
  expect(lane).toHaveLength(2);
});

test('while mail is stopped nobody is nudged about mail, but seats are decided', async () => {
  const { owed, round, minute, lane, admit } = await room({ paused: true });
  await owed('1@a1', SEAT_DUE);
  minute();
  minute();
  await round();
  expect(lane).toEqual([]);
  expect(admit).toHaveLength(1);
});

test('when mail flows again, everything owed goes at once', async () => {
  const { owed, round, lane } = await room();
  await owed('1@a1');
  await round(true);
  expect(lane).toHaveLength(1);
});

test('two sights of an empty receipts queue, and dead letters, are noted', async () => {
  const { round, minute, state } = await room({ deadLetters: 1 });
  await round();
  minute();
  await round();
  expect(state.seen).toEqual({ emptySince: NOW_EPOCH, emptyAt: NOW_EPOCH + 60, deadLetters: true });
});

test('a queue that holds receipts has not caught up', async () => {
  const { round, state } = await room({ waiting: 3 });
  await round();
  expect(state.seen).toEqual({ emptySince: 0, emptyAt: 0, deadLetters: false });
});

const fails = () => Promise.reject(new Error('SES does not answer'));

test.each<[string, Partial<SweepDeps>]>([
  ['the account cannot be read', { account: fails }],
  ['the receipts queue cannot be seen', { receiptsWaiting: fails }],
  ['runs cannot be listed', { runs: { unfinished: fails } as never }],
  ['campaigns cannot be listed', { campaigns: { overdue: fails } as never }],
])('a part of the round that fails holds up no other, and is told: %s', async (_, broken) => {
  const { owed, round, minute, lane } = await room(broken);
  const person = await owed('1@a1');
  minute();
  minute();
  await expect(round()).rejects.toThrow('Parts of the round failed');
  expect(lane).toEqual([{ body: person }]);
});

test('the pacer is set to what the account may send, every minute, and to no quota where there is none', async () => {
  const table = memoryTable();
  const pacer = pacerStore(table);
  const account = { maxSendRate: 14, quotaLeft: 3 as number | undefined };
  const { round, minute } = await room({
    pacer,
    account: async () => ({
      maxSendRate: account.maxSendRate,
      ...(account.quotaLeft !== undefined && { quotaLeft: account.quotaLeft }),
    }),
  });
  await round();
  expect(await pacer.get()).toMatchObject({ ceiling: 14 * 0.98, rate: 14 * 0.98, quotaLeft: 3 });
  account.maxSendRate = 50;
  account.quotaLeft = undefined;
  minute();
  await round();
  expect(await pacer.get()).toMatchObject({ ceiling: 49 });
  expect(await pacer.get()).not.toHaveProperty('quotaLeft');
});

test('an erasure that got lost on its way is taken up, and is done where no seat is to be freed', async () => {
  const { erased, round, minute, admit, left } = await room();
  await erased({});
  const seated = await erased({ seat: 'taken' });
  minute();
  minute();
  await round();
  expect(left()).toEqual([`REG#${seated}`]);
  expect(admit).toMatchObject([{ body: { registrationId: seated } }]);
});

test('a wish for links whose word was lost is told again after two minutes, and not before; one that nobody looks at is gone after an hour', async () => {
  const logger = recordedLog();
  const { wishes, said, round, minute } = await room({ logger });
  const dueAt = NOW_EPOCH + TIMINGS.sweepAfter;
  await wishes.add({ wishId: '5m8p2r4t7v9w3x6y', sealed: 'hidden', now: NOW_EPOCH, dueAt });
  minute();
  await round();
  expect(said()).toEqual([dueAt]);
  minute();
  await round();
  expect(said()).toEqual([dueAt + TIMINGS.sweepAfter]);
  for (let n = 0; n < 58; n++) minute();
  await round();
  expect(said()).toEqual([]);
  expect(logger.lines.filter(({ message }) => message.startsWith('Links that somebody'))).toHaveLength(1);
});

test('a wish for links that nobody can look at is told of from ten minutes on, while it can still be helped', async () => {
  const logger = recordedLog();
  const counted: (string | number | undefined)[][] = [];
  const count = (...said: (string | number | undefined)[]) => void counted.push(said);
  const { wishes, round, minute } = await room({ logger, count });
  const dueAt = NOW_EPOCH + TIMINGS.sweepAfter;
  await wishes.add({ wishId: '5m8p2r4t7v9w3x6y', sealed: 'hidden', now: NOW_EPOCH, dueAt });
  for (let n = 0; n < 9; n++) {
    minute();
    await round();
  }
  expect(counted).toEqual([]);
  minute();
  await round();
  expect(counted).toEqual([['WorkOverdue', 1]]);
  expect(logger.lines).toContainEqual(
    expect.objectContaining({ message: 'Work is overdue', work: 'links', number: 1 }),
  );
  expect(JSON.stringify(logger.lines)).not.toContain('hidden');
});

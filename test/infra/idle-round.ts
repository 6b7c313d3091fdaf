import { sweep } from '#functions/sweep/sweep.ts';
import type { Logger } from '#shared/logger.ts';
import { DEAD_LETTERS, type WatchedQueue } from '#shared/queue/names.ts';
import { campaignStore } from '#shared/store/campaigns.ts';
import { controlStore } from '#shared/store/control.ts';
import { countStore } from '#shared/store/counts.ts';
import { eraser } from '#shared/store/eraser.ts';
import { eventStore } from '#shared/store/events.ts';
import { jobStore } from '#shared/store/jobs.ts';
import { linkWishStore } from '#shared/store/link-wishes.ts';
import { memoryTable } from '#shared/store/memory-table.ts';
import { organiserStore } from '#shared/store/organisers.ts';
import { pacerStore } from '#shared/store/pacer.ts';
import { receiptsStore } from '#shared/store/receipts.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { runStore } from '#shared/store/runs.ts';
import { sortingStore } from '#shared/store/sortings.ts';
import { surveyAnswerStore } from '#shared/store/survey-answers.ts';
import type { Table } from '#shared/store/table.ts';
import { walkStore } from '#shared/store/walks.ts';
import { NOW_EPOCH } from '#test/support/builders.ts';
import { TIMINGS } from '#test/support/sending.ts';

/** What something costs while nobody does anything: units of the table, requests of queues, metrics and bytes of log. */
export interface Used {
  readUnits: number;
  writeUnits: number;
  queueRequests: number;
  metrics: number;
  logBytes: number;
}

/** Counts as DynamoDB does where items are small and most queries find nothing: half a unit if not consistent, else one. */
function counted(table: Table, used: Used): Table {
  const reads = (consistent = false, items = 1): Table => {
    used.readUnits += items * (consistent ? 1 : 0.5);
    return table;
  };
  const writes = (units = 1): Table => {
    used.writeUnits += units;
    return table;
  };
  return {
    ...table,
    get: (key, options) => reads(options?.consistent).get(key, options),
    getMany: (keys, options) => reads(options?.consistent, keys.length).getMany(keys, options),
    query: (range) => reads(range.consistent).query(range),
    count: (range) => reads(range.consistent).count(range),
    update: (update) => writes().update(update),
    put: (put) => writes().put(put),
    remove: (removal) => writes().remove(removal),
    transact: (items, token) => writes(2 * items.length).transact(items, token),
  };
}

/** What an average round of `sweep` uses in an hour in which nobody does anything, as its own code uses it. */
export async function idleRound(): Promise<Used> {
  const used: Used = { readUnits: 0, writeUnits: 0, queueRequests: 0, metrics: 0, logBytes: 0 };
  const table = counted(memoryTable(), used);
  const say = (message: string, fields = {}) => {
    used.logBytes += JSON.stringify({ message, ...fields }).length;
  };
  const logger: Logger = { info: say, warn: say, error: say };
  const ask = (requests: number) => {
    used.queueRequests += requests;
  };
  const send = async (messages: readonly unknown[]) => ask(messages.length);
  const offer = async (messages: readonly unknown[]) => {
    ask(messages.length);
    return [];
  };
  let minutes = 0;
  const round = sweep({
    runs: runStore(table),
    events: eventStore(table),
    campaigns: campaignStore(table),
    pacer: pacerStore(table),
    registrations: registrationStore(table),
    organisers: organiserStore(table),
    eraser: eraser(table),
    counts: countStore(table),
    surveyAnswers: surveyAnswerStore(table),
    control: controlStore(table),
    receipts: receiptsStore(table),
    jobs: jobStore(table),
    walks: walkStore(table),
    wishes: linkWishStore(table),
    sortings: sortingStore(table),
    account: async () => ({ maxSendRate: 14, quotaLeft: 50_000 }),
    plan: send,
    startRun: send,
    fanOut: send,
    workOn: send,
    nudgeAdmit: offer,
    nudgeLane: offer,
    receiptsWaiting: async () => {
      ask(2);
      return { waiting: 0, deadLetters: 0 };
    },
    deadLettersWaiting: async () => {
      const queues = Object.keys(DEAD_LETTERS) as WatchedQueue[];
      ask(queues.length);
      return queues.map((queue) => [queue, 0] as const);
    },
    count: () => void used.metrics++,
    timings: TIMINGS,
    clock: { now: () => (NOW_EPOCH + minutes * 60) * 1000, monotonic: () => 0, sleep: async () => {} },
    logger,
  });
  const ROUNDS = 60;
  for (; minutes < ROUNDS; minutes++) await round({ resumed: false });
  return Object.fromEntries(Object.entries(used).map(([what, sum]) => [what, sum / ROUNDS])) as unknown as Used;
}

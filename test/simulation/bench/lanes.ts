import type { CampaignKind } from '#shared/domain/mail-kinds.ts';
import { instantAt } from '#shared/domain/time.ts';
import { controlStore } from '#shared/store/control.ts';
import { ourWorld } from './our-way.ts';
import { shareOf } from './outcome.ts';

/** Runs that share the account's rate, and how many workers each lane has. */
export interface LaneSpec {
  readonly rate: number;
  readonly workers: number;
  readonly crashes?: number;
  readonly runs: readonly { readonly kind: CampaignKind; readonly people: number; readonly after?: number }[];
  /** Seconds from the start at which everything is paused, and for how long. */
  readonly pauses?: readonly { readonly at: number; readonly lasts: number }[];
}

/** What became of their messages and mails. */
export interface LaneOutcome {
  /** The most times any message came back into its lane. */
  readonly mostReturns: number;
  /** Messages whose function Lambda would not have run again, and dead letters of any cause. */
  readonly loops: number;
  readonly deadLetters: number;
  readonly mails: number;
  readonly twice: number;
  /** Of each lane that sent: requests to its queue for a mail. */
  readonly requests: Readonly<Record<'timed' | 'bulk', number>>;
  readonly share: number;
  readonly lambdaSeconds: number;
  /** Seconds from the start to the last mail. */
  readonly last: number;
}

const LANES = ['timed', 'bulk'] as const;
const SECOND = 1000;
const LOOK = 5 * SECOND;
/** Longer than any of them may take. */
const HOURS = 6 * 3600 * SECOND;

/** Has these runs sent, by the real functions, until all have ended. */
export async function laneRun({ rate, workers, crashes = 0, runs, pauses = [] }: LaneSpec): Promise<LaneOutcome> {
  const world = await ourWorld({ rate, latency: 50, crashes, receiptLoss: 0.001, lanes: workers, receipts: 2 });
  const { time, table, ses, queues, used } = world;
  const startedAt = time.now();
  const control = controlStore(table.truth);
  const set = (paused: boolean) =>
    control.set({ paused, changedAt: instantAt(Math.floor(time.now() / SECOND)) }).then(() => {});
  for (const { at, lasts } of pauses) {
    time.after(at * SECOND, () => void set(true));
    time.after((at + lasts) * SECOND, () => void set(false));
  }
  const mails = { timed: 0, bulk: 0 };
  const under: (() => Promise<{ finishedAt?: number | undefined }>)[] = [];
  let campaign = 1;
  for (const { kind, people, after = 0 } of runs) {
    mails[kind === 'reminder' || kind === 'joining' ? 'timed' : 'bulk'] += people;
    const event = await world.event(people);
    await time.pass(startedAt + after * SECOND);
    under.push(await world.run(event, kind, String(++campaign)));
  }
  const isOver = async () => (await Promise.all(under.map((run) => run()))).every(({ finishedAt }) => finishedAt);
  while (!(await isOver()) && time.now() < startedAt + HOURS) await time.pass(time.now() + LOOK);
  const sent = [...ses.accepted.values()];
  return {
    mostReturns: Math.max(...LANES.map((lane) => queues[lane].used.mostReturns)),
    loops: LANES.reduce((sum, lane) => sum + queues[lane].used.loops, 0),
    deadLetters: used.deadLetters,
    mails: sent.length,
    twice: sent.filter((times) => times > 1).length,
    requests: {
      timed: queues.timed.used.requests / Math.max(1, mails.timed),
      bulk: queues.bulk.used.requests / Math.max(1, mails.bulk),
    },
    share: shareOf(ses.calls, rate),
    lambdaSeconds: used.lambdaSeconds / sent.length,
    last: (ses.figures().lastAt - startedAt) / SECOND,
  };
}

import { debts as debtsOf } from './debts.ts';
import { dice } from './dice.ts';
import { type Counted, faults as faultsOf } from './faults.ts';
import { history } from './history.ts';
import { oracle } from './oracle.ts';
import { scenario, sizeOf } from './scenario.ts';
import type { Setting } from './setting.ts';
import { idle, settled, unsettled } from './settled.ts';
import type { Commit } from './sim-table.ts';
import { virtualTime } from './virtual-time.ts';
import { world as worldOf } from './world.ts';

const START = Date.parse('2026-11-23T10:00:00Z');
const MINUTE = 60_000;
/** After the last fault everything must have settled within this time. */
const SETTLES_WITHIN = 3 * 60 * MINUTE;

/** What became of one history. */
export interface Verdict {
  readonly seed: number;
  /** What was promised and not kept. */
  readonly broken?: { readonly promise: string; readonly details: unknown };
  readonly struck: ReadonlyMap<Counted, number>;
  readonly mails: number;
  readonly happened: number;
  /** Virtual minutes it took to settle after the last fault. */
  readonly settledIn: number;
}

/** Lives through the history of one seed, from the first registration until everything has settled. */
export async function simulate(seed: number, read?: (line: string) => void): Promise<Verdict> {
  const chance = dice(String(seed));
  const time = virtualTime(START);
  const faults = faultsOf(chance.fork('faults'));
  const past = history();
  const rate = chance.pick([2, 14, 14, 50]);
  let broken: Verdict['broken'];
  const setting: Setting = {
    time,
    chance: chance.fork('world'),
    faults,
    trace: read ? (who, what) => read(`${stampOf(time.now())} ${who.padEnd(12)} ${what()}`) : () => {},
    violated: (promise, details) => {
      broken ??= { promise, details };
      read?.(`${stampOf(time.now())} BROKEN       ${promise} ${JSON.stringify(details)}`);
    },
  };
  /** Whoever judges is inside a call of somebody else: what breaks there must not look as if that call had failed. */
  const judging =
    <T>(judges: (what: T) => void) =>
    (what: T): void => {
      try {
        judges(what);
      } catch (error) {
        setting.violated('the judge broke', (error as Error).stack);
      }
    };
  let meddle = (_: Commit): void => {};
  let isNight = (_: number): boolean => false;
  const debts = debtsOf();
  const proofs = new Set<string>();
  const judge = oracle(setting, past, { rate, proofs });
  const size = sizeOf(chance.fork('size'));
  const world = worldOf(setting, {
    rate,
    concurrency: chance.pick([1, 2, 3, 5]),
    mails: chance.happens(0.05) ? 'whole' : 'plain',
    committed: judging((commit: Commit) => {
      past.note(commit);
      debts.committed(commit);
      judge.committed(commit);
      meddle(commit);
    }),
    called: judging(judge.called),
    idle: () => isNight(time.now()) || idle(past, debts, time.now()),
  });
  const isBroken = () => broken !== undefined;

  const play = await scenario({ ...setting, chance: chance.fork('people') }, world, { past, proofs, size });
  meddle = play.meddle;
  isNight = play.isNight;
  await time.pass(play.endsAt, isBroken);
  const until = play.goOn();
  if (until !== undefined) await time.pass(until, isBroken);
  faults.stop();
  play.resume();
  const stoppedAt = time.now();
  while (!isBroken() && !settled(world, debts, time.now()) && time.now() < stoppedAt + SETTLES_WITHIN)
    await time.pass(time.now() + 20_000, isBroken);
  if (!isBroken())
    for (const promise of unsettled(world, { past, debts, now: time.now(), ...judge }))
      setting.violated(promise.what, promise.item);
  return {
    seed,
    ...(broken && { broken }),
    struck: faults.struck,
    mails: world.ses.calls.filter(({ accepted }) => accepted).length,
    happened: time.happened(),
    settledIn: (time.now() - stoppedAt) / MINUTE,
  };
}

const stampOf = (now: number) => new Date(now).toISOString().slice(11, 23);

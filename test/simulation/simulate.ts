import { readDelivery } from '#shared/domain/delivery.ts';
import { keys } from '#shared/store/keys.ts';
import type { Item } from '#shared/store/table.ts';
import { TIMED } from './an-event.ts';
import { dice } from './dice.ts';
import { type Counted, faults as faultsOf } from './faults.ts';
import { history } from './history.ts';
import { oracle } from './oracle.ts';
import { scenario, sizeOf } from './scenario.ts';
import type { Setting } from './setting.ts';
import type { Commit } from './sim-table.ts';
import { virtualTime } from './virtual-time.ts';
import { type World, world as worldOf } from './world.ts';

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
  let meddle = (_: Commit): void => {};
  const judge = oracle(setting, past, rate);
  const size = sizeOf(chance.fork('size'));
  const world = worldOf(setting, {
    rate,
    concurrency: chance.pick([1, 2, 3, 5]),
    mails: chance.happens(0.05) ? 'whole' : 'plain',
    committed: (commit) => {
      past.note(commit);
      judge.committed(commit);
      meddle(commit);
    },
    called: judge.called,
  });
  const isBroken = () => broken !== undefined;

  const play = await scenario({ ...setting, chance: chance.fork('people') }, world, past, size);
  meddle = play.meddle;
  await time.pass(play.endsAt, isBroken);
  faults.stop();
  play.resume();
  const stoppedAt = time.now();
  while (!isBroken() && !settled(world, past) && time.now() < stoppedAt + SETTLES_WITHIN)
    await time.pass(time.now() + 20_000, isBroken);
  if (!isBroken()) for (const promise of unsettled(world, past)) setting.violated(promise.what, promise.item);
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
type Past = ReturnType<typeof history>;
const isRow = ({ sk }: Item) => sk.startsWith('REG#');
const isRun = ({ sk }: Item) => sk.startsWith('RUN#');

function settled(world: World, past: Past): boolean {
  return (
    world.quiet() &&
    past.items((item) => (isRow(item) && item.greetDue !== undefined) || item.due !== undefined).length === 0 &&
    past.items((item) => isRun(item) && item.finishedAt === undefined).length === 0
  );
}

/** Whom the end leaves without a mail or a reason. */
function unsettled(world: World, past: Past): { what: string; item: unknown }[] {
  const wrong: { what: string; item: unknown }[] = [];
  const say = (what: string, item: unknown) => wrong.push({ what, item });
  for (const item of past.items((each) => each.due !== undefined)) say('something is due for ever', item);
  for (const run of past.items(isRun)) if (run.finishedAt === undefined) say('a run never ends', run);
  for (const row of past.items(isRow)) {
    if (row.greetDue) say('somebody is owed a mail for ever', row);
    const owed = greetingOf(row);
    const entries = row.deliveries as Record<string, string>;
    if (owed === undefined) say('a seat was never decided', row);
    else if (!entries[owed]) say('somebody was never told where they stand', row);
    for (const [mailKey, entry] of Object.entries(entries))
      if (readDelivery(entry).state === 'claimed') say('a mail is in doubt for ever', { mailKey, row });
  }
  for (const run of past.items(isRun)) wrong.push(...unaccounted(run, past));
  for (const campaign of past.items(({ sk }) => sk === `CAMPAIGN#${TIMED}`)) {
    const byClock = ({ pk, campaignId, occasion }: Item) =>
      pk === campaign.pk && campaignId === TIMED && /^(s1|m0)$/.test(String(occasion));
    const runs = past.items((item) => isRun(item) && byClock(item));
    if (runs.length !== 1) say('a campaign missed its time', campaign);
  }
  if (!world.quiet())
    say(
      'the queues never fall quiet',
      world.names.map((name) => `${name} ${world.queueOf(name).size()}`),
    );
  return wrong;
}

const GREETINGS: Record<string, string> = { confirmed: '1', waitlisted: 'waitlist', cancelled: 'own-cancellation' };
const greetingOf = ({ status, admissions }: Item): string | undefined => {
  const campaign = GREETINGS[String(status)];
  return campaign && `${campaign}@a${admissions}`;
};

/** Everybody the run was for, from its start to its end, has an entry. */
function unaccounted(run: Item, past: Past): { what: string; item: unknown }[] {
  const { eventId, campaignId, occasion } = run as unknown as Record<string, string>;
  const [from, until] = [Number(run.startedAt) * 1000, Number(run.finishedAt) * 1000];
  return past
    .items((row) => isRow(row) && row.eventId === eventId)
    .filter((row) => {
      const key = keys.registration(String(eventId), String(row.registrationId));
      const theirs = past.alwaysFrom(key, from, until, (item) => item !== undefined && item.status === 'confirmed');
      return theirs && (row.deliveries as Record<string, string>)[`${campaignId}@${occasion}`] === undefined;
    })
    .map((row) => ({ what: 'a run left somebody out', item: { run, row } }));
}

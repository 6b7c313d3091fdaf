import { availableParallelism } from 'node:os';
import { parseArgs } from 'node:util';
import { Worker } from 'node:worker_threads';
import { atMost, exactly, type Figure, noted, tableOf } from '#tools/bench/table.ts';
import type { Task } from './bench-worker.ts';
import { LANE_CASES, laneFigures, laneTable } from './lane-rows.ts';
import type { LaneOutcome } from './lanes.ts';
import { POLICIES } from './others.ts';
import type { Spec } from './our-run.ts';
import { dollarsPerMillion, type Outcome, perMail, perMillion, stretch } from './outcome.ts';

/*
 * node test/simulation/bench/bench.ts               what it costs to send, and what is lost on the way: some minutes
 * node test/simulation/bench/bench.ts --people 5000  the same with fewer people: figures of short runs are rougher
 * node test/simulation/bench/bench.ts --rates 14     our own rows of these rates, and the lanes: nothing else
 */
const { values } = parseArgs({ options: { people: { type: 'string', default: '100000' }, rates: { type: 'string' } } });
const PEOPLE = Number(values.people);
/** Models are quick, and one in a hundred batches of 50 is few: more people, or their figures are a matter of luck. */
const MODELLED = 4 * PEOPLE;
const TIMED = 2000;
const RATES = values.rates?.split(',').map(Number) ?? [14, 300, 1000];
/** Whether all there is to count is asked for. */
const WHOLE = values.rates === undefined;
/** What a mail may ask of SQS where most accounts begin. */
const REQUESTS_AT_14 = 2.5;
const started = performance.now();

const ours = (spec: Omit<Spec, 'name' | 'people'>): Spec => ({ name: 'Rollcall', people: PEOPLE, ...spec });
const SPECS: Spec[] = [
  ...RATES.flatMap((rate) => [50, 200].map((latency) => ours({ rate, latency, crashes: 0, receiptLoss: 0.001 }))),
  ...RATES.flatMap((rate) =>
    [0.001, 0.01].map((receiptLoss) =>
      ours({ rate, latency: receiptLoss < 0.01 ? 200 : 50, crashes: 0.01, receiptLoss }),
    ),
  ),
];
const OTHERS = (WHOLE ? POLICIES : []).flatMap((policy) =>
  [0, 0.01].map((crashes) => ({
    name: policy,
    policy,
    people: MODELLED,
    rate: 300,
    latency: 200,
    crashes,
    receiptLoss: 0.001,
  })),
);

const columns: [string, (outcome: Outcome) => string][] = [
  ['policy', ({ name }) => name],
  ['N', ({ people }) => String(people)],
  ['R', ({ rate }) => String(rate)],
  ['SES ms', ({ latency }) => String(latency)],
  ['crashes', ({ crashes }) => `${crashes * 100} %`],
  ['receipts lost', ({ receiptLoss }) => `${receiptLoss * 100} %`],
  ['rate used', ({ share }) => `${(share * 100).toFixed(1)} %`],
  ['busiest s', ({ peak }) => String(peak)],
  ['throttled', ({ throttled }) => `${(throttled * 100).toFixed(2)} %`],
  ['last ÷ N/R', (outcome) => stretch(outcome).toFixed(3)],
  ['dup/M', (outcome) => perMillion(outcome.duplicates, outcome).toFixed(0)],
  ['lost/M', (outcome) => perMillion(outcome.lost, outcome).toFixed(0)],
  ['held/M', (outcome) => perMillion(outcome.held, outcome).toFixed(0)],
  ['WRU', (outcome) => perMail(outcome.usage.writeUnits, outcome).toFixed(2)],
  ['queue req.', (outcome) => perMail(outcome.usage.queueRequests, outcome).toFixed(2)],
  ['Lambda s', (outcome) => perMail(outcome.usage.lambdaSeconds, outcome).toFixed(3)],
  ['$/M', (outcome) => dollarsPerMillion(outcome).toFixed(0)],
];
const lineOf = (cells: readonly string[]) => `| ${cells.join(' | ')} |`;

/** As many scenarios at once as there are processors, the longest first. */
let waiting: (() => void)[] = [];
let free = availableParallelism();
async function perform<T>(task: Task): Promise<T> {
  if (free === 0) await new Promise<void>((go) => waiting.push(go));
  else free--;
  try {
    return await new Promise<T>((resolve, reject) => {
      const worker = new Worker(new URL('./bench-worker.ts', import.meta.url), {
        workerData: task,
        resourceLimits: { maxYoungGenerationSizeMb: 64, ...(task.do === 'fan-out' && { maxOldGenerationSizeMb: 256 }) },
      });
      worker.once('message', resolve);
      worker.once('error', reject);
    });
  } finally {
    const [next, ...others] = waiting;
    waiting = others;
    if (next) next();
    else free++;
  }
}

/** Somebody waits for minutes: each row as it comes. */
function told(outcome: Outcome): Outcome {
  process.stderr.write(`${lineOf(columns.map(([, cell]) => cell(outcome)))} ${outcome.took.toFixed(0)} s\n`);
  return outcome;
}

const all = Promise.all.bind(Promise);
const [outcomes, modelled, lanes] = await all([
  all(SPECS.map((spec) => perform<Outcome>({ do: 'ours', spec }).then(told))),
  all(OTHERS.map((spec) => perform<Outcome>({ do: 'others', spec }).then(told))),
  all(LANE_CASES.map(({ spec }) => perform<LaneOutcome>({ do: 'lanes', spec }))),
]);
const scale = async () =>
  all([
    perform<number>({ do: 'timed', given: { bulk: 0, timed: TIMED, rate: 14 } }),
    perform<number>({ do: 'timed', given: { bulk: PEOPLE, timed: TIMED, rate: 14 } }),
    perform<FanOut>({ do: 'fan-out', given: { people: 1_000_000, rate: 1000, workers: 2 } }),
    perform<FanOut>({ do: 'fan-out', given: { people: 1_000_000, rate: 14, workers: 2 } }),
    perform<number>({ do: 'schedules', given: [20, 10] }),
    perform<number>({ do: 'schedules', given: [20, 2000] }),
  ]);
interface FanOut {
  readonly seconds: number;
  readonly heap: number;
  readonly messages: number;
}

/** What a scenario must keep. After crashes the last mails wait for their messages and doubts: times are only noted. */
function limitsOf(outcome: Outcome): Figure[] {
  const { rate, people, share, peak, throttled, last, crashes, receiptLoss, doubts, duplicates, lost, usage } = outcome;
  const percent = (part: number) => part * 100;
  const atLeast = (what: string, measured: number, limit: number): Figure => ({
    ...atMost(what, limit, measured, ' %'),
    measured: `${measured.toFixed(2)} %`,
    limit: `≥ ${limit} %`,
  });
  const figures = [
    crashes === 0 ? atLeast('rate used', percent(share), 97.5) : noted('rate used', `${percent(share).toFixed(2)} %`),
    atMost('calls in the busiest second', peak, Math.max(rate + 1, 1.02 * rate)),
    atMost('throttled', percent(throttled), 0.1, ' %'),
    atMost('table write units per mail', perMail(usage.writeUnits, outcome), 4),
    ...(rate === 14 ? [atMost('queue requests per mail', perMail(usage.queueRequests, outcome), REQUESTS_AT_14)] : []),
    noted('… if a poller that gathers asks whenever there is something', perMail(outcome.atWorst, outcome).toFixed(2)),
    atMost('lost per million', perMillion(lost, outcome), 0),
  ];
  if (crashes === 0) {
    const most = 1.03 * (people / rate) + 60;
    return [...figures, atMost('seconds to the last mail', last, most), exactly('duplicates', duplicates, 0)];
  }
  if (receiptLoss > 0.001)
    return [...figures, noted('duplicates per million', perMillion(duplicates, outcome).toFixed(1))];
  return [
    ...figures,
    atMost('duplicates per million', perMillion(duplicates, outcome), 2),
    // A run of this size meets one of them or none: what to expect follows from the doubts there were.
    atMost('… to expect from the doubts there were', perMillion(doubts * receiptLoss ** 2, outcome), 2),
    noted('… and if both receipts of a mail got lost together', perMillion(doubts * receiptLoss, outcome).toFixed(2)),
  ];
}

const titleOf = ({ name, rate, latency, crashes, receiptLoss, people }: Spec) =>
  `${name}: ${people} people at ${rate}/s, SES ${latency} ms, ${crashes * 100} % crashes, ${receiptLoss * 100} % of receipts lost`;

const rows = [...outcomes, ...modelled].map((outcome) => columns.map(([, cell]) => cell(outcome)));
const say = (line: string) => process.stdout.write(`${line}\n`);
say('## Sending\n');
say(lineOf(columns.map(([head]) => head)));
say(lineOf(columns.map((_, n) => (n === 0 ? '---' : '--:'))));
for (const row of rows) say(lineOf(row));
say('\n## Lanes\n');
for (const line of laneTable(lanes)) say(line);
say('');

/** Who yields to whom, how far one can walk, and how many clocks there are. */
async function scaleTables() {
  const [alone, beside, million, slowMillion, few, many] = await scale();
  return [
    {
      title: `A timed run of ${TIMED} beside a bulk run of ${PEOPLE} at 14/s`,
      figures: [
        noted('alone', `${alone.toFixed(1)} s`),
        noted('beside it', `${beside.toFixed(1)} s`),
        atMost('slowed down by', (beside / alone - 1) * 100, 5, ' %'),
      ],
    },
    {
      title: 'Fan-out of 1,000,000 people, made page by page, by two workers',
      figures: [
        atMost('simulated seconds, at 1000/s', million.seconds, 60),
        atMost('heap at its largest', million.heap, 256, ' MB'),
        noted('messages', String(million.messages)),
        noted('simulated seconds, at 14/s: a run of 20 hours', slowMillion.seconds.toFixed(0)),
      ],
    },
    {
      title: 'Schedules of an event with 20 campaigns',
      figures: [exactly('for 10 people', few, 20), exactly('for 2,000 people', many, 20)],
    },
  ];
}

const tables = [
  ...outcomes.map((outcome) => ({ title: titleOf(outcome), figures: limitsOf(outcome) })),
  ...laneFigures(lanes),
  ...(WHOLE ? await scaleTables() : []),
];
for (const { title, figures } of tables) say(`${tableOf(title, figures)}\n`);
const broken = tables.flatMap(({ figures }) => figures).filter(({ kept }) => kept === false);
say(`${((performance.now() - started) / 1000).toFixed(0)} s on ${availableParallelism()} cores.`);
say(broken.length === 0 ? 'Every figure is within its limit.' : `${broken.length} figures exceed their limits.`);
process.exitCode = broken.length === 0 ? 0 : 1;

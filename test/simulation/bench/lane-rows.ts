import { atMost, exactly, type Figure } from '#tools/bench/table.ts';
import type { LaneOutcome, LaneSpec } from './lanes.ts';

/** A case of lanes, and what it came to before a worker waited for its slots (commit 2a49468), counted in the same way. */
export interface LaneCase {
  readonly title: string;
  readonly spec: LaneSpec;
  readonly before: { readonly requests: string; readonly loops: number; readonly share: number };
}

const reminder = (people: number) => [{ kind: 'reminder', people }] as const;
const beside = (bulk: number, timed: number) =>
  [
    { kind: 'announcement', people: bulk },
    { kind: 'reminder', people: timed, after: 2 },
  ] as const;

export const LANE_CASES: readonly LaneCase[] = [
  {
    title: '60 `bulk` at 1/s, 4 workers',
    spec: { rate: 1, workers: 4, runs: [{ kind: 'announcement', people: 60 }] },
    before: { requests: '52.30', loops: 35, share: 0.079 },
  },
  {
    title: '200 `timed` at 1/s, 4 workers',
    spec: { rate: 1, workers: 4, runs: reminder(200) },
    before: { requests: '129.33', loops: 432, share: 0.107 },
  },
  {
    title: '300 `bulk` beside 2,000 `timed` at 14/s, 4 workers',
    spec: { rate: 14, workers: 4, runs: beside(300, 2000) },
    before: { requests: '0.73 and 15.68', loops: 93, share: 0.326 },
  },
  {
    title: '2,000 `bulk` beside 10,000 `timed` at 50/s, 4 workers',
    spec: { rate: 50, workers: 4, runs: beside(2000, 10_000) },
    before: { requests: '0.18 and 4.06', loops: 161, share: 0.411 },
  },
];

const HEAD = [
  'lanes',
  'queue req. before',
  'now',
  'taken for loops before',
  'now',
  'returns, the most',
  'rate used before',
  'now',
  'Lambda s',
] as const;
const lineOf = (cells: readonly string[]): string => `| ${cells.join(' | ')} |`;
const percent = (part: number): string => `${(part * 100).toFixed(1)} %`;
const requestsOf = ({ requests: { timed, bulk } }: LaneOutcome): string =>
  [timed, bulk]
    .filter((each) => each > 0)
    .map((each) => each.toFixed(2))
    .join(' and ');

/** The cases as a table: what they came to before, and what now. */
export function laneTable(outcomes: readonly LaneOutcome[]): string[] {
  const rows = LANE_CASES.flatMap(({ title, before }, n) => {
    const now = outcomes[n];
    if (!now) return [];
    const returns = [String(before.loops), String(now.loops), String(now.mostReturns)];
    const shares = [percent(before.share), percent(now.share)];
    return [[title, before.requests, requestsOf(now), ...returns, ...shares, now.lambdaSeconds.toFixed(2)]];
  });
  return [HEAD, HEAD.map((_, n) => (n === 0 ? '---' : '--:')), ...rows].map(lineOf);
}

/** What each case must keep. */
export const laneFigures = (outcomes: readonly LaneOutcome[]): { title: string; figures: Figure[] }[] =>
  LANE_CASES.flatMap(({ title, spec: { rate, workers, runs } }, n) => {
    const now = outcomes[n];
    if (!now) return [];
    const people = runs.reduce((sum, run) => sum + run.people, 0);
    const figures = [
      exactly('messages taken for loops, and dead letters', now.loops + now.deadLetters, 0),
      atMost('returns of a message', now.mostReturns, 4),
      exactly('mails', now.mails, people),
    ];
    const slow = rate === 1 && workers <= 4;
    const requests = Math.max(now.requests.timed, now.requests.bulk);
    return [{ title, figures: slow ? [...figures, atMost('lane requests per mail', requests, 3)] : figures }];
  });

import { neverStruck, type Tally } from './tally.ts';

/** Fewer histories than these need not have lived through every fault. */
const ENOUGH = 2000;

const howToReplay = (seed: number): string => `SEED=${seed} npm run simulate`;

/** What is wrong with histories: promises they broke, and faults that should have struck in so many, and did not. */
export function complaints(tally: Tally): string[] {
  const missed = tally.histories < ENOUGH ? [] : neverStruck(tally);
  return [
    ...missed.map((fault) => `Never struck: ${fault}`),
    ...tally.broken.map(({ seed, promise }) => `BROKEN by seed ${seed}: ${promise}   (${howToReplay(seed)})`),
  ];
}

/** How many histories there were, and how quickly they were lived through. */
export function extent({ histories, mails, happened, longest }: Tally, seconds: number): string[] {
  return [
    `${histories} histories, ${mails} mails, ${happened} steps in ${seconds.toFixed(1)} s`,
    `${(histories / seconds).toFixed(1)} histories a second; settled within ${longest.toFixed(0)} min of the last fault`,
  ];
}

/** The same for the page of a scheduled run: which seeds broke what, and how each is replayed. */
export function inMarkdown(tally: Tally, { from, seconds }: { from: number; seconds: number }): string {
  const { broken } = tally;
  const rows = broken.map(({ seed, promise }) => `| ${seed} | ${promise} | \`${howToReplay(seed)}\` |`);
  const missed = complaints({ ...tally, broken: [] }).map((line) => `- ${line}`);
  return [
    `## Simulation from seed ${from} on`,
    ...extent(tally, seconds).map((line) => `- ${line}`),
    ...missed,
    '',
    ...(broken.length === 0
      ? ['No promise was broken.']
      : ['| seed | promise it broke | replay |', '|--:|---|---|', ...rows]),
    '',
  ].join('\n');
}

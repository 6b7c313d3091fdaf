import { readFileSync, writeFileSync } from 'node:fs';
import { parseArgs } from 'node:util';
import { simulate } from './simulate.ts';
import { seedsFrom, simulateAll } from './simulate-all.ts';
import { neverStruck, type Tally } from './tally.ts';

/*
 * npm run simulate                     2,000 histories
 * npm run simulate -- --seeds 100000   as many as you like; --from says where to start
 * SEED=17 npm run simulate             one of them, told step by step
 */

const CORPUS = new URL('./corpus.json', import.meta.url);
const say = (line: string) => process.stdout.write(`${line}\n`);

const { SEED } = process.env;
process.exitCode = SEED === undefined ? await all() : await one(Number(SEED));

async function one(seed: number): Promise<number> {
  const { broken, struck, mails, settledIn } = await simulate(seed, say);
  say(`\nSeed ${seed}: ${mails} mails, settled ${settledIn} min after the last fault`);
  say(`Faults: ${[...struck].map(([fault, times]) => `${fault} ×${times}`).join(', ') || 'none'}`);
  if (broken) say(`BROKEN: ${broken.promise}\n${JSON.stringify(broken.details, undefined, 2)}`);
  return broken ? 1 : 0;
}

async function all(): Promise<number> {
  const { values } = parseArgs({
    options: { seeds: { type: 'string', default: '2000' }, from: { type: 'string', default: '1' } },
  });
  const corpus = JSON.parse(readFileSync(CORPUS, 'utf8')) as number[];
  const started = performance.now();
  const seeds = seedsFrom(Number(values.from), Number(values.seeds));
  const tally = await simulateAll([...new Set([...corpus, ...seeds])]);
  report(tally, (performance.now() - started) / 1000);
  remember(corpus, tally);
  return tally.broken.length > 0 || neverStruck(tally).length > 0 ? 1 : 0;
}

function report(tally: Tally, seconds: number): void {
  const { histories, mails, happened, longest, struck, broken } = tally;
  for (const [fault, times] of Object.entries(struck).sort()) say(`${fault.padEnd(44)} ${String(times).padStart(8)}`);
  say(`\n${histories} histories, ${mails} mails, ${happened} steps in ${seconds.toFixed(1)} s`);
  say(
    `${(histories / seconds).toFixed(1)} histories a second; settled within ${longest.toFixed(0)} min of the last fault`,
  );
  for (const fault of neverStruck(tally)) say(`Never struck: ${fault}`);
  for (const { seed, promise } of broken) say(`BROKEN by seed ${seed}: ${promise}   (SEED=${seed} npm run simulate)`);
}

/** A seed that once broke a promise is run first for ever after. */
function remember(corpus: readonly number[], { broken }: Tally): void {
  const known = new Set([...corpus, ...broken.map(({ seed }) => seed)]);
  if (known.size === corpus.length) return;
  writeFileSync(CORPUS, `${JSON.stringify([...known].sort((a, b) => a - b))}\n`);
}

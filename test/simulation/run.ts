import { appendFileSync } from 'node:fs';
import { explain } from '#tools/local/failure.ts';
import { corpus, remember } from './corpus.ts';
import { type Plan, simulateOptions, USAGE } from './options.ts';
import { simulate } from './simulate.ts';
import { everySeedFrom, seedsFrom, simulateAll } from './simulate-all.ts';
import { complaints, extent, inMarkdown } from './summary.ts';
import type { Tally } from './tally.ts';

const HOUR = 3600;
const MINUTE = 60;
const say = (line: string) => void process.stdout.write(`${line}\n`);
const secondsSince = (started: number): number => (performance.now() - started) / 1000;

async function one(seed: number): Promise<boolean> {
  const { broken, struck, mails, settledIn } = await simulate(seed, say);
  say(`\nSeed ${seed}: ${mails} mails, settled ${settledIn} min after the last fault`);
  say(`Faults: ${[...struck].map(([fault, times]) => `${fault} ×${times}`).join(', ') || 'none'}`);
  if (broken) say(`BROKEN: ${broken.promise}\n${JSON.stringify(broken.details, undefined, 2)}`);
  return broken === undefined;
}

/** Those of the plan, after those that once broke a promise. */
async function many(plan: Plan, summary: string | undefined): Promise<boolean> {
  const started = performance.now();
  const known = corpus().map(({ seed }) => seed);
  const tally = 'hours' in plan ? await forHours(known, plan) : await simulateAll(withoutRepeats(known, plan));
  const seconds = secondsSince(started);
  for (const [what, times] of Object.entries(tally.struck).sort())
    say(`${what.padEnd(44)} ${String(times).padStart(8)}`);
  const wrong = complaints(tally);
  for (const line of ['', ...extent(tally, seconds), ...wrong]) say(line);
  if (summary !== undefined) appendFileSync(summary, inMarkdown(tally, { from: plan.from, seconds }));
  remember(tally.broken);
  return wrong.length === 0;
}

const withoutRepeats = (known: readonly number[], { from, seeds }: { from: number; seeds: number }): Set<number> =>
  new Set([...known, ...seedsFrom(from, seeds)]);

/** Tells of each broken promise at once, and every minute how far it is; whoever interrupts it has the summary, too. */
async function forHours(known: readonly number[], { from, hours }: { from: number; hours: number }): Promise<Tally> {
  const started = performance.now();
  let stopped = false;
  let told = 0;
  for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => (stopped = true));
  say(`From seed ${from} on, for ${hours} h`);
  return simulateAll(endlessly(known, from), {
    isOver: () => stopped || secondsSince(started) >= hours * HOUR,
    lived: (batch, all) => {
      for (const line of complaints({ ...batch, histories: 0 })) say(line);
      const minutes = Math.floor(secondsSince(started) / MINUTE);
      if (minutes <= told) return;
      told = minutes;
      const rate = (all.histories / secondsSince(started)).toFixed(1);
      say(`${minutes} min: ${all.histories} histories, ${rate} a second, ${all.broken.length} broken`);
    },
  });
}

function* endlessly(known: readonly number[], from: number): Generator<number> {
  yield* known;
  yield* everySeedFrom(from);
}

try {
  const options = simulateOptions(process.argv.slice(2), { SEED: process.env['SEED'], now: new Date() });
  if (options.do === 'help') say(USAGE.trimEnd());
  else {
    const isClean = options.do === 'one' ? await one(options.seed) : await many(options.plan, options.summary);
    process.exitCode = isClean ? 0 : 1;
  }
} catch (error) {
  for (const line of explain(error)) process.stderr.write(`${line}\n`);
  process.exitCode = 2;
}

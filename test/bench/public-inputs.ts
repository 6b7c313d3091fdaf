import { apiInputs, apiRoutes, type PublicInput, SITE_ROUTES, siteInputs } from '#test/support/public-inputs.ts';
import { atMost, type Figure, noted, tableOf } from '#tools/bench/table.ts';

/*
 * node test/bench/public-inputs.ts   what of a processor anybody can have by one request, at its largest. Ends with 1 when
 * that is more than its limit.
 */

/** Milliseconds of a processor. */
const LIMIT = 50;

interface Measured {
  readonly what: string;
  readonly ms: number;
}

/** The least of three: what was compiled or tidied up meanwhile is not the request's. */
async function cpuOf({ send, most }: PublicInput): Promise<number> {
  let least = Number.POSITIVE_INFINITY;
  for (let n = 0; n < 3; n++) {
    const before = process.threadCpuUsage();
    await send(most);
    const { user, system } = process.threadCpuUsage(before);
    least = Math.min(least, (user + system) / 1000);
    if (least < 1) break;
  }
  return least;
}

async function measure(route: string, inputs: readonly PublicInput[]): Promise<Measured[]> {
  const measured: Measured[] = [];
  for (const input of inputs) measured.push({ what: `${route}, ${input.what}`, ms: await cpuOf(input) });
  return measured;
}

function figuresOf(who: string, all: readonly Measured[]): Figure[] {
  const [worst, ...others] = [...all].sort((a, b) => b.ms - a.ms);
  if (!worst) throw new Error('Nothing was measured');
  return [
    noted(`inputs of ${who}`, String(all.length)),
    atMost(`the worst: ${worst.what}`, worst.ms, LIMIT, ' ms'),
    ...others.slice(0, 3).map(({ what, ms }) => noted(`then: ${what}`, `${ms.toFixed(2)} ms`)),
  ];
}

const byAnybody: Measured[] = [];
for (const route of SITE_ROUTES) byAnybody.push(...(await measure(route, await siteInputs(route))));
const byKey: Measured[] = [];
for (const route of await apiRoutes()) {
  const measured = await measure(`${route.method} ${route.path}`, await apiInputs(route));
  byAnybody.push(...measured.filter(({ what }) => what.includes('without a key')));
  byKey.push(...measured.filter(({ what }) => !what.includes('without a key')));
}
const figures = [...figuresOf('anybody', byAnybody), ...figuresOf('whoever holds a key', byKey)];
process.stdout.write(`${tableOf('CPU of one request, at the most it may hold', figures)}\n`);
process.exitCode = figures.some(({ kept }) => kept === false) ? 1 : 0;

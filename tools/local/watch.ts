import { watch } from 'node:fs';
import { basename, join } from 'node:path';
import { explain } from './failure.ts';
import { ROOT } from './paths.ts';
import { type Report, seconds } from './report.ts';

const FOLDERS = ['events', 'functions', 'infra', 'shared'];
const QUIET_MS = 300;

/** Runs `redeploy` when the code has changed and been left alone for a moment; never two at once. Gives what stops it. */
export const watchCode = (redeploy: () => Promise<unknown>, report: Report): (() => void) => {
  const deployOnChange = debounced(async (changed) => {
    const startedAt = performance.now();
    report.line(`\n  ${changed} changed, deploying …`);
    try {
      await redeploy();
      report.line(`  Deployed (${seconds(performance.now() - startedAt)}).`);
    } catch (error) {
      if (deployOnChange.isStopped()) return;
      report.line(explain(error).join('\n'));
      report.line('  The version before goes on running.');
    }
  }, QUIET_MS);
  const watchers = FOLDERS.map((folder) =>
    watch(join(ROOT, folder), { recursive: true }, (_event, file) => {
      if (file && isCode(file)) deployOnChange.poke(join(folder, file));
    }),
  );
  return () => {
    deployOnChange.stop();
    for (const watcher of watchers) watcher.close();
  };
};

/** Whether a changed file is one of ours, and not the scratch copy of an editor. */
const isCode = (file: string): boolean => /^[^.].*\.[a-z]+$/.test(basename(file)) && !/\.(swp|swx|tmp)$/.test(file);

/** Calls `work` once pokes have ceased for `quietMs`; pokes during the work lead to exactly one more call after it. */
export const debounced = (work: (poke: string) => Promise<void>, quietMs: number) => {
  let timer: NodeJS.Timeout | undefined;
  let waiting: string | undefined;
  let isWorking = false;
  let isStopped = false;
  const run = async (): Promise<void> => {
    if (isWorking || isStopped || waiting === undefined) return;
    const poke = waiting;
    waiting = undefined;
    isWorking = true;
    await work(poke);
    isWorking = false;
    if (waiting !== undefined) timer = setTimeout(run, quietMs);
  };
  return {
    isStopped: (): boolean => isStopped,
    poke(what: string): void {
      waiting = what;
      clearTimeout(timer);
      if (!isWorking) timer = setTimeout(run, quietMs);
    },
    stop(): void {
      isStopped = true;
      clearTimeout(timer);
    },
  };
};

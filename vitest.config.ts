import { availableParallelism } from 'node:os';
import { defineConfig } from 'vitest/config';

const MINUTE = 60_000;

/** Tests of nothing but this process: as many files at once as there are processors, before all others. */
const alone = { maxWorkers: availableParallelism(), testTimeout: MINUTE, hookTimeout: 2 * MINUTE };

/** Tests against the deployed app, one file at a time: they share one AWS, and some stop all sending for a moment. */
const onLocalAws = (groupOrder: number) => ({
  globalSetup: ['test/support/local-aws.ts'],
  testTimeout: MINUTE,
  hookTimeout: MINUTE,
  fileParallelism: false,
  sequence: { groupOrder },
});

const project = (name: string, settings: object = {}) => ({
  extends: true as const,
  test: { name, include: [`test/${name}/**/*.test.ts`], ...settings },
});

export default defineConfig({
  test: {
    mockReset: true,
    // Node itself loads the tests, as it loads the functions: nothing is transformed, and CommonJS looks as it does there.
    experimental: { viteModuleRunner: false },
    projects: [
      // These share a process and what it has imported: importing costs more than most of the tests do.
      project('unit', { ...alone, isolate: false }),
      project('infra', { ...alone, globalSetup: ['test/support/python.ts'] }),
      // Every core for itself.
      project('simulation', { testTimeout: 10 * MINUTE, sequence: { groupOrder: 4 } }),
      project('integration', onLocalAws(1)),
      project('e2e', onLocalAws(2)),
      project('browser', onLocalAws(3)),
    ],
  },
});

import { expect, test } from 'vitest';
import { countTests, type RunModule, selection } from '#tools/local/test-run.ts';

const file = (states: readonly string[], ok = !states.includes('failed')): RunModule => ({
  ok: () => ok,
  children: { allTests: () => states.map((state) => ({ result: () => ({ state }) })) },
});

test('words that name projects choose them, the others choose files', () => {
  expect(selection(['unit', 'capacity', 'e2e'])).toEqual({ projects: ['unit', 'e2e'], filters: ['capacity'] });
});

test('passed and failed tests are counted, skipped ones are neither', () => {
  expect(countTests([file(['passed', 'failed']), file(['passed', 'skipped'])], 0)).toEqual({ passed: 2, failed: 1 });
});

test('a file that broke outside of its tests counts as one failure', () => {
  expect(countTests([file([], false), file(['passed'], false)], 0)).toEqual({ passed: 1, failed: 2 });
});

test('an error nobody caught is a failure', () => {
  expect(countTests([file(['passed'])], 1)).toEqual({ passed: 1, failed: 1 });
});

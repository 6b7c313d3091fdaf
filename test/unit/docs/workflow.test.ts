import { readFileSync } from 'node:fs';
import { expect, test } from 'vitest';
import { parse } from 'yaml';
import * as z from 'zod';
import { simulateOptions } from '#test/simulation/options.ts';

const Step = z.object({
  uses: z.string().optional(),
  run: z.string().optional(),
  env: z.record(z.string(), z.string()).optional(),
});
const Workflow = z.object({
  on: z.object({ schedule: z.array(z.object({ cron: z.string() })) }),
  permissions: z.record(z.string(), z.string()),
  jobs: z.object({ simulate: z.object({ 'timeout-minutes': z.number(), steps: z.array(Step) }) }),
});

const file = readFileSync('.github/workflows/simulate.yml', 'utf8');
const { on, permissions, jobs } = Workflow.parse(parse(file));
const { steps, 'timeout-minutes': minutes } = jobs.simulate;
const [command = ''] = steps.flatMap(({ run = '' }) => (run.startsWith('npm run') ? [run] : []));

test('the scheduled simulation comes once a week, and may read this repository and nothing else', () => {
  expect(on.schedule).toEqual([{ cron: expect.stringMatching(/^\d+ \d+ \* \* [0-6]$/) }]);
  expect(permissions).toEqual({ contents: 'read' });
});

test('it says a command that there is, in words that are understood, and writes what it found on its own page', () => {
  const { scripts } = JSON.parse(readFileSync('package.json', 'utf8')) as { scripts: Record<string, string> };
  const [, script = '', said = ''] = /^npm run (\w+) -- (.*)$/.exec(command) ?? [];
  expect(scripts).toHaveProperty(script);
  expect(said).toContain('--summary "$GITHUB_STEP_SUMMARY"');
  const words = (from: string) =>
    said
      .replace('"$HOURS"', '5')
      .replace(/\$\{FROM\S* \S*\}/, from)
      .replace('"$GITHUB_STEP_SUMMARY"', 'page.md')
      .split(' ')
      .filter((word) => word !== '');
  const now = new Date('2026-11-30T20:00:00Z');
  const read = (from: string) => simulateOptions(words(from), { SEED: undefined, now });
  expect(read('')).toMatchObject({ do: 'many', plan: { hours: 5 }, summary: 'page.md' });
  expect(read('--from 7')).toMatchObject({ plan: { from: 7, hours: 5 } });
  expect(minutes).toBeGreaterThan(5 * 60);
});

test('no value of a request is put into a shell’s words', () => {
  for (const { run = '' } of steps) expect(run).not.toContain('${{');
});

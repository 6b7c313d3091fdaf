import { expect, test } from 'vitest';
import { reportTo, seconds } from '#tools/local/report.ts';

const recorder = (isTTY: boolean) => {
  let text = '';
  const out = {
    isTTY,
    columns: 80,
    write: (more: string) => {
      text += more;
    },
  };
  return { report: reportTo(out), text: () => text };
};

test('a step ends as one plain line where nobody watches', async () => {
  const { report, text } = recorder(false);
  await report.step('Python packages', async (rename) => rename('Python packages are there'));
  expect(text()).toBe('  ok Python packages are there (0.0 s)\n');
});

test('a terminal shows what is running and then a tick', async () => {
  const { report, text } = recorder(true);
  await report.step('cdk deploy', async () => {});
  expect(text()).toContain('… cdk deploy');
  expect(text()).toContain('✔');
});

test('a step that fails says so and passes the error on', async () => {
  const { report, text } = recorder(false);
  const failing = report.step('cdk deploy', () => Promise.reject(new Error('no')));
  await expect(failing).rejects.toThrow('no');
  expect(text()).toContain('failed: cdk deploy');
});

test('times are as exact as a person cares for', () => {
  expect([42, 1234, 9_949, 9_951, 61_400].map(seconds)).toEqual(['0.0 s', '1.2 s', '9.9 s', '10 s', '61 s']);
});

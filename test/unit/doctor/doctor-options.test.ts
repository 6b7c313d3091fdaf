import { expect, test } from 'vitest';
import { doctorOptions, USAGE } from '#tools/doctor/doctor-options.ts';

const read = (line: string) => doctorOptions(line.split(' ').filter(Boolean));

test('the stage is local unless another is named, and nothing slow is done unasked', () => {
  expect(read('')).toEqual({ help: false, stage: 'local', json: false, drift: false, keys: false });
  expect(read('--stage prod --json --drift --keys')).toEqual({
    help: false,
    stage: 'prod',
    json: true,
    drift: true,
    keys: true,
  });
  expect(read('-h')).toMatchObject({ help: true });
});

test.each([
  ['--fix', 'Unknown option'],
  ['prod', 'Unexpected argument'],
  ['--stage', 'argument missing'],
  ['--stage=', 'a stage is a name'],
  ['--stage a/b', 'a stage is a name'],
  ['--stage ../x', 'a stage is a name'],
  [`--stage ${'x'.repeat(200)}`, 'a stage is a name'],
  ['--json=yes', 'does not take an argument'],
])('“%s” is answered with one sentence', (line, sentence) => {
  expect(() => read(line)).toThrow(sentence);
  try {
    read(line);
  } catch (error) {
    expect((error as Error).message).not.toContain('\n');
  }
});

test('its help fits a terminal of 80 columns and says how it ends', () => {
  for (const line of USAGE.split('\n')) expect(line.length).toBeLessThanOrEqual(80);
  for (const option of ['--stage', '--drift', '--keys', '--json', '--help']) expect(USAGE).toContain(option);
  expect(USAGE).toMatch(/ends with 0 when.*with 1 when.*with 2 when/s);
});

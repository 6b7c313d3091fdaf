import { expect, test } from 'vitest';
import { startOptions } from '#tools/local/start-options.ts';

test('without words on the command line everything is as usual', () => {
  expect(startOptions([])).toEqual({ fresh: false, watch: false, help: false, timings: undefined });
});

test('shortened timings are told as an option or as the CDK would be told', () => {
  expect(startOptions(['--timings', '1/30']).timings).toBe('1/30');
  expect(startOptions(['-c', 'timings=1/30', '--fresh'])).toMatchObject({ timings: '1/30', fresh: true });
});

test.each([
  [['--frsh'], /--frsh.*--help/],
  [['--timings', '0'], /--timings is "0".*fraction such as 1\/30/],
  [['-c', 'stage=prod'], /-c stage=prod.*passes on no other setting/],
])('%j is refused in a sentence that names it', (args, sentence) => {
  expect(() => startOptions(args)).toThrow(sentence);
});

import { expect, test } from 'vitest';
import { freePort, isFree } from '#tools/local/ports.ts';
import { run, start } from '#tools/local/process.ts';

const shell = (script: string) => start('/bin/sh', ['-c', script], { env: { PATH: '/usr/bin:/bin' } });

test('stopping a program stops what it started as well', async () => {
  const port = await freePort();
  const listen = `require('node:net').createServer().listen(${port}, '127.0.0.1')`;
  const child = await shell(`"${process.execPath}" -e "${listen}" & wait`);
  await expect.poll(() => isFree(port), { timeout: 5_000 }).toBe(false);
  await child.stop(5);
  await expect.poll(() => isFree(port)).toBe(true);
});

test('a program that will not end is killed after its grace', async () => {
  const child = await shell('trap "" TERM; echo ready; while :; do sleep 0.05; done');
  await expect.poll(() => child.lastLines()).toEqual(['ready']);
  await child.stop(0.1);
  expect((await child.ended).signal).toBe('SIGKILL');
});

test('a failed run is told with its last lines', async () => {
  const failing = run('/bin/sh', ['-c', 'echo one; echo two >&2; exit 3'], {
    env: {},
    failed: (lines) => new Error([...lines].sort().join(' ')),
  });
  await expect(failing).rejects.toThrow('one two');
});

test('a program that is not there is a failure like any other', async () => {
  const failing = run('/no/such/program', [], { env: {}, failed: (lines) => new Error(`told: ${lines}`) });
  await expect(failing).rejects.toThrow(/told: .*ENOENT/);
});

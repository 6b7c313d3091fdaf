import { spawn } from 'node:child_process';
import { once } from 'node:events';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const MODULE = join(import.meta.dirname, '../../../tools/local/stop-request.ts');
const PROGRAM = `
  const { stopRequest } = await import(${JSON.stringify(MODULE)});
  const stay = setInterval(() => {}, 1000);
  stopRequest().addEventListener('abort', () => { console.log('stopped'); clearInterval(stay); });
  console.log('ready');`;

/** A program that a shell of npm's started, as npm does; what it says, line by line. */
async function started() {
  const env = { ...process.env, npm_lifecycle_event: 'chaos', NODE: process.execPath, PROGRAM };
  const shell = spawn('sh', ['-c', '"$NODE" --input-type=module -e "$PROGRAM" & echo $!; wait'], { env });
  let said = '';
  shell.stdout.setEncoding('utf8').on('data', (text: string) => {
    said += text;
  });
  while (!said.includes('ready')) await once(shell.stdout, 'data');
  const all = async () => {
    await once(shell.stdout, 'end');
    return said;
  };
  return { shell, pid: Number(/^\d+$/m.exec(said)?.[0]), all };
}

test('a program that npm left behind when it was asked to end, ends', async () => {
  const { shell, all } = await started();
  shell.kill('SIGTERM');
  expect(await all()).toContain('stopped');
});

test.each(['SIGINT', 'SIGTERM', 'SIGHUP'] as const)('%s asks it to end', async (signal) => {
  const { pid, all } = await started();
  process.kill(pid, signal);
  expect(await all()).toContain('stopped');
});

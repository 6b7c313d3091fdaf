import { mkdtemp, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import { takeLock } from '#tools/local/lock.ts';

const SITE = 'http://localhost:3000';
const lockFile = async () => join(await mkdtemp(join(tmpdir(), 'rollcall-lock-')), 'run.lock');

test('a second launcher is told where the first one is', async () => {
  const file = await lockFile();
  const first = await takeLock(file, SITE);
  await expect(takeLock(file, SITE)).rejects.toThrow(/running already: it is at http:\/\/localhost:3000/);
  await first.release();
  await (await takeLock(file, SITE)).release();
});

test('a lock left behind by a crash is nobody’s', async () => {
  const file = await lockFile();
  const { release } = await takeLock(file, SITE);
  await release();
  await writeFile(file, JSON.stringify({ port: 1, token: 'x', siteUrl: SITE }));
  await (await takeLock(file, SITE)).release();
});

test('a lock file that is no lock is overwritten', async () => {
  const file = await lockFile();
  await writeFile(file, '');
  await (await takeLock(file, SITE)).release();
});

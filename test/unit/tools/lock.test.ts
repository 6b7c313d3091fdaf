import { mkdtemp, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, expect, test } from 'vitest';
import { takeLock } from '#tools/local/lock.ts';

const SITE = 'http://localhost:3000';
const folder = await mkdtemp(join(tmpdir(), 'rollcall-lock-'));
afterAll(() => rm(folder, { recursive: true }));

test('a second launcher is told where the first one is', async () => {
  const file = join(folder, 'first.lock');
  const first = await takeLock(file, SITE);
  await expect(takeLock(file, SITE)).rejects.toThrow(/running already: it is at http:\/\/localhost:3000/);
  await first.release();
  await (await takeLock(file, SITE)).release();
});

test('a lock left behind by a crash is nobody’s', async () => {
  const file = join(folder, 'crashed.lock');
  const { release } = await takeLock(file, SITE);
  await release();
  await writeFile(file, JSON.stringify({ port: 1, token: 'x', siteUrl: SITE }));
  await (await takeLock(file, SITE)).release();
});

test('a lock file that is no lock is overwritten', async () => {
  const file = join(folder, 'broken.lock');
  await writeFile(file, '');
  await (await takeLock(file, SITE)).release();
});

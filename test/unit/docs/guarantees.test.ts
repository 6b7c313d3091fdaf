import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const lines = readFileSync(join(ROOT, 'docs/guarantees.md'), 'utf8').split('\n');
const rows = lines
  .filter((line) => line.startsWith('| ') && !line.startsWith('| promise'))
  .map((line) => line.slice(2, -2));

/** What a row names: each test's name with the file that was named before it. */
function testsIn(cell: string): { file: string; name: string }[] {
  let file = '';
  return [...cell.matchAll(/`([a-z0-9-]+\/[a-z0-9/-]+)`|“([^”]+)”/g)].flatMap(([, path, name]) => {
    if (path) file = path;
    return name ? [{ file, name }] : [];
  });
}

const sourceOf = (file: string): string => {
  const path = ['.test.ts', '.ts'].map((end) => join(ROOT, 'test', `${file}${end}`)).find(existsSync);
  return path ? readFileSync(path, 'utf8') : '';
};

test('there are promises', () => {
  expect(rows.length).toBeGreaterThan(50);
});

test.each(rows.map((row) => row.split(' | ')))('%s: its tests are there', (promise, kept = '') => {
  const tests = testsIn(kept);
  expect(tests, promise).not.toHaveLength(0);
  for (const { file, name } of tests) expect(sourceOf(file), `${file}: ${name}`).toContain(name);
});

import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const HEADS = ['| promise', '| what ', '|---'];

/** The rows of a page's tables, without their heads. */
const rowsOf = (page: string): string[] =>
  readFileSync(join(ROOT, 'docs', page), 'utf8')
    .split('\n')
    .filter((line) => line.startsWith('|') && !HEADS.some((head) => line.startsWith(head)))
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
  expect(rowsOf('guarantees.md').length).toBeGreaterThan(50);
});

test.each(rowsOf('guarantees.md').map((row) => row.split(' | ')))('%s: its tests are there', (promise, kept = '') => {
  const tests = testsIn(kept);
  expect(tests, promise).not.toHaveLength(0);
  for (const { file, name } of tests) expect(sourceOf(file), `${file}: ${name}`).toContain(name);
});

test.each(rowsOf('threats.md').map((row) => row.split(' | ')))('against %s: its tests are there', (threat, ...held) => {
  const tests = testsIn(held.at(-1) ?? '');
  expect(tests, threat).not.toHaveLength(0);
  for (const { file, name } of tests) expect(sourceOf(file), `${file}: ${name}`).toContain(name);
});

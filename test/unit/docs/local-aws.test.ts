import { readdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { expect, test } from 'vitest';
import * as z from 'zod';

const ROOT = join(import.meta.dirname, '../../..');
const Limit = z.strictObject({
  id: z.string(),
  calls: z.array(z.string()).min(1),
  what: z.string(),
  most: z.int().optional(),
  least: z.int().optional(),
  pattern: z.string().optional(),
  status: z.int(),
  code: z.string(),
  message: z.string(),
  page: z.string().regex(/\.html$/),
  read: z.iso.date(),
});
const limits = z.array(Limit).parse(JSON.parse(readFileSync(join(ROOT, 'tools/local/strict/limits.json'), 'utf8')));
const docs = readFileSync(join(ROOT, 'docs/local-aws.md'), 'utf8');
const [, table = ''] = docs.split('## Limits that are enforced').map((part) => part.split('\n## ')[0]);
const rows = table.split('\n').filter((line) => line.startsWith('| `'));

const limitOf = ({ most, least, pattern }: z.infer<typeof Limit>): string => {
  if (most !== undefined) return `${most.toLocaleString('en')} at most`;
  if (least !== undefined) return `${least} at least`;
  return pattern === undefined ? 'that of the queue' : `\`${pattern.replaceAll('|', '\\|')}\``;
};

test('the table of limits is what the local AWS enforces, with the page that states each', () => {
  const written = limits.map((limit) => {
    const { id, what, status, code, page } = limit;
    return `| \`${id}\` | ${what} | ${limitOf(limit)} | ${status} ${code} | \`${page}\` |`;
  });
  expect(rows).toEqual(written);
  expect(new Set(limits.map(({ id }) => id)).size).toBe(limits.length);
});

test('each limit is met by a test against the local AWS', () => {
  const folder = join(ROOT, 'test/integration');
  const files = readdirSync(folder).filter((name) => name.endsWith('.test.ts'));
  const sources = files.map((name) => readFileSync(join(folder, name), 'utf8')).join('\n');
  for (const { id } of limits)
    expect(sources).toMatch(new RegExp(`id: '${id}'|\\(${id}\\)|\\['${id}'|^    '${id}',$`, 'm'));
});

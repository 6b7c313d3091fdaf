import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';

const ROOT = join(import.meta.dirname, '../../..');
const read = (path: string): string => readFileSync(join(ROOT, path), 'utf8');
const page = read('docs/architecture.md');

describe('the map of the house', () => {
  test('has every key of the table, and no key that is gone', () => {
    const heads = (text: string) => new Set(text.match(/[A-Z]{3,}(?=#|')|(?<=#)[A-Z]{4,}/g));
    const spelt = heads(read('shared/store/keys.ts'));
    expect(spelt.size).toBeGreaterThan(15);
    for (const word of spelt) expect(page, word).toMatch(new RegExp(`\\b${word}\\b`));
    for (const [, word = ''] of page.matchAll(/`(?:EVENT#<eventId>#)?([A-Z]{4,})(?:#[^`]*)?`/g))
      expect([...spelt], word).toContain(word);
  });

  test('names files, decisions and folders that are there', () => {
    const linked = [...page.matchAll(/\]\(([a-z0-9/.-]+)\)/g)].map(([, path = '']) => join('docs', path));
    const named = [...page.matchAll(/`((?:shared|infra|functions|events|tools|test|\.biome)\/[\w/.-]*)`/g)];
    const all = [...linked, ...named.map(([, path = '']) => path)];
    expect(all.length).toBeGreaterThan(10);
    for (const path of all) expect(existsSync(join(ROOT, path)), path).toBe(true);
  });

  test('the glossary is in the order of the alphabet, each word once', () => {
    const words = [...read('docs/glossary.md').matchAll(/^\| \*\*(.+?)\*\*/gm)].map(([, word = '']) => word);
    expect(words.length).toBeGreaterThan(40);
    expect(words).toEqual([...new Set(words)].sort((a, b) => a.localeCompare(b, 'en')));
  });

  test('the version of Node that editors and shells pick is the one the project runs on', () => {
    expect(read('.nvmrc').trim()).toBe(JSON.parse(read('package.json')).devDependencies.node);
  });
});

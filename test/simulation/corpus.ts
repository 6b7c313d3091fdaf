import { readFileSync, writeFileSync } from 'node:fs';

/** A seed that once broke a promise, which that was, and whose mistake: the engine's, or that of who judges it. */
export interface Case {
  readonly seed: number;
  readonly whose?: 'engine' | 'judge';
  readonly why?: string;
}

const FILE = new URL('./corpus.json', import.meta.url);

/** All of them, by seed. */
export const corpus = (): readonly Case[] => JSON.parse(readFileSync(FILE, 'utf8')) as Case[];

/** A seed that broke a promise is run first for ever after; whose mistake it was is written beside it by hand. */
export function remember(broken: readonly { readonly seed: number; readonly promise: string }[]): void {
  const known = corpus();
  const news = broken.filter(({ seed }) => !known.some((each) => each.seed === seed));
  if (news.length === 0) return;
  const all = [...known, ...news.map(({ seed, promise }) => ({ seed, why: promise }))].sort((a, b) => a.seed - b.seed);
  writeFileSync(FILE, `[\n${all.map((each) => `  ${JSON.stringify(each)}`).join(',\n')}\n]\n`);
}

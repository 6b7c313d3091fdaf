import { expect, test } from 'vitest';
import { complaints, inMarkdown } from '#test/simulation/summary.ts';
import { NOTHING, type Tally } from '#test/simulation/tally.ts';

const broken = [{ seed: 40549, promise: 'a registration that was acknowledged is lost' }];
const few: Tally = { ...NOTHING, histories: 100, mails: 700, happened: 4000, longest: 12, broken };

test('a seed that broke a promise is named with the promise and how to replay it', () => {
  expect(complaints(few)).toEqual([
    'BROKEN by seed 40549: a registration that was acknowledged is lost   (SEED=40549 npm run simulate)',
  ]);
  const page = inMarkdown(few, { from: 40501, seconds: 4 });
  expect(page).toContain('## Simulation from seed 40501 on');
  expect(page).toContain('25.0 histories a second');
  expect(page).toContain('| 40549 | a registration that was acknowledged is lost | `SEED=40549 npm run simulate` |');
});

test('a fault that never struck is a complaint of many histories, and none of a few', () => {
  const clean = { ...few, broken: [] };
  expect(complaints(clean)).toEqual([]);
  expect(inMarkdown(clean, { from: 1, seconds: 4 })).toContain('No promise was broken.');
  expect(complaints({ ...clean, histories: 2000 })).toContain('Never struck: killed before a call');
});

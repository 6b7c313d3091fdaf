import fc from 'fast-check';
import { expect, test } from 'vitest';
import { walk } from '#functions/organiser-api/walk.ts';

/** A listing in batches of any sizes; a place is the last item seen. */
function listing(batches: readonly number[][]) {
  const read = async (place = -1) => {
    const [items = [], ...rest] = batches
      .map((batch) => batch.filter((item) => item > place))
      .filter(({ length }) => length);
    return { items, next: rest.length > 0 ? items.at(-1) : undefined };
  };
  return { all: batches.flat(), read };
}

test('whatever the batches, pages and filter, each item that fits comes once and in order', async () => {
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.integer({ min: 1, max: 6 }), { maxLength: 8 }),
      fc.integer({ min: 1, max: 7 }),
      fc.integer({ min: 1, max: 9 }),
      fc.integer({ min: 1, max: 4 }),
      async (sizes, limit, mostRead, every) => {
        let n = 0;
        const { all, read } = listing(sizes.map((size) => Array.from({ length: size }, () => n++)));
        const keep = (item: number) => item % every === 0;
        const seen: number[] = [];
        let from: number | undefined;
        let pages = 0;
        do {
          const page = await walk<number, number>({ read, from, keep, limit, mostRead });
          expect(page.items.length).toBeLessThanOrEqual(limit);
          seen.push(...page.items);
          from = page.last;
          expect(++pages).toBeLessThanOrEqual(all.length + 1);
        } while (from !== undefined);
        expect(seen).toEqual(all.filter(keep));
      },
    ),
  );
});

test('a rare match does not cost the whole listing: the page ends short', async () => {
  let reads = 0;
  const read = async (place = 0) => {
    reads++;
    return { items: Array.from({ length: 10 }, (_, i) => place + i), next: place + 10 };
  };
  const page = await walk<number, number>({ read, from: undefined, keep: () => false, limit: 5, mostRead: 30 });
  expect(page).toEqual({ items: [], last: 29 });
  expect(reads).toBe(3);
});

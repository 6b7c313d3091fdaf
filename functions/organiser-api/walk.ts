/** One page of a store's listing, and where the next begins. */
interface Batch<Item, Place> {
  readonly items: readonly Item[];
  readonly next: Place | undefined;
}

interface Walk<Item, Place> {
  readonly read: (place: Place | undefined) => Promise<Batch<Item, Place>>;
  readonly from: Place | undefined;
  readonly keep: (item: Item) => boolean;
  readonly limit: number;
  /** Reading ends here even if the page is not full: a rare match must not cost the whole table. */
  readonly mostRead: number;
}

/**
 * Walks a listing until a page is full. `last` is the last item looked at, from which the next page goes on; undefined
 * at the end. A page may be short, or empty, before the end.
 */
export async function walk<Item, Place>({ read, from, keep, limit, mostRead }: Walk<Item, Place>) {
  const items: Item[] = [];
  let seen = 0;
  let place = from;
  while (true) {
    const batch = await read(place);
    for (const [i, item] of batch.items.entries()) {
      seen++;
      if (keep(item)) items.push(item);
      const isEnd = i === batch.items.length - 1 && batch.next === undefined;
      if (items.length === limit) return { items, last: isEnd ? undefined : item };
      if (seen >= mostRead && !isEnd) return { items, last: item };
    }
    if (batch.next === undefined) return { items, last: undefined };
    place = batch.next;
  }
}

import { KeptWish, WISH_KEPT_FOR } from '#shared/domain/link-wish.ts';
import type { Epoch } from '#shared/domain/time.ts';
import { ifStill } from './if-still.ts';
import { keys } from './keys.ts';
import type { Table } from './table.ts';

/** By this the clock's index lists wishes that nobody has looked at yet. */
const DUE = 'links';

interface NewWish extends Pick<KeptWish, 'wishId' | 'sealed'> {
  readonly now: Epoch;
  /** When somebody should have looked at it; epoch seconds. */
  readonly dueAt: Epoch;
}

/** Wishes for links, from the press until somebody has looked, and for an hour at most. */
export function linkWishStore(table: Table) {
  return {
    /** Keeps a wish and says so: one write, whoever it is about. */
    async add({ wishId, sealed, now, dueAt }: NewWish): Promise<void> {
      const until = now + WISH_KEPT_FOR;
      const item = { ...keys.linkWish(wishId), wishId, sealed, until, expiresAt: until, due: DUE, dueAt };
      await table.put({ item, fact: 'link.requested' });
    },

    async get(wishId: string): Promise<KeptWish | undefined> {
      const item = await table.get(keys.linkWish(wishId), { consistent: true });
      return item && KeptWish.parse(item);
    },

    /** Forgets a wish: somebody has looked, or it is too late. */
    forget: (wishId: string): Promise<void> => table.remove(keys.linkWish(wishId)),

    /** Wishes that somebody should have looked at by now. */
    async left(now: Epoch): Promise<string[]> {
      const { items } = await table.query({ index: 'due', partition: DUE, atMost: now, limit: 100 });
      return items.map(({ pk }) => pk.slice(keys.linkWish('').pk.length));
    },

    /** Says once more that there is this wish, unless it is gone. */
    askAgain: (wishId: string, dueAt: Epoch): Promise<boolean> =>
      ifStill(
        table.update({
          ...keys.linkWish(wishId),
          set: [[['dueAt'], dueAt]],
          when: [{ is: 'there' }],
          fact: 'link.requested',
        }),
      ),
  };
}
export type LinkWishStore = ReturnType<typeof linkWishStore>;

import { type Chance, newId } from '#shared/domain/ids.ts';
import { type LinkWish, sealWish } from '#shared/domain/link-wish.ts';
import type { Timings } from '#shared/domain/timings.ts';
import type { LinkWishStore } from '#shared/store/link-wishes.ts';

interface AskDeps {
  readonly wishes: Pick<LinkWishStore, 'add'>;
  readonly addressKey: string;
  readonly timings: Pick<Timings, 'sweepAfter'>;
  readonly chance: Chance;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/**
 * Keeps somebody's wish for the links of an address: one write, the same for everybody, and nothing is looked up while they
 * wait for the answer. Once it resolves, the wish is stored.
 */
export const askForLinks =
  ({ wishes, addressKey, timings, chance, now }: AskDeps) =>
  async (wish: LinkWish): Promise<void> => {
    const nowEpoch = Math.floor(now() / 1000);
    const sealed = sealWish(addressKey, wish, chance);
    await wishes.add({ wishId: newId(chance), sealed, now: nowEpoch, dueAt: nowEpoch + timings.sweepAfter });
  };

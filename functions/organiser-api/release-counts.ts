import { Refusal } from '#shared/domain/errors.ts';
import type { Fate, Releasing } from '#shared/domain/release-unsent.ts';
import type { Deps } from './deps.ts';
import { meetAddressees } from './read-releasing.ts';

/** How many mails are owed again, and how many are left as they were, by reason. */
export interface ReleaseCounts {
  readonly owed: number;
  readonly left: Readonly<Record<string, number>>;
}

/** Beyond so many mails nobody sends by a slip of the hand. */
const MANY = 1000;
/** Nothing is written. */
const NOBODY = '';

/** Counts what becomes of mails. */
export function talliedFates() {
  let owed = 0;
  const left: Record<string, number> = {};
  return {
    add(fates: readonly Fate[]): void {
      for (const fate of fates) {
        if (fate.owed !== undefined) owed += 1;
        else left[fate.left] = (left[fate.left] ?? 0) + 1;
      }
    },
    counts: (): ReleaseCounts => ({ owed, left: { ...left } }),
  };
}

/** What a release would come to, of everybody whom mail of the event goes to. */
export async function countRelease(
  deps: Pick<Deps, 'registrations'>,
  releasing: Releasing,
  eventId: string,
): Promise<ReleaseCounts> {
  const tally = talliedFates();
  await meetAddressees(deps, eventId, (row) => tally.add(releasing.release(row, NOBODY).fates));
  return tally.counts();
}

/** Throws `expectation-needed` where it would send more than the caller said, or many and nobody said so. */
export function ensureExpected({ owed }: ReleaseCounts, expect: number | undefined): void {
  if (owed <= (expect ?? MANY)) return;
  const why = expect === undefined ? '' : `, more than the ${expect.toLocaleString('en-GB')} you expect`;
  const detail = `This sends ${owed.toLocaleString('en-GB')} mails${why}: send "expect": ${owed} if you mean it`;
  throw new Refusal('expectation-needed', detail, 'expect');
}

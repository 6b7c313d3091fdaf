import { ORGANISER_ID } from '#shared/domain/ids.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { Fate, Picked, Releasing } from '#shared/domain/release-unsent.ts';
import type { Run } from '#shared/domain/run.ts';
import type { Epoch } from '#shared/domain/time.ts';
import { unsentOf } from '#shared/domain/unsent.ts';
import { walkOf } from '#shared/queue/walk.ts';
import { ALL_SHARDS } from '#shared/store/keys.ts';
import { afterRegistration, lastOf } from '#shared/store/people-pages.ts';
import type { Deps } from './deps.ts';
import { type ReleasingDeps, readReleasing } from './read-releasing.ts';
import { countRelease, ensureExpected, type ReleaseCounts, talliedFates } from './release-counts.ts';
import { reopenRun } from './reopen-run.ts';

/** Where an earlier call of the same release stopped. */
export interface ReleasePlace {
  readonly shard: number;
  /** The last person met there. */
  readonly after?: string | undefined;
}

interface Wish extends Picked {
  readonly eventId: string;
  /** By whose API key. */
  readonly keyId: string;
  /** How many mails the caller means to have sent, at most. */
  readonly expect?: number | undefined;
  /** From the beginning, if left out. */
  readonly from?: ReleasePlace | undefined;
}

/** No page of people is begun later, milliseconds: the caller's connection does not last much longer. */
const LONGEST = 12_000;
const AT_ONCE = 25;

/** What the same release would come to, of everybody. */
export async function forecastRelease(deps: ReleasingDeps, wish: Wish): Promise<ReleaseCounts> {
  const { releasing } = await readReleasing(deps, wish.eventId, wish);
  return countRelease(deps, releasing, wish.eventId);
}

/**
 * Has mails sent again that failed, or whose fate nobody knows: each once, whoever else releases it, for what makes it owed
 * is the very write that takes its entry away. A pass of their run begins before the first entry goes and another after
 * the last, as in `releaseHeld`; what has no run is owed by itself. What is not done in time is left to another call.
 */
export async function releaseUnsent(
  deps: ReleasingDeps & Pick<Deps, 'fanOut'>,
  wish: Wish,
): Promise<ReleaseCounts & { readonly next?: ReleasePlace }> {
  const deadline = deps.now() + LONGEST;
  const { releasing, around } = await readReleasing(deps, wish.eventId, wish);
  if (!wish.from) ensureExpected(await countRelease(deps, releasing, wish.eventId), wish.expect);
  const tally = talliedFates();
  const opened = passes(deps, around.now);

  const releaseAll = async (people: readonly Registration[]): Promise<void> => {
    const concerned = people.filter((row) => unsentOf(row, wish.state).length > 0);
    for (const row of concerned) await opened.begin(releasing.release(row, wish.keyId).fates);
    for (let start = 0; start < concerned.length; start += AT_ONCE) {
      const some = concerned.slice(start, start + AT_ONCE);
      await Promise.all(some.map(async (row) => tally.add(await releaseOne(deps, row, { releasing, wish, opened }))));
    }
  };

  if (!wish.from) await releaseAll(await organiserOf(deps, wish.eventId));
  let place: ReleasePlace | undefined = wish.from ?? { shard: 0 };
  do {
    const { shard, after }: ReleasePlace = place;
    const page = await deps.registrations.page(wish.eventId, shard, startAfter(wish.eventId, after));
    await releaseAll(page.people);
    const last = lastOf(page);
    place = last === undefined ? nextShard(shard) : { shard, after: last };
  } while (place && deps.now() < deadline);
  await opened.end();
  return { ...tally.counts(), ...(place && { next: place }) };
}

const startAfter = (eventId: string, registrationId: string | undefined) =>
  registrationId === undefined ? undefined : afterRegistration({ eventId, registrationId }).after;

const nextShard = (shard: number): ReleasePlace | undefined =>
  shard + 1 < ALL_SHARDS.length ? { shard: shard + 1 } : undefined;

async function organiserOf({ registrations }: Pick<Deps, 'registrations'>, eventId: string): Promise<Registration[]> {
  const row = await registrations.get(eventId, ORGANISER_ID);
  return row ? [row] : [];
}

/** One conditional write; nothing when a receipt or somebody else was quicker. */
async function releaseOne(
  { registrations }: Pick<Deps, 'registrations'>,
  row: Registration,
  { releasing, wish, opened }: { releasing: Releasing; wish: Wish; opened: Passes },
): Promise<readonly Fate[]> {
  let fates: readonly Fate[] = [];
  const revised = await registrations.revise(row, (current) => {
    const released = releasing.release(current, wish.keyId, opened.has);
    fates = released.fates;
    if (released.row === current) return undefined;
    return { row: released.row, ...(released.isGreeted && { fact: 'mail.requested' as const }) };
  });
  return revised ? fates : [];
}

/** The passes that begin before the entries of a run go, and those that begin after. */
function passes(deps: Pick<Deps, 'runs' | 'fanOut'>, now: Epoch) {
  const begun = new Map<string, Run>();
  const nameOf = ({ campaignId, occasion }: Run) => `${campaignId}@${occasion}`;
  return {
    has: (run: Run): boolean => begun.has(nameOf(run)),
    async begin(fates: readonly Fate[]): Promise<void> {
      for (const { owed } of fates) {
        if (typeof owed === 'object' && !begun.has(nameOf(owed)))
          begun.set(nameOf(owed), await reopenRun(deps, owed, now));
      }
    },
    async end(): Promise<void> {
      for (const run of begun.values()) {
        const again = await reopenRun(deps, run, now);
        await deps.fanOut(walkOf(again, again.pass));
      }
    },
  };
}
type Passes = ReturnType<typeof passes>;

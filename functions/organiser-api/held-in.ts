import { readDelivery } from '#shared/domain/delivery.ts';
import { writeMailKey } from '#shared/domain/mail-key.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { isHeld } from '#shared/domain/release.ts';
import type { Run } from '#shared/domain/run.ts';
import type { Epoch } from '#shared/domain/time.ts';
import { ALL_SHARDS } from '#shared/store/keys.ts';
import type { Deps } from './deps.ts';

/** More people than this are left to the next call. */
const MOST = 1000;
/** So is whoever was not read by then, milliseconds: the caller's connection does not last much longer. */
const LONGEST = 12_000;

interface Meant {
  /** All of them, if left out. */
  readonly registrationIds?: readonly string[] | undefined;
  /** Only what is held since then at the latest; whenever, if left out. */
  readonly heldBy?: Epoch | undefined;
}

/** People whose mail of this run is held: those named, or all of them. `more`: there may be others. */
export async function heldIn(
  { registrations, now }: Pick<Deps, 'registrations' | 'now'>,
  { eventId, campaignId, occasion }: Run,
  { registrationIds: named, heldBy = Number.POSITIVE_INFINITY }: Meant,
): Promise<{ people: Registration[]; more: boolean }> {
  const mailKey = writeMailKey({ campaign: campaignId, occasion });
  const isMeant = (row: Registration): boolean => {
    const entry = row.deliveries[mailKey];
    return entry !== undefined && isHeld(row, mailKey) && readDelivery(entry).epoch <= heldBy;
  };
  if (named) {
    const rows = await Promise.all([...new Set(named)].map((each) => registrations.get(eventId, each)));
    return { people: rows.filter((row) => row !== undefined).filter(isMeant), more: false };
  }
  const until = now() + LONGEST;
  const people: Registration[] = [];
  let more = false;
  const walk = async (shard: number) => {
    let after: Record<string, unknown> | undefined;
    do {
      const page = await registrations.page(eventId, shard, after);
      people.push(...page.people.filter(isMeant));
      after = page.after;
      if (after && (people.length >= MOST || now() >= until)) more = true;
    } while (after && !more);
  };
  await Promise.all(ALL_SHARDS.map(walk));
  return { people: people.slice(0, MOST), more: more || people.length > MOST };
}

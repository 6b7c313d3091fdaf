import type { Registration } from '#shared/domain/registration.ts';
import { ALL_SHARDS } from '#shared/store/keys.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';

/**
 * Meets every person of an event once. However many there are, no more than one page of each shard is in memory: whoever
 * meets them keeps counts, not people.
 */
export async function meetEverybody(
  { registrations }: { readonly registrations: Pick<RegistrationStore, 'page'> },
  eventId: string,
  meet: (row: Registration) => void,
): Promise<void> {
  const walk = async (shard: number) => {
    let after: Record<string, unknown> | undefined;
    do {
      const page = await registrations.page(eventId, shard, after);
      for (const row of page.people) meet(row);
      after = page.after;
    } while (after);
  };
  await Promise.all(ALL_SHARDS.map(walk));
}

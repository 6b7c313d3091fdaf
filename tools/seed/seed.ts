import type { LocalAws } from '../local/local-aws.ts';
import { seedApi } from './api.ts';
import { seedEvents } from './events.ts';
import { markCancelled } from './mark-cancelled.ts';

/** Creates the seed's events through the organiser API, but for those whose slug is there; says what it did. */
export const seed = async (aws: Pick<LocalAws, 'siteUrl' | 'endpoint' | 'outputs'>, key: string): Promise<string> => {
  const api = seedApi(aws.siteUrl, key);
  const present = await api.slugs();
  const missing = seedEvents(new Date().toISOString().slice(0, 10)).filter(({ event }) => !present.has(event.slug));
  for (const { event, state, registrations = 0 } of missing) {
    const eventId = await api.create(event);
    if (state === 'draft') continue;
    await api.publish(eventId);
    for (let n = 1; n <= registrations; n++) {
      await api.register(event.slug, { name: `Example Person ${n}`, email: `person${n}@example.org` });
    }
    if (state === 'cancelled') await markCancelled(aws, eventId);
  }
  return missing.length === 0 ? 'Seed data is there' : `Seed data: ${missing.length} events`;
};

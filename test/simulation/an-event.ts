import { newCampaign } from '#shared/domain/edit-campaign.ts';
import type { Event } from '#shared/domain/event.ts';
import { newId } from '#shared/domain/ids.ts';
import { instantAt } from '#shared/domain/time.ts';
import { campaignStore } from '#shared/store/campaigns.ts';
import { eventStore } from '#shared/store/events.ts';
import { anEvent, aText } from '#test/support/builders.ts';
import type { Setting } from './setting.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
const wall = (ms: number) => new Date(ms).toISOString().slice(0, 16);

/** The campaign of every simulated event that a clock fires, and the one that is triggered by hand. */
export const TIMED = '2';
export const BY_HAND = '3';

/** A published event with its confirmation, a campaign at a time and one by hand; it may start, and end, before all is over. */
export async function anEventOf(
  { time, chance }: Setting,
  { table }: World,
  { people, minutes }: { people: number; minutes: number },
): Promise<Event> {
  const eventId = newId(chance.bytes);
  const now = time.now();
  const startsIn = chance.pick([minutes * 0.7, minutes + 5, 24 * 60, 24 * 60]);
  const created = instantAt(now / 1000 - 3600);
  const event = anEvent({
    eventId,
    slug: `event-${eventId}`,
    startsAt: wall(now + (startsIn + 1) * MINUTE),
    endsAt: wall(now + (startsIn + 2 + chance.pick([5, 120])) * MINUTE),
    createdAt: created,
    publishedAt: created,
    ...(chance.happens(0.4) && { capacity: chance.whole(1, Math.max(1, people - 1)) }),
  });
  await eventStore(table.truth).create(event, aText());
  const firesAt = wall(now + (1 + chance.between(1, minutes)) * MINUTE);
  const isLate = Date.parse(`${firesAt}Z`) >= Date.parse(event.startInstant);
  const kind = isLate ? 'announcement' : chance.pick(['reminder', 'joining', 'announcement'] as const);
  const common = { audience: {}, state: 'active' } as const;
  const made = { event, now: instantAt(now / 1000) };
  const timed = { ...common, name: 'Timed', kind, trigger: { at: firesAt } };
  const byHand = { ...common, name: 'News', kind: 'announcement', trigger: { manual: true } } as const;
  const store = campaignStore(table.truth);
  await store.add(eventId, newCampaign(timed, { ...made, campaignId: TIMED }), now / 1000);
  await store.add(eventId, newCampaign(byHand, { ...made, campaignId: BY_HAND }), now / 1000);
  return event;
}

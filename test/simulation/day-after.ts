import type { Event } from '#shared/domain/event.ts';
import { keys } from '#shared/store/keys.ts';
import type { History } from './history.ts';
import type { Pages } from './pages.ts';
import type { Wish } from './people.ts';
import { purgedFrom } from './purges.ts';
import type { Setting } from './setting.ts';

const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
const BEFORE: readonly Wish[] = ['answer', 'answer anonymously', 'erase', 'move', 'use', 'mute', 'cancel', 'correct'];

/**
 * The day after events are over: what is kept of their people is about to be deleted, and some of them are at their pages in
 * that very minute. Plans it, and says when it is over; in the night between nobody sweeps, for little happens.
 */
export function dayAfter(
  { setting, past, visits }: { setting: Setting; past: History; visits: Pages },
  events: readonly Event[],
): { readonly night: (now: number) => boolean; readonly until: number } {
  const { time, chance } = setting;
  const due = events.map(({ eventId }) => {
    const event = past.latest(keys.event(eventId));
    return { eventId, at: (event && purgedFrom(event)) ?? time.now() + DAY };
  });
  // One that was moved by a day keeps its people meanwhile.
  const last = Math.max(...due.map(({ at }) => at).filter((at) => at < time.now() + 1.5 * DAY), time.now() + DAY);
  for (const { eventId, at } of due) {
    for (let n = chance.whole(0, 10); n > 0; n--) {
      const wish = chance.pick(BEFORE);
      visits.someoneWishes(
        chance.between(at - 0.5 * MINUTE, at + 1.5 * MINUTE),
        wish,
        (row) => row.eventId === eventId,
      );
    }
  }
  const [falls, ends] = [time.now() + 40 * MINUTE, Math.min(last, ...due.map(({ at }) => at)) - 5 * MINUTE];
  return { night: (now) => now > falls && now < ends, until: last + chance.between(1, 4) * MINUTE };
}

import type { Event } from '#shared/domain/event.ts';
import { keys } from '#shared/store/keys.ts';
import type { Item } from '#shared/store/table.ts';
import type { History } from './history.ts';
import type { People, Wish } from './people.ts';
import type { Setting } from './setting.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

/** What somebody may come to wish for, at any moment, and who. */
const WISHES: readonly [Wish, (row: Item) => boolean][] = [
  ['cancel', ({ status }) => status !== 'cancelled'],
  ['cancel', ({ status }) => status !== 'cancelled'],
  ['undo', ({ status }) => status === 'cancelled'],
  ['undo', ({ status }) => status === 'cancelled'],
  ['mute', ({ muted }) => !muted],
  ['unmute', ({ muted }) => muted === true],
  ['resend', () => true],
  ['move', () => true],
  ['use', ({ newEmail }) => newEmail !== undefined],
  ['use', ({ newEmail }) => newEmail !== undefined],
  ['confirm', ({ confirmBy }) => confirmBy !== undefined],
  ['confirm', ({ confirmBy }) => confirmBy !== undefined],
  ['confirm', ({ confirmBy }) => confirmBy !== undefined],
  ['correct', () => true],
  ['erase', () => true],
];
/** What people do once it begins, and after it. */
const THERE: readonly Wish[] = ['join', 'join', 'answer', 'answer anonymously', 'erase'];
const isConfirmed = ({ status }: Item): boolean => status === 'confirmed';

interface Window {
  readonly from: number;
  readonly until: number;
}

/** People looking at their pages, at moments of their own. */
export function pages({ setting, past, site }: { setting: Setting; past: History; site: People }) {
  const { time, chance } = setting;

  const someoneWishes = (at: number, wish: Wish, passes: (row: Item) => boolean): void =>
    time.at(at, () => {
      const found = past.rows().filter((row) => !row.erased && passes(row));
      if (found.length === 0) return;
      const { eventId, registrationId } = chance.pick(found);
      site.change(String(eventId), String(registrationId), wish);
    });

  function changeMinds({ moment, rush, most }: { moment: () => number; rush: number | undefined; most: number }): void {
    for (let n = chance.whole(0, most); n > 0; n--) {
      const inTheRush = rush !== undefined && chance.happens(0.5);
      const at = inTheRush ? rush + chance.between(0, 10 * SECOND) : moment();
      if (chance.happens(0.1)) time.at(at, site.correctAddress);
      else someoneWishes(at, ...chance.pick(WISHES));
    }
  }

  /** Some join, some answer, some go for good. */
  function comeAfter(events: readonly Pick<Event, 'eventId'>[], { from, until }: Window): void {
    for (const { eventId } of events) {
      const event = past.latest(keys.event(eventId));
      const opens = Math.max(from, Date.parse(String(event?.startInstant)) - 15 * MINUTE);
      if (opens >= until) continue;
      for (let n = chance.whole(0, 6); n > 0; n--) {
        const wish = chance.pick(THERE);
        const isAfter = wish.startsWith('answer');
        const begins = isAfter ? Math.max(opens, Date.parse(String(event?.endInstant))) : opens;
        if (begins < until)
          someoneWishes(chance.between(begins, until), wish, (row) => row.eventId === eventId && isConfirmed(row));
      }
    }
  }
  return { changeMinds, comeAfter, someoneWishes };
}
export type Pages = ReturnType<typeof pages>;

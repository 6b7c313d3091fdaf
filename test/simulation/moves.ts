import type { Event } from '#shared/domain/event.ts';
import type { Rescheduling } from '#shared/domain/move-event.ts';
import { CAMPAIGNS, firingAt, MINUTE, wall } from './an-event.ts';
import type { Dice } from './dice.ts';
import type { Organiser } from './organiser.ts';
import type { Setting } from './setting.ts';

const SECOND = 1000;

/** Another time, another place, another end, or what it was before. */
export function wishFor(chance: Dice, event: Event): Rescheduling {
  const [start, end] = [Date.parse(event.startInstant), Date.parse(event.endInstant)];
  const by = chance.pick([-30, -10, -5, 5, 10, 30, 60, 24 * 60]) * MINUTE;
  switch (chance.pick(['time', 'time', 'place', 'end', 'back', 'back'] as const)) {
    case 'time':
      return { startsAt: wall(start + by), endsAt: wall(end + by) };
    case 'place':
      return { place: `Room ${chance.whole(1, 3)}` };
    case 'end':
      return { endsAt: wall(end + chance.whole(1, 30) * MINUTE) };
    case 'back': {
      const { state: _, ...earlier } = chance.pick(Object.values(event.schedules));
      return earlier;
    }
  }
}

/** What organisers do with an event's schedule and its campaigns, at moments of their own. */
export function moves(
  { setting, desk, moment, endsAt }: { setting: Setting; desk: Organiser; moment: () => number; endsAt: number },
  { eventId }: Event,
): void {
  const { time, chance } = setting;
  const soon = (at: number) => Math.min(endsAt, at + chance.pick([1, 20, 200, 400]) * chance.next() * SECOND);
  const reschedule = (at: number) => time.at(at, () => desk.reschedule(eventId, (event) => wishFor(chance, event)));

  for (let n = chance.pick([0, 0, 1, 1, 2]); n > 0; n--) {
    let at = moment();
    for (let edits = chance.pick([1, 1, 2, 3]); edits > 0; edits--) {
      reschedule(at);
      at = soon(at);
    }
  }
  if (chance.happens(0.15)) {
    const at = moment();
    time.at(at, () => desk.postpone(eventId));
    if (chance.happens(0.6)) reschedule(soon(at));
  }
  if (chance.happens(0.1)) time.at(moment(), () => desk.cancelEvent(eventId));
  for (let n = chance.pick([0, 0, 0, 1, 2]); n > 0; n--) {
    const campaignId = chance.pick(CAMPAIGNS);
    const edit = (at: number, what: 'name' | 'trigger' | 'draft' | 'active') =>
      time.at(at, () =>
        desk.editCampaign(eventId, campaignId, (event) => {
          if (what === 'name') return { name: `Name ${n}` };
          if (what !== 'trigger') return { state: what };
          return { trigger: firingAt(setting, event, time.now() + chance.between(-2, 8) * MINUTE) };
        }),
      );
    const at = moment();
    const what = chance.pick(['name', 'trigger', 'trigger', 'draft'] as const);
    edit(at, what);
    if (what === 'draft' && chance.happens(0.7)) edit(soon(at), 'active');
  }
}

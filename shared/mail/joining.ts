import type { Event } from '#shared/domain/event.ts';
import { epochOf } from '#shared/domain/time.ts';
import { clockOf, zoneName } from '#shared/domain/when.ts';
import type { Action } from './letter.ts';
import type { MailView } from './mail-view.ts';

/** Whether people can take part from where they are. */
export const isOnline = ({ format }: Pick<Event, 'format'>): boolean => format !== 'in-person';

/** The button that leads to the joining page, and when that opens. */
export function joiningAction({ event, links, now }: MailView): Action {
  const before = opensBefore(event);
  const opens = epochOf(event.startInstant) - before;
  const opensInstant = new Date(opens * 1000).toISOString();
  const clock = `${clockOf(opensInstant, event.timeZone)} ${zoneName(opensInstant, event.timeZone)}`;
  const when = now >= opens ? 'It is open now.' : `It opens ${inWords(before)} before the start, at ${clock}.`;
  const inPerson = event.format === 'hybrid' ? ' If you come in person, you do not need it.' : '';
  return {
    label: 'Your joining link',
    url: links.join,
    note: `${when} It is yours alone, so please do not pass it on.${inPerson}`,
  };
}

const MINUTE = 60;
const HOUR = 3600;

/** Seconds between the opening of the joining page and the start. */
function opensBefore({ joining }: Pick<Event, 'joining'>): number {
  const [, count = '15', unit = 'M'] = /^PT(\d+)([MH])$/.exec(joining?.opensBefore ?? '') ?? [];
  return Number(count) * (unit === 'H' ? HOUR : MINUTE);
}

function inWords(seconds: number): string {
  const [count, unit] = seconds % HOUR === 0 ? [seconds / HOUR, 'hour'] : [seconds / MINUTE, 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

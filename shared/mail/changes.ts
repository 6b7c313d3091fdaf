import type { Event } from '#shared/domain/event.ts';
import { type EventFormat, instantsOf, type Schedule } from '#shared/domain/schedule.ts';
import { clockOf, dayOf, zoneName } from '#shared/domain/when.ts';
import { type Before, whenOfEvent, whenOfSchedule, whereOf } from './facts.ts';

/** What is different from what a person was told, in a few words and in full. */
export interface Changes extends Before {
  readonly news: string;
}

/** Compares what a person was told with what is now; told nothing, they only read what is now. */
export function changesOf(before: Schedule | undefined, event: Event): Changes {
  if (before === undefined) return { news: 'When and where it takes place' };
  const [when, where] = [whenOfSchedule(before), whereOf(before)];
  return {
    news: before.state === 'postponed' ? 'There is a new date' : newsOf(before, event),
    when: when === whenOfEvent(event) ? undefined : when,
    where: where === whereOf(event) ? undefined : where,
  };
}

function newsOf(before: Schedule, event: Event): string {
  const isMoved = before.format !== event.format;
  const parts = [...timesThatDiffer(before, event), ...(!isMoved && before.place !== event.place ? ['place'] : [])];
  const format = isMoved ? FORMATS[event.format](before.format) : '';
  if (parts.length === 0) return format === '' ? 'Some details have changed' : capital(format);
  const [last, ...others] = parts.toReversed();
  const list = others.length === 0 ? last : `${others.toReversed().join(', ')} and ${last}`;
  return `New ${list}${format && `, ${format}`}`;
}

/** "date", "time", both; or "end" where only that is another. */
function timesThatDiffer(before: Schedule, event: Event): string[] {
  const [old, now] = [{ ...before, ...instantsOf(before) }, event];
  const day = [old, now].map(({ startInstant, timeZone }) => dayOf(startInstant, timeZone));
  const [starts, ends] = (['startInstant', 'endInstant'] as const).map((edge) =>
    [old, now].map((each) => `${clockOf(each[edge], each.timeZone)} ${zoneName(each[edge], each.timeZone)}`),
  );
  const differs = ([one, other]: readonly string[] = []) => one !== other;
  const date = differs(day) ? ['date'] : [];
  if (differs(starts)) return [...date, 'time'];
  if (date.length > 0) return differs(ends) ? ['date', 'time'] : date;
  return whenOfSchedule(before) === whenOfEvent(event) ? [] : ['end'];
}

const FORMATS: Record<EventFormat, (before: EventFormat) => string> = {
  online: () => 'now online',
  'in-person': () => 'now in person',
  hybrid: (before) => (before === 'online' ? 'now also in person' : 'now also online'),
};

const capital = (text: string) => text.charAt(0).toUpperCase() + text.slice(1);

import { calendarFrom } from './dates.ts';
import { organisedCrime } from './organised-crime.ts';
import { pastEvents } from './past-events.ts';
import { peculiarEvents } from './peculiar-events.ts';
import type { SeedEvent } from './seed-event.ts';
import { upcomingEvents } from './upcoming-events.ts';

/** Everything a new copy of Rollcall begins with, dated from `today` ("2026-11-23"). Nobody but one speaker is real. */
export const seedEvents = (today: string): SeedEvent[] => {
  const calendar = calendarFrom(today);
  return [
    ...organisedCrime(calendar),
    ...upcomingEvents(calendar),
    ...peculiarEvents(calendar),
    ...pastEvents(calendar),
  ];
};

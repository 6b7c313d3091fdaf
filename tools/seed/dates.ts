import { Temporal } from 'temporal-polyfill';

/** Dates that stay sensible whenever the seed is sown: counted from a day, never on a weekend. */
export const calendarFrom = (today: string) => {
  const start = Temporal.PlainDate.from(today);
  const workday = (date: Temporal.PlainDate) => (date.dayOfWeek > 5 ? date.add({ days: 8 - date.dayOfWeek }) : date);
  return {
    /** `weeks` from today (negative: ago), moved to the given weekday (1 = Monday) of that week. */
    inWeeks: (weeks: number, weekday: 1 | 2 | 3 | 4 | 5): string => {
      const date = start.add({ weeks });
      return date.add({ days: weekday - date.dayOfWeek }).toString();
    },
    /** `days` from today, or the Monday after if that is a weekend. */
    inDays: (days: number): string => workday(start.add({ days })).toString(),
  };
};

export type SeedCalendar = ReturnType<typeof calendarFrom>;

import * as z from 'zod';
import { type Event, phaseOf } from '#shared/domain/event.ts';
import { line } from '#shared/domain/text.ts';
import { Cursor, Limit } from './paging.ts';

const Day = z.iso.date({ error: 'Enter a day like 2026-02-19' });

const STATUSES = ['draft', 'published', 'postponed', 'cancelled', 'upcoming', 'live', 'ended'] as const;

/** What `GET /events` can be asked for. */
export const EventQuery = z
  .strictObject({
    status: z.enum(STATUSES, { error: `Choose one of ${STATUSES.join(', ')}` }).optional(),
    q: line('Search', 100).optional(),
    from: Day.optional(),
    to: Day.optional(),
    cursor: Cursor.optional(),
    limit: Limit,
  })
  .refine(({ from, to }) => from === undefined || to === undefined || from <= to, {
    path: ['to'],
    error: 'The last day must not be before the first',
  });
export type EventQuery = z.infer<typeof EventQuery>;

/** Whether an event is one of those asked for. Days are those of the event's own zone, first and last included. */
export function wantedBy(
  { status, q = '', from, to }: Pick<EventQuery, 'status' | 'q' | 'from' | 'to'>,
  { now, reach }: { now: number; reach: readonly string[] | undefined },
): (event: Event) => boolean {
  const words = folded(q).split(' ');
  return (event) => {
    const day = event.startsAt.slice(0, 10);
    if (reach && !reach.includes(event.eventId)) return false;
    if (status && status !== event.state && status !== phaseOf(event, now)) return false;
    if ((from && day < from) || (to && day > to)) return false;
    const text = folded(textIn(event));
    return words.every((word) => text.includes(word));
  };
}

/** What a search looks through. */
const textIn = ({ title, strapline = '', slug, place, topics, speakers }: Event): string =>
  [
    title,
    strapline,
    slug,
    place,
    ...topics,
    ...speakers.flatMap(({ name, organisation = '' }) => [name, organisation]),
  ].join(' ');

/** Letters without their marks and case, so that "cafe" finds "Café". */
const folded = (text: string): string => text.normalize('NFKD').replace(/\p{M}/gu, '').toLowerCase();

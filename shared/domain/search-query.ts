import * as z from 'zod';
import { EventFormat } from './schedule.ts';
import { line } from './text.ts';

const Day = z.iso.date({ error: 'Enter a date like 2026-02-19' });

const FIELDS = {
  q: line('Search', 200),
  format: EventFormat,
  topic: line('Topic', 60),
  from: Day,
  to: Day,
  when: z.enum(['upcoming', 'past'], { error: 'Choose upcoming or past' }),
  page: z
    .string()
    .regex(/^[1-9]\d{0,3}$/, { error: 'Enter a page number' })
    .transform(Number),
};
export type SearchField = keyof typeof FIELDS;

/** What somebody is looking for. An absent field asks for nothing. */
export interface SearchQuery {
  readonly q?: string;
  readonly format?: EventFormat;
  readonly topic?: string;
  /** Days as "2026-02-19", both included, each event's own calendar. */
  readonly from?: string;
  readonly to?: string;
  readonly when: 'upcoming' | 'past';
  readonly page: number;
}

export interface SearchFault {
  readonly field: SearchField;
  readonly message: string;
}

/**
 * The search as it was typed. A value that cannot be is left out and named, so that the rest still finds something; what
 * is no field of the search is nobody's mistake.
 */
export function readSearch(typed: (field: SearchField) => string | undefined): {
  query: SearchQuery;
  faults: SearchFault[];
} {
  const faults: SearchFault[] = [];
  const read = Object.entries(FIELDS).flatMap(([name, schema]) => {
    const field = name as SearchField;
    const value = typed(field)?.trim();
    if (!value) return [];
    const parsed = schema.safeParse(value);
    if (parsed.success) return [[field, parsed.data]];
    faults.push({ field, message: parsed.error.issues[0]?.message ?? 'Enter something else' });
    return [];
  });
  const { to, ...query } = { when: 'upcoming', page: 1, ...Object.fromEntries(read) } as SearchQuery;
  if (to !== undefined && query.from !== undefined && to < query.from) {
    faults.push({ field: 'to', message: 'The last day must not be before the first' });
    return { query, faults };
  }
  return { query: { ...query, ...(to !== undefined && { to }) }, faults };
}

/** The same search as part of an address, "?q=police&format=online"; empty for the plain list. */
export function writeSearch(query: Partial<SearchQuery>): string {
  const { when, page = 1, ...rest } = query;
  const fields = new URLSearchParams(rest);
  if (when === 'past') fields.set('when', when);
  if (page > 1) fields.set('page', String(page));
  return fields.size === 0 ? '' : `?${fields}`;
}

/** Whether it narrows the list at all; the tab and the page do not. */
export const narrows = ({ q, format, topic, from, to }: SearchQuery): boolean =>
  [q, format, topic, from, to].some((value) => value !== undefined);

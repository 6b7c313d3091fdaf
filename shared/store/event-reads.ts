import { type Event, EventText } from '#shared/domain/event.ts';
import { eventFrom } from './event-items.ts';
import { keys } from './keys.ts';
import type { Table } from './table.ts';

/** Every event stands in one list, by its start. */
export const CATALOGUE = 'events';

/** Events, for who only reads them. */
export function eventReads(table: Table) {
  return {
    async get(eventId: string, { consistent = false } = {}): Promise<Event | undefined> {
      const item = await table.get(keys.event(eventId), { consistent });
      return item && eventFrom(item);
    },

    /** The long texts. An edit must read them `consistent`: it writes back all of them, the untouched ones too. */
    async text(eventId: string, { consistent = false } = {}): Promise<EventText | undefined> {
      const item = await table.get(keys.text(eventId), { consistent });
      return item && EventText.parse(item);
    },

    /** The event at this address with its texts, in two turns. */
    async withText(slug: string): Promise<{ event: Event; text: EventText | undefined } | undefined> {
      const item = await table.get(keys.slug(slug));
      if (!item) return undefined;
      const eventId = String(item.eventId);
      const [event, text] = await Promise.all([this.get(eventId), this.text(eventId)]);
      return event && { event, text };
    },

    /** All events by start, drafts and unlisted ones too. */
    async list({
      limit,
      after,
      descending = false,
    }: ListOptions = {}): Promise<{ events: Event[]; after?: EventCursor }> {
      const page = await table.query({
        index: 'catalogue',
        partition: CATALOGUE,
        descending,
        ...(limit && { limit }),
        after,
      });
      return { events: page.items.map(eventFrom), ...(page.after && { after: page.after }) };
    },
  };
}
export type EventReads = ReturnType<typeof eventReads>;

export type EventCursor = Record<string, unknown>;

/** Where `list` goes on after this event. */
export const afterEvent = ({ eventId, startInstant }: Pick<Event, 'eventId' | 'startInstant'>): EventCursor => ({
  ...keys.event(eventId),
  catalogue: CATALOGUE,
  catalogueAt: startInstant,
});

interface ListOptions {
  readonly limit?: number;
  readonly after?: EventCursor | undefined;
  readonly descending?: boolean;
}

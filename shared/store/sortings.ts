import * as z from 'zod';
import type { Event } from '#shared/domain/event.ts';
import { segmentsOf } from '#shared/domain/sort-answers.ts';
import type { Epoch } from '#shared/domain/time.ts';
import { ifStill } from './if-still.ts';
import { keys } from './keys.ts';
import type { Path, Table, Update } from './table.ts';

const SORT = 'sort';

/** How far the answers of an event's people are sorted, and by which revision of its questions. */
const Sorting = z.object({
  dueAt: z.number(),
  /** Another pass is to follow this long after it: whoever was registered meanwhile by an earlier version is met then. */
  again: z.number().optional(),
  revision: z.number().optional(),
  shard: z.number().default(0),
  after: z.string().optional(),
  unexplained: z.record(z.string(), z.number()).default({}),
});
export type Sorting = z.infer<typeof Sorting>;

/** The write that has an event's answers sorted from then on; what was begun begins anew. */
export const sortingDue = (eventId: string, dueAt: Epoch): Update => ({
  ...keys.sorting(eventId),
  set: set({ due: SORT, dueAt }),
  remove: PROGRESS,
  when: [],
  fact: undefined,
});

const PROGRESS: readonly Path[] = [['revision'], ['shard'], ['after'], ['unexplained']];
const set = (fields: object): (readonly [Path, unknown])[] =>
  Object.entries(fields).map(([field, value]) => [[field], value] as const);

/** Events whose people's answers are to be sorted by what they chose, and how far that is. */
export function sortingStore(table: Table) {
  return {
    /** Events that were to be sorted before `before`, and since when. */
    async due(before: Epoch): Promise<{ eventId: string; at: Epoch }[]> {
      const { items } = await table.query({ index: 'due', partition: SORT, atMost: before, limit: 100 });
      return items.map(({ pk, dueAt }) => ({ eventId: pk.slice('EVENT#'.length), at: Number(dueAt) }));
    },

    async get(eventId: string): Promise<Sorting | undefined> {
      const item = await table.get(keys.sorting(eventId), { consistent: true });
      return item?.due === SORT ? Sorting.parse(item) : undefined;
    },

    /** Has an event sorted that nobody listed, and `again` so many seconds later. */
    async ensure(eventId: string, dueAt: Epoch, again?: number): Promise<void> {
      await ifStill(table.update({ ...sortingDue(eventId, dueAt), when: [{ is: 'absent', path: ['due'] }] }));
      if (again === undefined) return;
      await table.update({ ...keys.sorting(eventId), set: set({ again }), when: [], fact: undefined });
    },

    /** Notes how far it is; says whether it is still to be done as it was when it began. */
    note: (eventId: string, { dueAt, revision, shard, after, unexplained }: Sorting): Promise<boolean> =>
      ifStill(
        table.update({
          ...keys.sorting(eventId),
          set: set({ revision, shard, unexplained, ...(after !== undefined && { after }) }),
          remove: after === undefined ? [['after']] : [],
          when: [{ is: 'equal', path: ['dueAt'], value: dueAt }],
          fact: undefined,
        }),
      ),

    /** Every row was met: says so on the event, unless it was edited since. Says whether it was not. */
    async finish(event: Event, { dueAt, again, unexplained }: Sorting): Promise<boolean> {
      const { eventId, revision } = event;
      const none = Object.keys(unexplained).length === 0;
      const done = await ifStill(
        table.update({
          ...keys.event(eventId),
          set: set({ sorted: segmentsOf(event), ...(!none && { unexplained }) }),
          remove: none ? [['unexplained']] : [],
          when: [{ is: 'equal', path: ['revision'], value: revision }],
          fact: undefined,
        }),
      );
      if (!done) return false;
      const next = again === undefined ? undefined : dueAt + again;
      await ifStill(
        table.update({
          ...keys.sorting(eventId),
          set: next === undefined ? [] : set({ dueAt: next }),
          remove: [...PROGRESS, ['again'], ...(next === undefined ? ([['due'], ['dueAt']] as const) : [])],
          when: [{ is: 'equal', path: ['dueAt'], value: dueAt }],
          fact: undefined,
        }),
      );
      return true;
    },

    /** There is nothing to sort. */
    async drop(eventId: string, { dueAt }: Pick<Sorting, 'dueAt'>): Promise<void> {
      await ifStill(
        table.update({
          ...keys.sorting(eventId),
          remove: [...PROGRESS, ['again'], ['due'], ['dueAt']],
          when: [{ is: 'equal', path: ['dueAt'], value: dueAt }],
          fact: undefined,
        }),
      );
    },

    /** How far events of earlier versions have been looked for; `done` once all were. */
    async census(): Promise<{ done: boolean; after?: Record<string, unknown> }> {
      const item = await table.get(keys.census(), { consistent: true });
      const after = item?.after;
      return { done: item?.done === true, ...(typeof after === 'string' && { after: JSON.parse(after) }) };
    },

    async noteCensus(after: Record<string, unknown> | undefined): Promise<void> {
      const how = after
        ? { set: set({ after: JSON.stringify(after) }) }
        : { set: set({ done: true }), remove: [['after']] as Path[] };
      await table.update({ ...keys.census(), ...how, when: [], fact: undefined });
    },
  };
}
export type SortingStore = ReturnType<typeof sortingStore>;

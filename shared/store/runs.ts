import { Announced } from '#shared/domain/announced.ts';
import { progressOf, Run, type Tally } from '#shared/domain/run.ts';
import { settledSince } from '#shared/domain/run-counts.ts';
import type { Epoch } from '#shared/domain/time.ts';
import { allPages } from './all-pages.ts';
import { keys } from './keys.ts';
import { type Condition, ConditionFailed, type Path, type Put, type Table, TransactionRefused } from './table.ts';

/** Which run: a campaign's, for one occasion. */
export interface RunId {
  readonly eventId: string;
  readonly campaignId: string;
  readonly occasion: string;
}

const DUE = 'run';
const itemOf = (run: Run) => ({ ...keys.run(run.eventId, run.campaignId, run.occasion), ...run });

/** Runs at rest. An unfinished one is listed by when it started. */
export function runStore(table: Table) {
  const keyOf = ({ eventId, campaignId, occasion }: RunId) => keys.run(eventId, campaignId, occasion);

  /** One conditional write; undefined when the run was not as expected. */
  const change = async (
    id: RunId,
    {
      when,
      ...changes
    }: {
      set?: readonly (readonly [Path, unknown])[];
      remove?: readonly Path[];
      add?: readonly (readonly [Path, number])[];
      when: readonly Condition[];
    },
  ): Promise<Run | undefined> => {
    try {
      return Run.parse(
        await table.update({ ...keyOf(id), ...changes, when: [{ is: 'there' }, ...when], fact: undefined }),
      );
    } catch (error) {
      if (error instanceof ConditionFailed) return undefined;
      throw error;
    }
  };

  return {
    async get(id: RunId): Promise<Run | undefined> {
      const item = await table.get(keyOf(id), { consistent: true });
      return item && Run.parse(item);
    },

    async list(eventId: string, campaignId: string): Promise<Run[]> {
      const range = { partition: keys.event(eventId).pk, prefix: `RUN#${campaignId}@`, consistent: true };
      const items = await allPages(table, range);
      return items.map((item) => Run.parse(item));
    },

    /** All runs of an event, of campaigns and notices. */
    async ofEvent(eventId: string): Promise<Run[]> {
      const range = { partition: keys.event(eventId).pk, prefix: 'RUN#', consistent: true };
      const items = await allPages(table, range);
      return items.map((item) => Run.parse(item));
    },

    /**
     * Starts a run, once, if the event's times and the campaign are still as they were read; strikes the occasion off what
     * is armed. `exists` when there is a run for the occasion already, `moved-on` when something changed. `says`: what it
     * tells whom, noted with it; if that is not known to be meant, only where nobody says the same: of two at once, one starts.
     */
    async start(
      run: Run,
      read: { startRevision: number; endRevision: number; campaignRevision: number; armed: boolean },
      says?: { readonly wordsHash: string; readonly note: Announced; readonly isMeant: boolean },
    ): Promise<'started' | 'exists' | 'moved-on'> {
      const { eventId, campaignId } = run;
      const equal = (path: string, value: number): Condition => ({ is: 'equal', path: [path], value });
      const due = read.armed ? [['due'] as const, ['dueAt'] as const, ['dueOccasion'] as const] : [];
      const campaign = { ...keys.campaign(eventId, campaignId), fact: undefined };
      try {
        await table.transact([
          {
            put: {
              item: { ...itemOf(run), due: DUE, dueAt: run.startedAt },
              when: [{ is: 'absent' }],
              fact: undefined,
            },
          },
          {
            update: {
              ...campaign,
              set: [[['lastRunAt'], run.startedAt]],
              remove: due,
              when: [equal('revision', read.campaignRevision)],
            },
          },
          {
            check: {
              ...keys.event(eventId),
              when: [
                equal('startRevision', read.startRevision),
                equal('endRevision', read.endRevision),
                { is: 'equal', path: ['state'], value: 'published' },
              ],
            },
          },
          ...(says ? [{ put: saying(eventId, says, run.startedAt) }] : []),
        ]);
        return 'started';
      } catch (error) {
        if (!(error instanceof TransactionRefused)) throw error;
        return error.failed[0] ? 'exists' : 'moved-on';
      }
    },

    /** Who said these words to these people last, if anybody did within a day or so. */
    async announced(eventId: string, wordsHash: string): Promise<Announced | undefined> {
      const item = await table.get(keys.announced(eventId, wordsHash), { consistent: true });
      return item && Announced.parse(item);
    },

    /** Starts the run that tells an event's present schedule, once, if it still is; strikes the notice off what is due. */
    async startNotice(run: Run, scheduleRevision: number): Promise<'started' | 'exists' | 'moved-on'> {
      const stillSo: Condition = { is: 'equal', path: ['scheduleRevision'], value: scheduleRevision };
      const item = { ...itemOf(run), due: DUE, dueAt: run.startedAt };
      try {
        await table.transact([
          { put: { item, when: [{ is: 'absent' }], fact: undefined } },
          { update: { ...keys.notice(run.eventId), remove: [['due'], ['dueAt']], when: [stillSo], fact: undefined } },
          { check: { ...keys.event(run.eventId), when: [stillSo] } },
        ]);
        return 'started';
      } catch (error) {
        if (!(error instanceof TransactionRefused)) throw error;
        return error.failed[0] ? 'exists' : 'moved-on';
      }
    },

    /** The shard's tally of this pass, if the pass is still the run's. */
    tally: (id: RunId, shard: number, tally: Tally, now: Epoch) =>
      change(id, {
        set: [
          [['shards', String(shard)], tally],
          [['touchedAt'], now],
        ],
        when: [{ is: 'equal', path: ['pass'], value: tally.pass }],
      }),

    /** Hints after a chunk: how many were settled, and how many of them sent. */
    noteProgress: (id: RunId, { settled, sent, now }: { settled: number; sent: number; now: Epoch }) =>
      change(id, {
        set: [[['touchedAt'], now]],
        add: [
          [['settledInPass'], settled],
          [['sentHint'], sent],
        ],
        when: [],
      }),

    noteBounce: (id: RunId) => change(id, { add: [[['bouncedHint'], 1]], when: [] }),

    /** Something stops the run: whoever finds it stopped leaves a stamp of their own. */
    wait: (id: RunId, stamp: string) =>
      change(id, { set: [[['waiting'], stamp]], when: [{ is: 'absent', path: ['finishedAt'] }] }),

    /** Another pass over the people, if the run is still in the pass it was read in; clears only the stamp that was read. */
    nextPass: (run: Run, now: Epoch) =>
      change(run, {
        set: [
          [['pass'], run.pass + 1],
          [['settledInPass'], 0],
          [['settledBefore'], settledSince(run)],
          [['touchedAt'], now],
          [['progressed'], progressOf(run)],
        ],
        remove: run.waiting === undefined ? [] : [['waiting']],
        when: [
          { is: 'equal', path: ['pass'], value: run.pass },
          run.waiting === undefined
            ? { is: 'absent', path: ['waiting'] }
            : { is: 'equal', path: ['waiting'], value: run.waiting },
        ],
      }),

    /** A finished run that has people to send to again: released mails, say. */
    reopen: (run: Run, now: Epoch) =>
      change(run, {
        set: [
          [['pass'], run.pass + 1],
          [['anewSince'], run.pass + 1],
          [['settledInPass'], 0],
          [['settledBefore'], 0],
          [['touchedAt'], now],
          [['due'], DUE],
          [['dueAt'], run.startedAt],
        ],
        remove: [['finishedAt']],
        when: [{ is: 'equal', path: ['pass'], value: run.pass }],
      }),

    touch: (id: RunId, now: Epoch) => change(id, { set: [[['touchedAt'], now]], when: [] }),

    markTooSlow: (id: RunId) => change(id, { set: [[['tooSlow'], true]], when: [] }),

    finish: (run: Run, now: Epoch) =>
      change(run, {
        set: [[['finishedAt'], now]],
        remove: [['due'], ['dueAt']],
        when: [
          { is: 'equal', path: ['pass'], value: run.pass },
          { is: 'absent', path: ['finishedAt'] },
        ],
      }),

    /** Every run that is not finished. */
    async unfinished(): Promise<Run[]> {
      const { items } = await table.query({ index: 'due', partition: DUE, limit: 500 });
      const runs = await Promise.all(items.map(({ pk, sk }) => table.get({ pk, sk }, { consistent: true })));
      return runs.flatMap((item) => (item ? [Run.parse(item)] : []));
    },
  };
}
/** It expires by itself; whoever comes before that looks at the time. */
const saying = (
  eventId: string,
  { wordsHash, note, isMeant }: { wordsHash: string; note: Announced; isMeant: boolean },
  now: Epoch,
): Put => ({
  item: { ...keys.announced(eventId, wordsHash), ...note, expiresAt: note.until },
  when: isMeant ? [] : [{ is: 'any', of: [{ is: 'absent' }, { is: 'below', path: ['until'], value: now + 1 }] }],
  fact: undefined,
});

export type RunStore = ReturnType<typeof runStore>;

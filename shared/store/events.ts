import { type Campaign, confirmationCampaign } from '#shared/domain/campaign.ts';
import { Refusal } from '#shared/domain/errors.ts';
import { Event, type EventText } from '#shared/domain/event.ts';
import type { SurveyBarrier } from '#shared/domain/survey-phase.ts';
import { type Epoch, instantAt } from '#shared/domain/time.ts';
import { CATALOGUE, eventReads } from './event-reads.ts';
import { ifStill } from './if-still.ts';
import { keys } from './keys.ts';
import { sortingDue } from './sortings.ts';
import {
  ConditionFailed,
  type Item,
  type Key,
  type Path,
  type Table,
  TransactionRefused,
  type Write,
} from './table.ts';

const PLAN = 'plan';
const NOTICE = 'notice';
const LOOKOUT = 'lookout';
const PURGE = 'purge';

/** Attributes of the event's item: the event itself, and its place in the catalogue. */
const attributesOf = (event: Event) => ({ ...event, catalogue: CATALOGUE, catalogueAt: event.startInstant });

const OPTIONAL = Object.entries(Event.shape).flatMap(([field, schema]) =>
  schema.safeParse(undefined).success ? [field] : [],
);

/** Events at rest. */
export function eventStore(table: Table) {
  /** Lists an event by what a clock has to come back for, and when; strikes it off if that is never. */
  const comeBack = async (key: Key, due: string, at: Epoch | undefined): Promise<void> => {
    const when: (readonly [Path, unknown])[] = [
      [['due'], due],
      [['dueAt'], at],
    ];
    const names = when.map(([path]) => path);
    const change = at === undefined ? { remove: names } : { set: when };
    await table.update({ ...key, ...change, when: [], fact: undefined });
  };
  const listed = async (due: string, before: Epoch): Promise<{ eventId: string; at: Epoch }[]> => {
    const { items } = await table.query({ index: 'due', partition: due, atMost: before, limit: 100 });
    return items.map(({ pk, dueAt }) => ({ eventId: pk.slice('EVENT#'.length), at: Number(dueAt) }));
  };

  return {
    ...eventReads(table),

    /** Saves a new event with its slug, its texts and its first campaigns, and what is to be written with it, or throws `slug-taken`. */
    async create(
      event: Event,
      text: EventText,
      campaigns: readonly Campaign[] = [confirmationCampaign(event.createdAt)],
      also: readonly Write[] = [],
    ): Promise<void> {
      const { eventId, slug } = event;
      const fresh = [{ is: 'absent' }] as const;
      try {
        await table.transact([
          { put: { item: { ...keys.slug(slug), eventId }, when: fresh, fact: undefined } },
          { put: { item: { ...keys.event(eventId), ...attributesOf(event) }, when: fresh, fact: undefined } },
          { put: { item: { ...keys.text(eventId), ...text }, fact: undefined } },
          ...campaigns.map((campaign) => ({ put: { item: campaignItem(eventId, campaign), fact: undefined } })),
          ...also,
        ]);
      } catch (error) {
        if (error instanceof TransactionRefused && error.failed[0]) {
          throw new Refusal('slug-taken', `Another event has the address “${slug}”`, 'slug');
        }
        throw error;
      }
    },

    /**
     * Saves an edit of the event as it was at `revision`, or throws `stale-revision`; `survey-answered` where something
     * stands in its way once somebody has answered, and somebody has.
     */
    async save(
      event: Event,
      text: EventText,
      {
        revision,
        fact,
        planAt,
        tells = false,
        campaigns = [],
        barrier,
        unlessRun,
        sortAt,
      }: {
        revision: number;
        fact: 'event.published' | 'event.changed' | undefined;
        planAt?: Epoch;
        /** Whether people are to be told of this edit, when the event's notice says. */
        tells?: boolean;
        /** Campaigns it comes to have with this edit. */
        campaigns?: readonly Campaign[];
        barrier?: SurveyBarrier | undefined;
        /** A run that must not be there. */
        unlessRun?: { readonly campaignId: string; readonly occasion: string } | undefined;
        /** When the answers of its people are to be sorted by what they chose; not at all if undefined. */
        sortAt?: Epoch | undefined;
      },
    ): Promise<void> {
      const plan = fact === undefined ? {} : { due: PLAN, dueAt: planAt };
      const attributes: Record<string, unknown> = { ...attributesOf(event), ...plan };
      const set = Object.entries(attributes).flatMap(([field, value]): (readonly [Path, unknown])[] =>
        value === undefined ? [] : [[[field], value]],
      );
      const remove = OPTIONAL.filter((field) => attributes[field] === undefined).map((field): Path => [field]);
      const when = [{ is: 'equal', path: ['revision'], value: revision }] as const;
      try {
        await table.transact([
          { update: { ...keys.event(event.eventId), set, remove, when, fact } },
          { put: { item: { ...keys.text(event.eventId), ...text }, fact: undefined } },
          ...(barrier ? [unanswered(event)] : []),
          ...(tells ? noticeDue(event) : []),
          ...(unlessRun ? [withoutRun(event, unlessRun)] : []),
          ...(sortAt === undefined ? [] : [{ update: sortingDue(event.eventId, sortAt) }]),
          ...campaigns.map((campaign) => ({
            put: { item: campaignItem(event.eventId, campaign), when: [{ is: 'absent' }] as const, fact: undefined },
          })),
        ]);
      } catch (error) {
        if (error instanceof TransactionRefused) {
          if (barrier && error.failed[UNANSWERED]) throw new Refusal('survey-answered', barrier.message, barrier.field);
          throw new Refusal(
            'stale-revision',
            'Somebody edited the event meanwhile: read it again, then repeat the edit',
          );
        }
        throw error;
      }
    },

    /**
     * Stops its mail, or lets it flow, whatever else is edited at the same time: no revision is asked for. Says whether it
     * did: not where that is so already, or where its state is not as it was read.
     */
    async setPaused({ eventId, state }: Pick<Event, 'eventId' | 'state'>, paused: boolean, planAt: Epoch) {
      const isTold = state !== 'draft';
      const plan = [
        [['due'], PLAN],
        [['dueAt'], planAt],
      ] as const;
      const when = [
        { is: 'equal', path: ['paused'], value: !paused },
        { is: 'equal', path: ['state'], value: state },
      ] as const;
      return ifStill(
        table.update({
          ...keys.event(eventId),
          set: [[['paused'], paused], ...(isTold ? plan : [])],
          add: [[['revision'], 1]],
          when,
          fact: isTold ? 'event.changed' : undefined,
        }),
      );
    },

    /** When this event's campaigns came to be planned; undefined while nothing is to plan. */
    async planDueAt(eventId: string): Promise<Epoch | undefined> {
      const item = await table.get(keys.event(eventId), { consistent: true });
      return item?.due === PLAN ? Number(item.dueAt) : undefined;
    },

    /** Its campaigns are planned, unless another write asked for it since. */
    async planned(eventId: string, dueAt: Epoch): Promise<void> {
      const when = [{ is: 'equal', path: ['dueAt'], value: dueAt }] as const;
      const done = { ...keys.event(eventId), remove: [['due'], ['dueAt']] as const, when, fact: undefined };
      await table.update(done).catch((error: unknown) => {
        if (!(error instanceof ConditionFailed)) throw error;
      });
    },

    /** Events whose campaigns were to be planned before `before` and are not yet. */
    async unplanned(before: Epoch): Promise<string[]> {
      const { items } = await table.query({ index: 'due', partition: PLAN, atMost: before, limit: 500 });
      return items.map(({ pk }) => pk.slice('EVENT#'.length));
    },

    /** Whether people are still to be told of a schedule. */
    noticeIsDue: async (eventId: string): Promise<boolean> =>
      (await table.get(keys.notice(eventId), { consistent: true }))?.due !== undefined,

    /** Events whose people were to be told before `before` and nobody has begun to. */
    async untold(before: Epoch): Promise<string[]> {
      const { items } = await table.query({ index: 'due', partition: NOTICE, atMost: before, limit: 500 });
      return items.map(({ pk }) => pk.slice('EVENT#'.length));
    },

    /** When to look next whether the event lacks something; never again if undefined. */
    lookOut: (eventId: string, at: Epoch | undefined): Promise<void> => comeBack(keys.lookout(eventId), LOOKOUT, at),

    /** Events to look at, and since when. */
    lookouts: (before: Epoch) => listed(LOOKOUT, before),

    /** When to purge the event's people; never if undefined. */
    purgeOn: (eventId: string, at: Epoch | undefined): Promise<void> => comeBack(keys.purge(eventId), PURGE, at),

    /** Events whose people were to be purged before `before` and are not yet. */
    toPurge: (before: Epoch) => listed(PURGE, before),

    /** Marks the event as one whose people are being purged, unless it was edited since it was read; the event as marked. */
    async beginPurge(event: Event, now: Epoch): Promise<Event | undefined> {
      const { eventId, revision } = event;
      const marked = { ...event, purgingAt: instantAt(now), revision: revision + 1 };
      const set = [
        [['purgingAt'], marked.purgingAt],
        [['revision'], marked.revision],
      ] as const;
      const when = [{ is: 'equal', path: ['revision'], value: revision }] as const;
      try {
        await table.update({ ...keys.event(eventId), set, when, fact: undefined });
        return marked;
      } catch (error) {
        if (error instanceof ConditionFailed) return undefined;
        throw error;
      }
    },

    /** Nobody is left: notes when that was, and purges no more. */
    async endPurge(eventId: string, now: Epoch): Promise<void> {
      const set = [[['purgedAt'], instantAt(now)]] as const;
      const when = [{ is: 'present', path: ['purgingAt'] }] as const;
      await table.update({ ...keys.event(eventId), set, add: [[['revision'], 1]], when, fact: undefined });
      await comeBack(keys.purge(eventId), PURGE, undefined);
    },
  };
}
export type EventStore = ReturnType<typeof eventStore>;

const campaignItem = (eventId: string, campaign: Campaign): Item => ({
  ...keys.campaign(eventId, campaign.campaignId),
  eventId,
  ...campaign,
});

/** Which of the writes of an edit fails where somebody has answered the survey. */
const UNANSWERED = 2;
const unanswered = ({ eventId }: Event): Write => ({
  check: { ...keys.survey(eventId), when: [{ is: 'absent' }] },
});

const withoutRun = ({ eventId }: Event, run: { readonly campaignId: string; readonly occasion: string }): Write => ({
  check: { ...keys.run(eventId, run.campaignId, run.occasion), when: [{ is: 'absent' }] },
});

/** An edit that people are to be told of is listed by when they are. */
function noticeDue({ eventId, notice, scheduleRevision }: Event): Write[] {
  if (!notice) return [];
  const item = { ...keys.notice(eventId), due: NOTICE, dueAt: notice.at, scheduleRevision };
  return [{ put: { item, fact: undefined } }];
}

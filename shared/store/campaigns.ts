import type { Campaign } from '#shared/domain/campaign.ts';
import { Refusal } from '#shared/domain/errors.ts';
import type { Epoch } from '#shared/domain/time.ts';
import { allPages } from './all-pages.ts';
import { campaignFrom } from './campaign-items.ts';
import { ifStill } from './if-still.ts';
import { keys } from './keys.ts';
import { ConditionFailed, type Path, type Table, TransactionRefused, type Update, type Write } from './table.ts';

const DUE = 'campaign';

/** Campaigns at rest. An armed one is listed by when it fires. */
export function campaignStore(table: Table) {
  const keyOf = ({ eventId, campaignId }: { eventId: string; campaignId: string }) =>
    keys.campaign(eventId, campaignId);

  return {
    async get(eventId: string, campaignId: string): Promise<Campaign | undefined> {
      const item = await table.get(keys.campaign(eventId, campaignId), { consistent: true });
      return item && campaignFrom(item);
    },

    /** All campaigns of an event by number. */
    async list(eventId: string): Promise<Campaign[]> {
      const range = { partition: keys.event(eventId).pk, prefix: 'CAMPAIGN#', consistent: true };
      const items = await allPages(table, range);
      return items.map((item) => campaignFrom(item)).sort((a, b) => Number(a.campaignId) - Number(b.campaignId));
    },

    /** Adds a campaign under its number; says whether the number was free. Its event is to be planned, and what is to be written with it is. */
    async add(eventId: string, campaign: Campaign, now: Epoch, also: readonly Write[] = []): Promise<boolean> {
      const item = { ...keys.campaign(eventId, campaign.campaignId), eventId, ...campaign };
      try {
        await table.transact([
          { put: { item, when: [{ is: 'absent' }], fact: 'campaign.changed' } },
          { update: planDue(eventId, now) },
          ...also,
        ]);
        return true;
      } catch (error) {
        if (error instanceof TransactionRefused && error.failed[0]) return false;
        throw error;
      }
    },

    /** Saves an edit of the campaign as it was at `revision`; its event is to be planned. Throws `stale-revision`. */
    async save(
      eventId: string,
      campaign: Campaign,
      { revision, now }: { revision: number; now: Epoch },
    ): Promise<void> {
      const { dueAt, dueOccasion } = campaign;
      const armed = dueAt === undefined ? {} : { due: DUE, dueAt, dueOccasion };
      const item = { ...keys.campaign(eventId, campaign.campaignId), eventId, ...campaign, ...armed };
      const when = [{ is: 'equal', path: ['revision'], value: revision }] as const;
      try {
        await table.transact([{ put: { item, when, fact: 'campaign.changed' } }, { update: planDue(eventId, now) }]);
      } catch (error) {
        if (error instanceof TransactionRefused && error.failed[0]) throw stale();
        throw error;
      }
    },

    async remove(eventId: string, campaignId: string, revision: number): Promise<void> {
      const when = [{ is: 'equal', path: ['revision'], value: revision }] as const;
      await table.remove({ ...keys.campaign(eventId, campaignId), when }).catch((error: unknown) => {
        throw error instanceof ConditionFailed ? stale() : error;
      });
    },

    /** Arms or disarms the campaign as it was at `revision`; says whether it still was. */
    async arm(
      id: { eventId: string; campaignId: string },
      armed: { dueAt: Epoch; occasion: string } | undefined,
      revision: number,
    ): Promise<boolean> {
      const attributes: (readonly [Path, unknown])[] = armed
        ? [
            [['due'], DUE],
            [['dueAt'], armed.dueAt],
            [['dueOccasion'], armed.occasion],
          ]
        : [];
      const remove: Path[] = armed ? [] : [['due'], ['dueAt'], ['dueOccasion']];
      const when = [{ is: 'equal', path: ['revision'], value: revision }] as const;
      try {
        await table.update({ ...keyOf(id), set: attributes, remove, when, fact: undefined });
        return true;
      } catch (error) {
        if (error instanceof ConditionFailed) return false;
        throw error;
      }
    },

    /**
     * Pauses a campaign, or lets it send again, whatever else is edited at the same time: no revision is asked for. Says
     * whether it did: not unless it is active, or paused.
     */
    setPaused: (id: { eventId: string; campaignId: string }, paused: boolean): Promise<boolean> =>
      ifStill(
        table.update({
          ...keyOf(id),
          set: [[['state'], paused ? 'paused' : 'active']],
          ...(!paused && { remove: [['pausedBecause']] as const }),
          add: [[['revision'], 1]],
          when: [{ is: 'equal', path: ['state'], value: paused ? 'active' : 'paused' }],
          fact: 'campaign.changed',
        }),
      ),

    /** Pauses a campaign that was active at `revision`, saying why; says whether it still was. */
    async brake(
      id: { eventId: string; campaignId: string },
      { revision, because }: { revision: number; because: string },
    ): Promise<boolean> {
      const set: (readonly [Path, unknown])[] = [
        [['state'], 'paused'],
        [['pausedBecause'], because],
        [['revision'], revision + 1],
      ];
      const when = [
        { is: 'equal', path: ['revision'], value: revision },
        { is: 'equal', path: ['state'], value: 'active' },
      ] as const;
      try {
        await table.update({ ...keyOf(id), set, when, fact: 'campaign.changed' });
        return true;
      } catch (error) {
        if (error instanceof ConditionFailed) return false;
        throw error;
      }
    },

    /** Campaigns that were to fire before `before` and are armed still. */
    async overdue(before: Epoch): Promise<{ eventId: string; campaignId: string }[]> {
      const { items } = await table.query({ index: 'due', partition: DUE, atMost: before, limit: 500 });
      return items.map(({ pk, sk }) => ({
        eventId: pk.slice('EVENT#'.length),
        campaignId: sk.slice('CAMPAIGN#'.length),
      }));
    },
  };
}
export type CampaignStore = ReturnType<typeof campaignStore>;

const stale = () =>
  new Refusal('stale-revision', 'Somebody edited the campaign meanwhile: read it again, then repeat the edit');

/** Lists the event as one whose campaigns are to be planned. */
const planDue = (eventId: string, now: Epoch): Update => ({
  ...keys.event(eventId),
  set: [
    [['due'], 'plan'],
    [['dueAt'], now],
  ],
  when: [{ is: 'there' }],
  fact: undefined,
});

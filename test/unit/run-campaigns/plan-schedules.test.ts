import { describe, expect, test } from 'vitest';
import { type PlanDeps, planSchedules } from '#functions/run-campaigns/plan-schedules.ts';
import type { Campaign } from '#shared/domain/campaign.ts';
import type { Event } from '#shared/domain/event.ts';
import { startRun } from '#shared/domain/run.ts';
import { instantsOf } from '#shared/domain/schedule.ts';
import { epochOf, instantAt } from '#shared/domain/time.ts';
import { StartRun } from '#shared/queue/messages.ts';
import type { Outgoing } from '#shared/queue/sender.ts';
import { campaignStore } from '#shared/store/campaigns.ts';
import { eventStore } from '#shared/store/events.ts';
import { keys } from '#shared/store/keys.ts';
import { memoryTable } from '#shared/store/memory-table.ts';
import { runStore } from '#shared/store/runs.ts';
import { aCampaign, anEvent, aText, NOW, NOW_EPOCH } from '#test/support/builders.ts';
import { recordedLog } from '#test/support/http.ts';
import { memoryScheduler } from '#test/support/scheduler.ts';

/** A day before the start, which is 2027-02-18T09:30 in London. */
const DAY_BEFORE = epochOf('2027-02-17T09:30:00Z');

const aReminder = (given: Partial<Campaign> = {}): Campaign =>
  aCampaign({
    campaignId: '2',
    name: 'Reminder',
    kind: 'reminder',
    trigger: { before: 'start', offset: 'P1D' },
    changedAt: NOW,
    ...given,
  });

/** An event with one reminder, planned by calls of one function on a table and a scheduler in memory. */
async function office(given: { event?: Partial<Event>; campaign?: Partial<Campaign> } = {}) {
  const table = memoryTable();
  const [events, campaigns, runs] = [eventStore(table), campaignStore(table), runStore(table)];
  const event = anEvent(given.event);
  const { eventId } = event;
  let epoch = NOW_EPOCH;
  const now = () => epoch * 1000;
  const scheduler = memoryScheduler(now);
  const nudges: Outgoing[] = [];
  const deps: PlanDeps = {
    events,
    campaigns,
    runs,
    scheduler,
    nudgeStart: async (messages) => void nudges.push(...messages),
    now,
    logger: recordedLog(),
  };
  await events.create(event, aText());
  await campaigns.add(eventId, aReminder(given.campaign), epoch);
  const present = async () => (await events.get(eventId, { consistent: true })) as Event;
  const reminder = async () => (await campaigns.get(eventId, '2')) as Campaign;
  return {
    ...deps,
    events,
    campaigns,
    scheduler,
    table,
    event,
    eventId,
    clock: `${eventId}-2`,
    nudges,
    reminder,
    present,
    plan: (over: Partial<PlanDeps> = {}) => planSchedules({ ...deps, ...over })({ eventId }),
    wait: (seconds: number) => {
      epoch += seconds;
    },
    armed: async () => {
      const { dueAt, dueOccasion } = await reminder();
      return dueAt === undefined ? undefined : { dueAt, dueOccasion };
    },
    planIsDue: async () => (await events.planDueAt(eventId)) !== undefined,
    /** Writes the event with these changes, as an edit of its times does. */
    async change(changes: Partial<Event>) {
      const before = await present();
      const edited = { ...before, ...changes };
      const after = {
        ...edited,
        ...instantsOf(edited),
        revision: before.revision + 1,
        timesChangedAt: instantAt(epoch),
      };
      await events.save(after, aText(), { revision: before.revision, fact: 'event.changed', planAt: epoch });
    },
    async edit(changes: Partial<Campaign>) {
      // As the API does: an edit disarms, and the plan arms anew.
      const { dueAt: _, dueOccasion: __, ...before } = await reminder();
      const after = { ...before, ...changes, revision: before.revision + 1, changedAt: instantAt(epoch) };
      await campaigns.save(eventId, after, { revision: before.revision, now: epoch });
    },
    async startTheRun(occasion = 's1') {
      const [event, campaign] = [await present(), await reminder()];
      const { startRevision, endRevision } = event;
      const run = startRun(event, campaign, { occasion, firedAt: DAY_BEFORE, now: epoch });
      const read = { startRevision, endRevision, campaignRevision: campaign.revision, armed: true };
      expect(await runs.start(run, read)).toBe('started');
    },
  };
}

describe('a plan', () => {
  test('arms a campaign for its time and occasion, and sets its clock', async () => {
    const { plan, armed, scheduler, clock, eventId, planIsDue, nudges } = await office();
    await plan();
    expect(await armed()).toEqual({ dueAt: DAY_BEFORE, dueOccasion: 's1' });
    const body = { v: 1, eventId, campaignId: '2', occasion: 's1', revision: 1 };
    expect([...scheduler.clocks]).toEqual([[clock, { at: DAY_BEFORE, body }]]);
    expect(nudges).toEqual([]);
    expect(await planIsDue()).toBe(false);
  });

  test('has the clock say what start-run understands', async () => {
    const { plan, scheduler, clock, eventId } = await office();
    await plan();
    const expected = { v: 1, eventId, campaignId: '2', occasion: 's1' };
    expect(StartRun.parse(scheduler.clocks.get(clock)?.body)).toEqual(expected);
  });

  test('sets one clock per campaign that a clock fires, and none for the others', async () => {
    const { plan, scheduler, campaigns, eventId } = await office();
    const more: Partial<Campaign>[] = [
      { campaignId: '3', kind: 'survey', trigger: { after: 'end', offset: 'PT2H' } },
      { campaignId: '4', kind: 'announcement', trigger: { manual: true } },
      { campaignId: '5', kind: 'joining', state: 'draft' },
    ];
    for (const each of more) await campaigns.add(eventId, aReminder(each), NOW_EPOCH);
    await plan();
    expect([...scheduler.clocks.keys()].sort()).toEqual([`${eventId}-2`, `${eventId}-3`]);
  });

  test('of an event that is not there does nothing', async () => {
    const { scheduler, ...deps } = await office();
    await planSchedules({ ...deps, scheduler })({ eventId: '9999999999999999' });
    expect(scheduler.clocks.size).toBe(0);
  });

  test('that is repeated changes nothing', async () => {
    const { plan, armed, scheduler } = await office();
    await plan();
    const before = structuredClone(scheduler.clocks);
    await plan();
    await plan();
    expect(scheduler.clocks).toEqual(before);
    expect(await armed()).toEqual({ dueAt: DAY_BEFORE, dueOccasion: 's1' });
  });
});

describe('after a change', () => {
  test('of the offset, the campaign fires at the new time', async () => {
    const { plan, edit, armed, scheduler, clock } = await office();
    await plan();
    await edit({ trigger: { before: 'start', offset: 'P2D' } });
    await plan();
    expect(await armed()).toEqual({ dueAt: DAY_BEFORE - 86_400, dueOccasion: 's1' });
    expect(scheduler.clocks.get(clock)).toMatchObject({ at: DAY_BEFORE - 86_400, body: { revision: 2 } });
  });

  test('of the event’s times, it fires for the new occasion at the new time', async () => {
    const { plan, change, armed, scheduler, clock } = await office();
    await plan();
    await change({ startsAt: '2027-03-18T09:30', endsAt: '2027-03-18T13:00', startRevision: 2, endRevision: 2 });
    await plan();
    const dueAt = epochOf('2027-03-17T09:30:00Z');
    expect(await armed()).toEqual({ dueAt, dueOccasion: 's2' });
    expect(scheduler.clocks.get(clock)).toMatchObject({ at: dueAt, body: { occasion: 's2' } });
  });

  test('from draft to active, it is armed', async () => {
    const { plan, edit, armed, scheduler } = await office({ campaign: { state: 'draft' } });
    await plan();
    expect(await armed()).toBeUndefined();
    expect(scheduler.clocks.size).toBe(0);
    await edit({ state: 'active' });
    await plan();
    expect(await armed()).toEqual({ dueAt: DAY_BEFORE, dueOccasion: 's1' });
  });

  test('from active to draft, it is disarmed and its clock taken back', async () => {
    const { plan, edit, armed, scheduler } = await office();
    await plan();
    await edit({ state: 'draft' });
    await plan();
    expect(await armed()).toBeUndefined();
    expect(scheduler.clocks.size).toBe(0);
  });

  test('to paused and back, it stays armed all along: its run will wait', async () => {
    const { plan, edit, armed, scheduler } = await office();
    await plan();
    for (const state of ['paused', 'active'] as const) {
      await edit({ state });
      await plan();
      expect(await armed()).toEqual({ dueAt: DAY_BEFORE, dueOccasion: 's1' });
      expect(scheduler.clocks.size).toBe(1);
    }
  });

  test('to a trigger that no clock fires, it is disarmed', async () => {
    const { plan, change, edit, armed, scheduler } = await office({ campaign: { kind: 'announcement' } });
    await plan();
    expect(scheduler.clocks.size).toBe(1);
    await edit({ trigger: { manual: true } });
    await plan();
    expect(await armed()).toBeUndefined();
    expect(scheduler.clocks.size).toBe(0);
    await change({ title: 'Another title' });
    await plan();
    expect(scheduler.clocks.size).toBe(0);
  });

  test('of the event to cancelled or postponed, everything is disarmed', async () => {
    for (const state of ['cancelled', 'postponed'] as const) {
      const { plan, change, armed, scheduler } = await office();
      await plan();
      await change({ state });
      await plan();
      expect(await armed()).toBeUndefined();
      expect(scheduler.clocks.size).toBe(0);
    }
  });

  test('that publishes the event, what was made with the draft is armed', async () => {
    const { plan, change, armed } = await office({ event: { state: 'draft' } });
    await plan();
    expect(await armed()).toBeUndefined();
    await change({ state: 'published' });
    await plan();
    expect(await armed()).toEqual({ dueAt: DAY_BEFORE, dueOccasion: 's1' });
  });

  test('that comes after its time, a campaign is not armed: switching on is not sending', async () => {
    const { plan, edit, armed, scheduler, nudges, wait } = await office({ campaign: { state: 'draft' } });
    wait(DAY_BEFORE - NOW_EPOCH + 60);
    await edit({ state: 'active' });
    await plan();
    expect(await armed()).toBeUndefined();
    expect(scheduler.clocks.size).toBe(0);
    expect(nudges).toEqual([]);
  });
});

describe('an occasion that has a run', () => {
  test('is never armed again, whatever is edited', async () => {
    const { plan, edit, change, armed, startTheRun, scheduler, nudges, clock } = await office();
    await plan();
    await startTheRun();
    scheduler.lose(clock);
    await edit({ trigger: { before: 'start', offset: 'PT24H' } });
    await plan();
    await change({ title: 'Another title' });
    await plan();
    expect(await armed()).toBeUndefined();
    expect(scheduler.clocks.size).toBe(0);
    expect(nudges).toEqual([]);
  });

  test('gives way to the next: after a reschedule the campaign is armed for that', async () => {
    const { plan, change, armed, startTheRun } = await office();
    await plan();
    await startTheRun();
    await change({ startsAt: '2027-03-18T09:30', endsAt: '2027-03-18T13:00', startRevision: 2, endRevision: 2 });
    await plan();
    expect(await armed()).toMatchObject({ dueOccasion: 's2' });
  });

  test('that gets its run while it is being armed is disarmed before the plan is done', async () => {
    const { plan, armed, startTheRun, campaigns, scheduler } = await office();
    let raced = false;
    await plan({
      campaigns: {
        ...campaigns,
        arm: async (...args) => {
          if (!raced) {
            raced = true;
            await startTheRun();
          }
          return campaigns.arm(...args);
        },
      },
    });
    expect(raced).toBe(true);
    expect(await armed()).toBeUndefined();
    expect(scheduler.clocks.size).toBe(0);
  });
});

describe('a write while planning', () => {
  test('that makes the reading stale leaves the plan due', async () => {
    const { plan, planIsDue, campaigns, armed } = await office();
    await expect(plan({ campaigns: { ...campaigns, arm: async () => false } })).rejects.toThrow('keeps changing');
    expect(await planIsDue()).toBe(true);
    expect(await armed()).toBeUndefined();
    await plan();
    expect(await planIsDue()).toBe(false);
    expect(await armed()).toBeDefined();
  });

  test('is planned too, though it came in the same second', async () => {
    const { plan, edit, armed, planIsDue, events } = await office();
    let edited = false;
    await plan({
      events: {
        ...events,
        planned: async (...args) => {
          if (!edited) {
            edited = true;
            await edit({ trigger: { before: 'start', offset: 'P3D' } });
          }
          await events.planned(...args);
        },
      },
    });
    expect(edited).toBe(true);
    expect(await armed()).toEqual({ dueAt: DAY_BEFORE - 2 * 86_400, dueOccasion: 's1' });
    expect(await planIsDue()).toBe(false);
  });

  test('by a faster twin is not undone by a slower one that read the event before it was moved', async () => {
    const { plan, change, armed, campaigns, scheduler, clock } = await office();
    let raced = false;
    await plan({
      campaigns: {
        ...campaigns,
        arm: async (...args) => {
          if (!raced) {
            raced = true;
            await change({ startsAt: '2027-03-18T09:30', endsAt: '2027-03-18T13:00', startRevision: 2 });
            await plan();
          }
          return campaigns.arm(...args);
        },
      },
    });
    const dueAt = epochOf('2027-03-17T09:30:00Z');
    expect(await armed()).toEqual({ dueAt, dueOccasion: 's2' });
    expect(scheduler.clocks.get(clock)).toMatchObject({ at: dueAt, body: { occasion: 's2' } });
  });

  test('that never ends is given back to the queue, and stays due', async () => {
    const { plan, edit, planIsDue, scheduler } = await office();
    let offset = 1;
    const put = async (...args: Parameters<typeof scheduler.put>) => {
      await scheduler.put(...args);
      await edit({ trigger: { before: 'start', offset: `P${++offset}D` } });
    };
    await expect(plan({ scheduler: { ...scheduler, put } })).rejects.toThrow('Somebody keeps changing');
    await edit({ name: 'Last words' });
    expect(await planIsDue()).toBe(true);
  });
});

describe('a clock', () => {
  test('that got lost is set again by the next plan', async () => {
    const { plan, scheduler, clock } = await office();
    await plan();
    scheduler.lose(clock);
    await plan();
    expect(scheduler.clocks.get(clock)).toMatchObject({ at: DAY_BEFORE });
  });

  test('that could not be set leaves the plan due, and the campaign armed for sweep to find', async () => {
    const { plan, planIsDue, armed, campaigns, scheduler } = await office();
    const put = () => Promise.reject(new Error('Throttled'));
    await expect(plan({ scheduler: { ...scheduler, put } })).rejects.toThrow('Throttled');
    expect(await planIsDue()).toBe(true);
    expect(await armed()).toEqual({ dueAt: DAY_BEFORE, dueOccasion: 's1' });
    expect(await campaigns.overdue(DAY_BEFORE)).toHaveLength(1);
  });

  test('that cannot be taken back leaves the plan due, so that it is tried again', async () => {
    const { plan, edit, planIsDue, scheduler } = await office();
    await plan();
    await edit({ state: 'draft' });
    const remove = () => Promise.reject(new Error('Throttled'));
    await expect(plan({ scheduler: { ...scheduler, remove } })).rejects.toThrow('Throttled');
    expect(await planIsDue()).toBe(true);
    await plan();
    expect(scheduler.clocks.size).toBe(0);
  });

  test('is never asked for by a confirmation, which nobody can give one', async () => {
    const { plan, scheduler, clock } = await office();
    const asked: string[] = [];
    const remove = async (name: string) => void asked.push(name);
    await plan({ scheduler: { ...scheduler, remove } });
    expect(asked).toEqual([]);
    expect([...scheduler.clocks.keys()]).toEqual([clock]);
  });

  test('that speaks early, twice or for another occasion changes nothing that is planned', async () => {
    const { plan, change, scheduler, armed, wait } = await office();
    await plan();
    await change({ startsAt: '2027-03-18T09:30', endsAt: '2027-03-18T13:00', startRevision: 2 });
    wait(DAY_BEFORE - NOW_EPOCH);
    expect(scheduler.due()).toMatchObject([{ occasion: 's1' }]);
    await plan();
    expect(await armed()).toMatchObject({ dueOccasion: 's2' });
    expect(scheduler.clocks.size).toBe(1);
  });

  test.each([
    ['five seconds away', 5, 5],
    ['due this second', 0, 0],
    ['two minutes late', -120, 0],
  ])('is not set for a time that is %s: start-run is asked to look itself', async (_, left, delay) => {
    const { plan, scheduler, nudges, wait, eventId } = await office();
    wait(DAY_BEFORE - left - NOW_EPOCH);
    await plan();
    const body = { v: 1, eventId, campaignId: '2', occasion: 's1', revision: 1 };
    expect(nudges).toEqual([{ body, delay }]);
    expect(scheduler.clocks.size).toBe(0);
  });

  test('is set for a time that is six seconds away', async () => {
    const { plan, scheduler, nudges, wait } = await office();
    wait(DAY_BEFORE - 6 - NOW_EPOCH);
    await plan();
    expect(nudges).toEqual([]);
    expect(scheduler.clocks.size).toBe(1);
  });

  test('set for a later time goes when the campaign is due now', async () => {
    const { plan, edit, scheduler, nudges, wait } = await office({ campaign: { kind: 'announcement' } });
    await plan();
    await edit({ trigger: { at: '2026-11-23T10:01' } });
    wait(58);
    await plan();
    expect(nudges).toHaveLength(1);
    expect(scheduler.clocks.size).toBe(0);
  });

  test('has a name AWS takes, however many campaigns an event had', async () => {
    const { plan, table, eventId, scheduler } = await office();
    const last = aReminder({ campaignId: '999999' });
    await table.put({ item: { ...keys.campaign(eventId, '999999'), eventId, ...last }, fact: undefined });
    await plan();
    expect([...scheduler.clocks.keys()]).toContain(`${eventId}-999999`);
  });
});

describe('an event that nobody can join yet', () => {
  const joining = { url: 'https://meet.example.org/1', opensBefore: 'PT15M' };
  const HOUR = 3600;
  const NEVER = epochOf('2099-01-01T00:00:00Z');
  const lookedAt = async ({ events }: Awaited<ReturnType<typeof office>>) =>
    (await events.lookouts(NEVER)).map(({ at }) => at);

  test('is looked at a day before its start, when that moves too', async () => {
    const world = await office();
    await world.plan();
    expect(await lookedAt(world)).toEqual([DAY_BEFORE]);
    await world.change({ startsAt: '2027-03-01T09:30', endsAt: '2027-03-01T13:00' });
    await world.plan();
    expect(await lookedAt(world)).toEqual([epochOf('2027-02-28T09:30:00Z')]);
  });

  test('is looked at no more once there is an address, and again when that is taken away', async () => {
    const world = await office();
    await world.change({ joining });
    await world.plan();
    expect(await lookedAt(world)).toEqual([]);
    await world.change({ joining: undefined });
    await world.plan();
    expect(await lookedAt(world)).toEqual([DAY_BEFORE]);
  });

  test.each([
    [-10 * 60, 0],
    [12 * HOUR, 22 * HOUR],
    [22 * HOUR + 5 * 60, 22 * HOUR],
    [23 * HOUR, undefined],
  ])('planned %i s after that moment, it is looked at for what is still to come: %j', async (planned, at) => {
    const world = await office();
    world.wait(DAY_BEFORE - NOW_EPOCH + planned);
    await world.plan();
    expect(await lookedAt(world)).toEqual(at === undefined ? [] : [DAY_BEFORE + at]);
  });
});

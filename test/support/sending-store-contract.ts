import { beforeEach, describe, expect, test } from 'vitest';
import { announcedBy, SAME_WITHIN } from '#shared/domain/announced.ts';
import type { Event } from '#shared/domain/event.ts';
import { type Pacer, retuned } from '#shared/domain/pacer.ts';
import { startRun, type Tally } from '#shared/domain/run.ts';
import { campaignStore } from '#shared/store/campaigns.ts';
import { eventStore } from '#shared/store/events.ts';
import { pacerStore } from '#shared/store/pacer.ts';
import { toItem } from '#shared/store/registration-items.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { runStore } from '#shared/store/runs.ts';
import type { Table } from '#shared/store/table.ts';
import { walkStore } from '#shared/store/walks.ts';
import { anEvent, aRegistration, aReminder, aText, NOW_EPOCH } from './builders.ts';

const DUE = NOW_EPOCH + 1000;
const OCCASION = 's1';

/** What the stores of campaigns, runs and the pacer promise, whatever engine the table runs on. */
export function describeSendingStores(engine: string, open: () => Promise<Table>): void {
  describe(`the stores of sending on ${engine}`, () => {
    let table: Table;
    let events: ReturnType<typeof eventStore>;
    let campaigns: ReturnType<typeof campaignStore>;
    let runs: ReturnType<typeof runStore>;
    let event: Event;
    const reminder = aReminder();
    const id = () => ({ eventId: event.eventId, campaignId: reminder.campaignId });
    const runId = () => ({ ...id(), occasion: OCCASION });

    beforeEach(async () => {
      table = await open();
      [events, campaigns, runs] = [eventStore(table), campaignStore(table), runStore(table)];
      event = anEvent();
      await events.create(event, aText());
    });

    const edit = async (change: Partial<Event>, planAt?: number) => {
      const { revision } = event;
      event = { ...event, ...change, revision: revision + 1 };
      const plan = planAt === undefined ? { fact: undefined } : { fact: 'event.changed' as const, planAt };
      await events.save(event, aText(), { revision, ...plan });
    };
    const added = () => campaigns.add(event.eventId, reminder, NOW_EPOCH);
    const aRun = () => startRun(event, reminder, { occasion: OCCASION, firedAt: DUE, now: DUE + 1 });
    const read = { startRevision: 1, endRevision: 1, campaignRevision: 1, armed: true };
    const tally = (pass: number, open: number): Tally => ({ pass, open, sent: 1, skipped: 0, failed: 0, held: 0 });

    test('a campaign comes back as it was added, and campaigns come by their numbers', async () => {
      const words = { subject: 'Soon', body: 'In an hour.' };
      const rich = aReminder({ campaignId: '10', template: words, audience: { status: ['confirmed'] } });
      expect(await campaigns.add(event.eventId, rich, NOW_EPOCH)).toBe(true);
      expect(await added()).toBe(true);
      expect(await campaigns.get(event.eventId, '10')).toEqual(rich);
      expect((await campaigns.list(event.eventId)).map(({ campaignId }) => campaignId)).toEqual(['1', '3', '10']);
      expect(await campaigns.get(event.eventId, '4')).toBeUndefined();
    });

    test('two campaigns cannot have one number, and none is of an event there is not', async () => {
      const results = await Promise.all([added(), added()].map((each) => each.catch(() => 'conflict')));
      expect(results.filter((each) => each === true)).toHaveLength(1);
      expect(await added()).toBe(false);
      await expect(campaigns.add('0000000000000000', reminder, NOW_EPOCH)).rejects.toThrow();
      expect(await campaigns.list('0000000000000000')).toEqual([]);
    });

    test('an edit of an older revision is refused, and so is the removal of one', async () => {
      await added();
      const at = { revision: 1, now: NOW_EPOCH };
      await campaigns.save(event.eventId, { ...reminder, name: 'Soon', revision: 2 }, at);
      const stale = { code: 'stale-revision' };
      await expect(campaigns.save(event.eventId, { ...reminder, revision: 2 }, at)).rejects.toMatchObject(stale);
      await expect(campaigns.remove(event.eventId, '3', 1)).rejects.toMatchObject(stale);
      expect(await campaigns.get(event.eventId, '3')).toMatchObject({ name: 'Soon', revision: 2 });
      await campaigns.remove(event.eventId, '3', 2);
      expect(await campaigns.get(event.eventId, '3')).toBeUndefined();
    });

    test('an armed campaign is listed from its time on, until it is armed no longer', async () => {
      await added();
      expect(await campaigns.arm(id(), { dueAt: DUE, occasion: OCCASION }, 1)).toBe(true);
      expect(await campaigns.get(event.eventId, '3')).toMatchObject({ dueAt: DUE, dueOccasion: OCCASION });
      await expect.poll(() => campaigns.overdue(DUE)).toEqual([id()]);
      expect(await campaigns.overdue(DUE - 1)).toEqual([]);
      expect(await campaigns.arm(id(), undefined, 1)).toBe(true);
      expect(await campaigns.get(event.eventId, '3')).toEqual(reminder);
      await expect.poll(() => campaigns.overdue(DUE)).toEqual([]);
    });

    test('arming by an older revision does nothing, nor does it bring a removed campaign back', async () => {
      await added();
      expect(await campaigns.arm(id(), { dueAt: DUE, occasion: OCCASION }, 2)).toBe(false);
      expect(await campaigns.get(event.eventId, '3')).toEqual(reminder);
      await campaigns.remove(event.eventId, '3', 1);
      expect(await campaigns.arm(id(), { dueAt: DUE, occasion: OCCASION }, 1)).toBe(false);
      expect(await campaigns.get(event.eventId, '3')).toBeUndefined();
    });

    test('an edit that keeps it armed keeps it listed, one that disarms it does not', async () => {
      await added();
      await campaigns.arm(id(), { dueAt: DUE, occasion: OCCASION }, 1);
      const armed = { ...reminder, dueAt: DUE, dueOccasion: OCCASION };
      await campaigns.save(event.eventId, { ...armed, revision: 2 }, { revision: 1, now: NOW_EPOCH });
      await expect.poll(() => campaigns.overdue(DUE)).toEqual([id()]);
      await campaigns.save(event.eventId, { ...reminder, revision: 3 }, { revision: 2, now: NOW_EPOCH });
      await expect.poll(() => campaigns.overdue(DUE)).toEqual([]);
    });

    test('every write of a campaign leaves its event to be planned, until it is planned as of then', async () => {
      expect(await events.planDueAt(event.eventId)).toBeUndefined();
      await added();
      expect(await events.planDueAt(event.eventId)).toBe(NOW_EPOCH);
      await expect.poll(() => events.unplanned(NOW_EPOCH)).toEqual([event.eventId]);
      expect(await events.unplanned(NOW_EPOCH - 1)).toEqual([]);
      await campaigns.save(event.eventId, { ...reminder, revision: 2 }, { revision: 1, now: NOW_EPOCH + 5 });
      await events.planned(event.eventId, NOW_EPOCH);
      expect(await events.planDueAt(event.eventId)).toBe(NOW_EPOCH + 5);
      await events.planned(event.eventId, NOW_EPOCH + 5);
      expect(await events.planDueAt(event.eventId)).toBeUndefined();
      await expect.poll(() => events.unplanned(NOW_EPOCH + 100)).toEqual([]);
    });

    test('an edit of the event that states a fact leaves it to be planned, one that states none does not', async () => {
      await edit({ title: 'Quiet' });
      expect(await events.planDueAt(event.eventId)).toBeUndefined();
      await edit({ title: 'Told' }, NOW_EPOCH + 7);
      expect(await events.planDueAt(event.eventId)).toBe(NOW_EPOCH + 7);
      await edit({ title: 'Quiet again' });
      expect(await events.planDueAt(event.eventId)).toBe(NOW_EPOCH + 7);
      expect(await events.get(event.eventId)).toEqual(event);
    });

    test('a run starts once, comes back as it was, is listed, and strikes off what was armed', async () => {
      await added();
      await campaigns.arm(id(), { dueAt: DUE, occasion: OCCASION }, 1);
      const results = await Promise.all(Array.from({ length: 4 }, () => runs.start(aRun(), read)));
      expect(results.filter((each) => each === 'started')).toHaveLength(1);
      expect(await runs.start(aRun(), read)).toBe('exists');
      expect(await runs.get(runId())).toEqual(aRun());
      expect(await runs.list(event.eventId, '3')).toEqual([aRun()]);
      await expect.poll(() => runs.unfinished()).toEqual([aRun()]);
      expect(await campaigns.get(event.eventId, '3')).toEqual(reminder);
      await expect.poll(() => campaigns.overdue(DUE + 1000)).toEqual([]);
    });

    test('a run by hand leaves armed what the clock will send', async () => {
      await added();
      await campaigns.arm(id(), { dueAt: DUE, occasion: OCCASION }, 1);
      const byHand = { ...aRun(), occasion: 'm0123456789ab' };
      expect(await runs.start(byHand, { ...read, armed: false })).toBe('started');
      expect(await campaigns.get(event.eventId, '3')).toMatchObject({ dueAt: DUE });
    });

    test('of runs that say the same to the same people one starts, for a day; one that is meant always does', async () => {
      await added();
      const said = (occasion: string, startedAt = NOW_EPOCH, isMeant = false) => {
        const byHand = { ...aRun(), occasion, startedAt };
        return runs.start(byHand, { ...read, armed: false }, { wordsHash: 'h', note: announcedBy(byHand), isMeant });
      };
      const atOnce = await Promise.all(['m1', 'm2', 'm3', 'm4'].map((occasion) => said(occasion)));
      expect(atOnce.filter((each) => each === 'started')).toHaveLength(1);
      expect(atOnce.filter((each) => each === 'moved-on')).toHaveLength(3);
      const first = await runs.announced(event.eventId, 'h');
      expect(first).toMatchObject({ campaignId: '3', at: NOW_EPOCH });
      expect(await runs.announced(event.eventId, 'other')).toBeUndefined();
      expect(await said('m5', NOW_EPOCH + SAME_WITHIN - 1)).toBe('moved-on');
      expect(await said('m6', NOW_EPOCH + 1, true)).toBe('started');
      expect(await said('m7', NOW_EPOCH + 1 + SAME_WITHIN)).toBe('started');
    });

    test('no run starts on what has moved on since it was read', async () => {
      await added();
      for (const stale of [{ startRevision: 2 }, { endRevision: 2 }, { campaignRevision: 2 }]) {
        expect(await runs.start(aRun(), { ...read, ...stale })).toBe('moved-on');
      }
      await edit({ state: 'postponed' });
      expect(await runs.start(aRun(), read)).toBe('moved-on');
      expect(await runs.get(runId())).toBeUndefined();
      await edit({ state: 'published', title: 'Edited in the meantime' });
      expect(await runs.start(aRun(), read)).toBe('started');
    });

    test('runs of one campaign are not those of another whose number begins alike', async () => {
      await added();
      const other = aReminder({ campaignId: '33' });
      await campaigns.add(event.eventId, other, NOW_EPOCH);
      await runs.start(startRun(event, other, { occasion: OCCASION, firedAt: DUE, now: DUE }), read);
      expect(await runs.list(event.eventId, '3')).toEqual([]);
      expect(await runs.list(event.eventId, '33')).toHaveLength(1);
    });

    const started = async () => {
      await added();
      await runs.start(aRun(), read);
      return aRun();
    };
    const run = async () => {
      const found = await runs.get(runId());
      if (!found) throw new Error('There is no run');
      return found;
    };

    test('shards are counted each for itself, by the pass that is on', async () => {
      await started();
      await Promise.all([0, 3, 7].map((shard) => runs.tally(runId(), shard, tally(1, shard), DUE + 9)));
      expect(await run()).toMatchObject({
        shards: { 0: tally(1, 0), 3: tally(1, 3), 7: tally(1, 7) },
        touchedAt: DUE + 9,
      });
      expect(await runs.tally(runId(), 3, tally(2, 99), DUE + 10)).toBeUndefined();
      expect(await run()).toMatchObject({ shards: { 3: tally(1, 3) }, touchedAt: DUE + 9 });
    });

    test('hints add up, whoever brings them at once', async () => {
      await started();
      const note = (settled: number, sent: number) => runs.noteProgress(runId(), { settled, sent, now: DUE + 20 });
      await Promise.all([note(3, 2), note(5, 5), note(1, 0), runs.noteBounce(runId()), runs.noteBounce(runId())]);
      expect(await run()).toMatchObject({ settledInPass: 9, sentHint: 7, bouncedHint: 2, touchedAt: DUE + 20 });
    });

    test('a pass follows once, keeps what was counted, and says how far the run had come', async () => {
      await started();
      const shards = await Promise.all(Array.from({ length: 8 }, (_, n) => runs.tally(runId(), n, tally(1, 1), DUE)));
      expect(shards).toHaveLength(8);
      const before = await run();
      const [first, second] = [await runs.nextPass(before, DUE + 30), await runs.nextPass(before, DUE + 31)];
      expect(first).toMatchObject({ pass: 2, settledInPass: 0, touchedAt: DUE + 30, progressed: 0.5 });
      expect(second).toBeUndefined();
      expect(await run()).toMatchObject({ shards: before.shards });
    });

    test('a waiting run goes on for whoever read its stamp, and for nobody else', async () => {
      await started();
      const running = await run();
      await runs.wait(runId(), 'stamp-1');
      expect(await runs.nextPass(running, DUE)).toBeUndefined();
      const waiting = await run();
      await runs.wait(runId(), 'stamp-2');
      expect(await runs.nextPass(waiting, DUE)).toBeUndefined();
      expect(await runs.nextPass(await run(), DUE)).toMatchObject({ pass: 2 });
      expect(await run()).not.toHaveProperty('waiting');
    });

    test('a run finishes once, in the pass that was read, and is listed no longer', async () => {
      await started();
      const before = await run();
      await runs.nextPass(before, DUE);
      expect(await runs.finish(before, DUE + 60)).toBeUndefined();
      expect(await runs.finish(await run(), DUE + 60)).toMatchObject({ finishedAt: DUE + 60 });
      expect(await runs.finish(await run(), DUE + 61)).toBeUndefined();
      await expect.poll(() => runs.unfinished()).toEqual([]);
      expect(await runs.wait(runId(), 'too-late')).toBeUndefined();
      expect(await run()).toMatchObject({ finishedAt: DUE + 60 });
    });

    test('a finished run that is opened again is listed again, in a pass of its own', async () => {
      await started();
      await runs.finish(await run(), DUE + 60);
      expect(await runs.reopen(await run(), DUE + 90)).toMatchObject({ pass: 2, touchedAt: DUE + 90 });
      expect(await run()).not.toHaveProperty('finishedAt');
      await expect.poll(async () => (await runs.unfinished()).length).toBe(1);
    });

    test('nothing makes a run of notes about one there is not', async () => {
      const missing = runId();
      const notes = [
        runs.noteProgress(missing, { settled: 1, sent: 1, now: DUE }),
        runs.noteBounce(missing),
        runs.wait(missing, 'stamp'),
        runs.touch(missing, DUE),
        runs.markTooSlow(missing),
        runs.tally(missing, 0, tally(1, 0), DUE),
      ];
      expect(await Promise.all(notes)).toEqual(notes.map(() => undefined));
      expect(await runs.get(missing)).toBeUndefined();
    });

    test('a walk meets everybody of its shard, page by page, as they are', async () => {
      const registrations = registrationStore(table);
      const rows = Array.from({ length: 5 }, (_, n) =>
        aRegistration({ eventId: event.eventId, registrationId: `3${String(n).padStart(15, '0')}` }),
      );
      for (const row of rows) await table.put({ item: toItem(row), fact: undefined });
      const elsewhere = aRegistration({ eventId: event.eventId, registrationId: '4000000000000000' });
      await table.put({ item: toItem(elsewhere), fact: undefined });
      expect((await registrations.page(event.eventId, 3)).people).toEqual(rows);
      const after = { pk: `EVENT#${event.eventId}#3`, sk: `REG#${rows[2]?.registrationId}` };
      expect((await registrations.page(event.eventId, 3, after)).people).toEqual(rows.slice(3));
    });

    test('a walk that was left is found until somebody goes on with it, and the later rest is the rest', async () => {
      const walks = walkStore(table);
      const walk = { ...runId(), shard: 3 };
      await walks.leave({ ...walk, message: '{"page":1}' }, NOW_EPOCH);
      const [first] = await expect
        .poll(() => walks.left(NOW_EPOCH))
        .toHaveLength(1)
        .then(() => walks.left(NOW_EPOCH));
      expect(first).toMatchObject({ ...walk, message: '{"page":1}' });
      await walks.leave({ ...walk, message: '{"page":2}' }, NOW_EPOCH + 1);
      if (first) await walks.takeUp(first);
      await expect.poll(() => walks.left(NOW_EPOCH + 1)).toMatchObject([{ ...walk, message: '{"page":2}' }]);
      await walks.takeUp({ ...walk, message: '{"page":2}' });
      await expect.poll(() => walks.left(NOW_EPOCH + 1)).toEqual([]);
      await walks.takeUp({ ...walk, message: '{"page":2}' });
    });

    test('the pacer is moved by one of those who read the same, and the others see where it is', async () => {
      const pacer = pacerStore(table);
      expect(await pacer.get()).toBeUndefined();
      const first: Pacer = retuned(undefined, { maxSendRate: 14, quotaLeft: 200 }, 0);
      expect(await pacer.move(undefined, first)).toEqual({ moved: true });
      expect(await pacer.move(undefined, first)).toEqual({ moved: false, now: first });
      expect(await pacer.get()).toEqual(first);
      const moves = [1, 2, 3].map((n) => pacer.move(first, { ...first, tat: NOW_EPOCH * 1000 + n / 3 }));
      const outcomes = await Promise.all(moves);
      expect(outcomes.filter(({ moved }) => moved)).toHaveLength(1);
      const now = await pacer.get();
      for (const outcome of outcomes) if (!outcome.moved) expect(outcome.now).toEqual(now);
      if (!now) throw new Error('The pacer is gone');
      const { quotaLeft: _, ...unlimited } = now;
      expect(await pacer.move(now, unlimited)).toEqual({ moved: true });
      expect(await pacer.get()).toEqual(unlimited);
    });
  });
}

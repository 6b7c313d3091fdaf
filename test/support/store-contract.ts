import { beforeEach, describe, expect, test } from 'vitest';
import { mintKey } from '#shared/domain/api-key.ts';
import { cancel, mute, registerAgain } from '#shared/domain/change-registration.ts';
import { confirmAddress } from '#shared/domain/confirm-address.ts';
import { draftEvent, NewEvent, publishEvent } from '#shared/domain/edit-event.ts';
import { erase } from '#shared/domain/erase.ts';
import { chance, newId, randomWord, SHARDS, shardOf } from '#shared/domain/ids.ts';
import { apply, type Registration, SEAT_DUE } from '#shared/domain/registration.ts';
import { joinQueue, promote, takeSeat } from '#shared/domain/seat-person.ts';
import { NO_SEATS } from '#shared/domain/seats.ts';
import { apiKeyStore } from '#shared/store/api-keys.ts';
import { budgetStore } from '#shared/store/budgets.ts';
import { campaignStore } from '#shared/store/campaigns.ts';
import { controlStore } from '#shared/store/control.ts';
import { type Eraser, eraser } from '#shared/store/eraser.ts';
import { eventStore } from '#shared/store/events.ts';
import { receiptsStore } from '#shared/store/receipts.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { seatStore } from '#shared/store/seats.ts';
import { ConditionFailed, type Table } from '#shared/store/table.ts';
import { describeJobStores } from './job-store-contract.ts';
import { describeSendingStores } from './sending-store-contract.ts';
import { describeSurveyStore } from './survey-store-contract.ts';

const NOW = '2026-11-23T10:00:00Z';
const EPOCH = Date.parse(NOW) / 1000;
const FREELY = { delay: 0, dropped: false };

const aDraft = (slug: string, startsAt = '2027-02-18T09:30') =>
  draftEvent(
    NewEvent.parse({
      title: 'A morning on fraud',
      format: 'online',
      startsAt,
      endsAt: `${startsAt.slice(0, 10)}T13:00`,
      timeZone: 'Europe/London',
      place: 'Webinar',
      organiser: { name: 'Example Events', email: 'events@example.org' },
    }),
    { eventId: newId(chance), slug, now: NOW },
  );

const aNewcomer = (eventId: string, capped = false): Registration =>
  apply(
    {
      eventId,
      registrationId: newId(chance),
      name: 'Ada Example',
      email: 'ada@example.org',
      linkSeed: randomWord(16, chance),
      source: 'form',
    },
    capped,
    NOW,
    FREELY,
  );

/** What the stores promise, whatever engine the table runs on. */
export function describeStores(engine: string, open: () => Promise<Table>): void {
  describeSendingStores(engine, open);
  describeSurveyStore(engine, open);
  describeJobStores(engine, open);
  describe(`the stores on ${engine}`, () => {
    let table: Table;
    let registrations: ReturnType<typeof registrationStore>;
    let erasing: Eraser;
    beforeEach(async () => {
      table = await open();
      registrations = registrationStore(table);
      erasing = eraser(table);
    });
    const eventId = newId(chance);

    test('an event comes back as it was saved, by id and by slug', async () => {
      const events = eventStore(table);
      const { event, text } = aDraft('fraud');
      await events.create(event, text);
      expect(await events.get(event.eventId, { consistent: true })).toEqual(event);
      expect((await events.withText('fraud'))?.event).toEqual(event);
      expect(await events.text(event.eventId)).toEqual(text);
      expect(await campaignStore(table).get(event.eventId, '1')).toMatchObject({
        kind: 'confirmation',
        state: 'active',
      });
      expect(await events.withText('nothing')).toBeUndefined();
    });

    test('two events cannot have one slug, and the loser leaves nothing behind', async () => {
      const events = eventStore(table);
      const [first, second] = [aDraft('fraud'), aDraft('fraud')];
      await events.create(first.event, first.text);
      await expect(events.create(second.event, second.text)).rejects.toMatchObject({
        code: 'slug-taken',
        field: 'slug',
      });
      expect(await events.get(second.event.eventId)).toBeUndefined();
    });

    test('an edit of an older revision is refused, and a removed field is gone', async () => {
      const events = eventStore(table);
      const { event, text } = aDraft('fraud');
      await events.create({ ...event, strapline: 'Learn' }, text);
      const published = publishEvent(event, NOW);
      await events.save(published, { ...text, description: 'More' }, { revision: 1, fact: 'event.published' });
      await expect(events.save(published, text, { revision: 1, fact: undefined })).rejects.toMatchObject({
        code: 'stale-revision',
      });
      expect(await events.get(event.eventId)).toEqual(published);
      expect(await events.text(event.eventId)).toMatchObject({ description: 'More' });
    });

    test('events are listed by start, page by page', async () => {
      const events = eventStore(table);
      for (const [slug, startsAt] of [
        ['c-c', '2027-03-01T09:00'],
        ['a-a', '2027-01-01T09:00'],
        ['b-b', '2027-02-01T09:00'],
      ] as const) {
        const { event, text } = aDraft(slug, startsAt);
        await events.create(event, text);
      }
      const first = await events.list({ limit: 2 });
      expect(first.events.map(({ slug }) => slug)).toEqual(['a-a', 'b-b']);
      expect((await events.list({ after: first.after })).events.map(({ slug }) => slug)).toEqual(['c-c']);
      expect((await events.list({ descending: true, limit: 1 })).events.map(({ slug }) => slug)).toEqual(['c-c']);
    });

    test('a newcomer comes back as they were saved, with their answers', async () => {
      const row = aNewcomer(eventId);
      expect(
        await registrations.add(row, { organisation: 'Example Force', answers: { diet: ['none'] } }, 'hash'),
      ).toEqual({});
      expect(await registrations.get(eventId, row.registrationId)).toEqual({ ...row, addressHash: 'hash' });
      expect(await registrations.detailsOf(eventId, [row])).toEqual([
        { organisation: 'Example Force', answers: { diet: ['none'] } },
      ]);
    });

    test('one address holds one place, whatever races', async () => {
      const rows = Array.from({ length: 6 }, () => aNewcomer(eventId));
      const results = await Promise.all(rows.map((row) => registrations.add(row, {}, 'one address')));
      const winner = rows[results.findIndex(({ taken }) => taken === undefined)];
      expect(results.filter(({ taken }) => taken === undefined)).toHaveLength(1);
      expect(new Set(results.flatMap(({ taken }) => taken ?? []))).toEqual(new Set([winner?.registrationId]));
      const { people } = await registrations.list(eventId);
      expect(people).toEqual([{ ...winner, addressHash: 'one address' }]);
    });

    test('nothing brings an erased person back, and nobody finds them', async () => {
      const row = aNewcomer(eventId);
      const { registrationId } = row;
      await registrations.add(row, { organisation: 'Example Force' }, 'hash');
      await registrations.revise(row, (current) => erase(current, EPOCH));
      expect(await registrations.get(eventId, registrationId)).toBeUndefined();
      expect(await registrations.getMany([row])).toEqual([]);
      expect((await registrations.list(eventId)).people).toEqual([]);
      expect((await registrations.page(eventId, shardOf(registrationId))).people).toEqual([]);
      const nobody = { name: 'Erased', email: 'erased@invalid', status: 'cancelled', erased: true, deliveries: {} };
      const tombstone = await registrations.tombstone(eventId, registrationId);
      expect(tombstone).toMatchObject(nobody);

      expect(await registrations.revise(row, (current) => cancel(current, NOW))).toBeUndefined();
      expect(await registrations.revise(row, (current) => mute(current, true))).toBeUndefined();
      const claim = { mailKey: '9@m0', entry: 'claimed', raisesSequence: false, when: [] };
      await expect(registrations.claim(row, claim)).rejects.toThrow(ConditionFailed);
      expect(await registrations.tombstone(eventId, registrationId)).toEqual(tombstone);

      if (tombstone) await erasing.removeTraces(tombstone);
      expect(await registrations.holderOf('hash')).toBeUndefined();
      if (tombstone) await erasing.removeRow(tombstone);
      expect(await registrations.tombstone(eventId, registrationId)).toBeUndefined();
      const said = { organisation: 'Example Force' };
      expect(
        await registrations.relocate(row, (current) => ({ row: { ...current, edits: 1 }, details: said })),
      ).toBeUndefined();
      expect(await registrations.details(eventId, registrationId)).toEqual({});
      await expect(registrations.claim(row, claim)).rejects.toThrow(ConditionFailed);
      expect(await registrations.revise(row, (current) => cancel(current, NOW))).toBeUndefined();
      expect(await registrations.get(eventId, registrationId)).toBeUndefined();
    });

    test('the address of somebody erased is freed for the next, and never taken from them', async () => {
      const [ada, next] = [aNewcomer(eventId), aNewcomer(eventId)];
      await registrations.add(ada, {}, 'hash');
      await registrations.revise(ada, (current) => erase(current, EPOCH));
      await erasing.freeAddress('hash', ada.registrationId);
      expect(await registrations.add(next, {}, 'hash')).toEqual({});
      const tombstone = await registrations.tombstone(eventId, ada.registrationId);
      if (tombstone) await erasing.removeTraces(tombstone);
      expect(await registrations.holderOf('hash')).toBe(next.registrationId);
    });

    test('a person moves with their address, all or nothing; an address somebody has is not taken', async () => {
      const [ada, bob] = [aNewcomer(eventId), aNewcomer(eventId)];
      await registrations.add(ada, {}, 'old');
      await registrations.add(bob, {}, 'theirs');
      const to = (addressHash: string) => (row: Registration) => ({
        row: { ...row, email: 'new@example.org', addressHash },
      });
      expect(await registrations.relocate(ada, to('theirs'))).toEqual({ taken: bob.registrationId });
      expect(await registrations.get(eventId, ada.registrationId)).toMatchObject({ email: ada.email });
      expect(await registrations.relocate(ada, to('new'))).toMatchObject({ email: 'new@example.org' });
      expect(await registrations.holderOf('old')).toBeUndefined();
      expect(await registrations.holdersOf(['old', 'new', 'theirs'])).toEqual(
        expect.arrayContaining([
          ['new', ada.registrationId],
          ['theirs', bob.registrationId],
        ]),
      );
      await registrations.revise(ada, (row) => erase(row, EPOCH));
      expect(await registrations.relocate(ada, to('third'))).toBeUndefined();
      expect(await registrations.holderOf('third')).toBeUndefined();
    });

    test('people who share a mailbox are found by it, until they move on or nothing is left of them', async () => {
      const [ada, bob] = [aNewcomer(eventId), aNewcomer(eventId)];
      const shared = newId(chance);
      expect(await registrations.add(ada, {}, `ada-${shared}.${shared}`)).toEqual({});
      expect(await registrations.add(bob, {}, `bob-${shared}.${shared}`)).toEqual({});
      expect(await registrations.add(aNewcomer(eventId), {}, `ada-${shared}.${shared}`)).toEqual({
        taken: ada.registrationId,
      });
      const found = async (hash: string) => (await registrations.sharersOf(hash, 50)).sort();
      expect(await found(shared)).toEqual([ada.registrationId, bob.registrationId].sort());
      expect(await registrations.sharersOf(shared, 1)).toHaveLength(1);
      const to = (addressHash: string) => (row: Registration) => ({ row: { ...row, addressHash } });
      // A name is corrected, an address moves: what a person is found by goes along.
      expect(await registrations.relocate(ada, to(`jo-${shared}.${shared}`))).toMatchObject({
        addressHash: `jo-${shared}.${shared}`,
      });
      expect(await found(shared)).toHaveLength(2);
      const [moved] = [await registrations.get(eventId, ada.registrationId)];
      await registrations.relocate(moved as Registration, to(`jo-${shared}.new-${shared}`));
      expect(await found(shared)).toEqual([bob.registrationId]);
      expect(await found(`new-${shared}`)).toEqual([ada.registrationId]);
      await registrations.revise(bob, (row) => erase(row, EPOCH));
      const tombstone = await registrations.tombstone(eventId, bob.registrationId);
      if (tombstone) await erasing.removeTraces(tombstone);
      expect(await found(shared)).toEqual([]);
      for (let shard = 0; shard < SHARDS; shard++) await erasing.purgePeople(eventId, shard, () => true);
      expect(await found(`new-${shared}`)).toEqual([]);
    });

    test('a row of an earlier version gets what it is found by, and keeps its place', async () => {
      const ada = aNewcomer(eventId);
      const shared = newId(chance);
      await registrations.add(ada, {}, `own-${shared}`);
      const both = `own-${shared}.${shared}`;
      const listed = await registrations.relocate(ada, (row) => ({ row: { ...row, addressHash: both } }));
      expect(listed).toMatchObject({ addressHash: both });
      expect(await registrations.holderOf(both)).toBe(ada.registrationId);
      expect(await registrations.sharersOf(shared, 50)).toEqual([ada.registrationId]);
    });

    test('whose address is to be confirmed is listed by when, until it is', async () => {
      const row = { ...aNewcomer(eventId, true), confirmBy: EPOCH + 60 };
      const { registrationId } = row;
      await registrations.add(row, {}, 'hash');
      expect(await registrations.unconfirmed(EPOCH + 59)).not.toContainEqual({ eventId, registrationId });
      expect(await registrations.unconfirmed(EPOCH + 60)).toContainEqual({ eventId, registrationId });
      await registrations.revise(row, (current) => confirmAddress(current, { capped: true, now: EPOCH }));
      expect(await registrations.unconfirmed(EPOCH + 60)).not.toContainEqual({ eventId, registrationId });
    });

    test('the row of somebody erased stays while it holds a seat', async () => {
      const row = { ...aNewcomer(eventId), seat: 'taken' };
      await registrations.add(row, {}, 'hash');
      await registrations.revise(row, (current) => erase(current, EPOCH));
      const tombstone = await registrations.tombstone(eventId, row.registrationId);
      if (tombstone) await erasing.removeRow(tombstone);
      expect(await registrations.tombstone(eventId, row.registrationId)).toEqual(tombstone);
    });

    test('everybody is listed exactly once, over all shards and pages', async () => {
      const rows = Array.from({ length: 23 }, () => aNewcomer(eventId));
      await Promise.all(rows.map((row) => registrations.add(row, {}, row.registrationId)));
      const seen: string[] = [];
      let cursor: Parameters<typeof registrations.list>[1] = { limit: 5 };
      for (let more = true; more; ) {
        const page = await registrations.list(eventId, cursor);
        seen.push(...page.people.map(({ registrationId }) => registrationId));
        cursor = { limit: 5, cursor: page.cursor };
        more = page.cursor !== undefined;
      }
      expect(seen.sort()).toEqual(rows.map(({ registrationId }) => registrationId).sort());
    });

    test('a change computed from an old row is computed anew on the present one', async () => {
      const row = aNewcomer(eventId);
      await registrations.add(row, {}, 'hash');
      const cancelled = await registrations.revise(row, (current) => cancel(current, NOW));
      expect(cancelled).toMatchObject({ status: 'cancelled', cancelledAt: NOW });
      const again = await registrations.revise(row, (current) =>
        registerAgain(current, { capped: false, now: NOW, allowance: FREELY }),
      );
      expect(again).toBeDefined();
      const stored = await registrations.get(eventId, row.registrationId);
      expect(stored).toMatchObject({ status: 'cancelled' });
      const returned = await registrations.revise(stored as Registration, (current) =>
        registerAgain(current, { capped: false, now: NOW, allowance: FREELY }),
      );
      expect(returned).toMatchObject({ status: 'confirmed', admissions: 2 });
      expect(returned).not.toHaveProperty('cancelledAt');
    });

    test('nothing brings an erased row back', async () => {
      const ghost = aNewcomer(eventId);
      expect(await registrations.revise(ghost, (row) => cancel(row, NOW))).toBeUndefined();
      const claim = { mailKey: '1@a1', entry: 'claimed|1|1|abcdef', raisesSequence: true, when: [] };
      await expect(registrations.claim(ghost, claim)).rejects.toBeInstanceOf(ConditionFailed);
      expect(await registrations.get(eventId, ghost.registrationId)).toBeUndefined();
    });

    test('of many workers one claims a mail, and the others see whose it is', async () => {
      const row = aNewcomer(eventId);
      await registrations.add(row, {}, 'hash');
      const claims = ['aaaaaa', 'bbbbbb', 'cccccc', 'dddddd'].map((owner) =>
        registrations.claim(row, {
          mailKey: '1@a1',
          entry: `claimed|${EPOCH}|1|${owner}|1`,
          raisesSequence: true,
          when: [{ is: 'absent', path: ['deliveries', '1@a1'] }],
        }),
      );
      const results = await Promise.allSettled(claims);
      const won = results.flatMap((result) => (result.status === 'fulfilled' ? [result.value] : []));
      const lost = results.flatMap((result) =>
        result.status === 'rejected' ? [result.reason as ConditionFailed] : [],
      );
      expect(won).toHaveLength(1);
      expect(won[0]).toMatchObject({ sequence: 1 });
      for (const { item } of lost) expect(item).toMatchObject({ deliveries: won[0]?.deliveries, sequence: 1 });
    });

    test('who is owed something is listed by when it is due, and no longer once it is settled', async () => {
      const row = aNewcomer(eventId);
      await registrations.add({ ...row, greetDueAt: EPOCH + 50 }, {}, 'hash');
      const shard = shardOf(row.registrationId);
      const person = { eventId, registrationId: row.registrationId };
      expect((await registrations.owed(shard, EPOCH + 49)).people).toEqual([]);
      expect((await registrations.owed(shard, EPOCH + 50)).people).toEqual([person]);
      expect((await registrations.owed((shard + 1) % SHARDS, EPOCH + 50)).people).toEqual([]);
      await registrations.revise({ ...row, greetDueAt: EPOCH + 50 }, ({ greetDue: _, greetDueAt: __, ...rest }) => ({
        row: rest,
      }));
      expect((await registrations.owed(shard, EPOCH + 50)).people).toEqual([]);
    });

    test('a step about seats changes the row, the count and the queue together, or nothing', async () => {
      const seats = seatStore(table);
      const [ada, bob] = [aNewcomer(eventId, true), aNewcomer(eventId, true)];
      for (const row of [ada, bob]) await registrations.add(row, {}, row.registrationId);
      expect(ada.greetDue).toEqual(new Set([SEAT_DUE]));

      const taken = takeSeat({ row: ada, seats: NO_SEATS }, EPOCH);
      const step = {
        before: ada,
        after: taken.row,
        seats: NO_SEATS,
        next: taken.seats,
        fact: 'registration.confirmed',
      } as const;
      expect(await seats.step(step)).toBe('done');
      expect(await seats.step(step)).toBe('moved-on');
      const count = await seats.get(eventId);
      expect(count).toMatchObject({ taken: 1, waiting: 0, version: 1 });
      expect(await registrations.get(eventId, ada.registrationId)).toMatchObject(taken.row);

      const queued = joinQueue({ row: bob, seats: count }, EPOCH);
      const join = {
        before: bob,
        after: queued.row,
        seats: count,
        next: queued.seats,
        fact: 'registration.waitlisted',
        queue: { join: 1 },
      } as const;
      expect(await seats.step({ ...join, seats: NO_SEATS })).toBe('moved-on');
      expect(await seats.firstInLine(eventId)).toBeUndefined();
      expect(await seats.step(join)).toBe('done');
      expect(await seats.firstInLine(eventId)).toEqual({ ticket: 1, registrationId: bob.registrationId });
      expect(await seats.placeOf(eventId, 1)).toBe(1);
      expect(await seats.placeOf(eventId, 2)).toBe(2);

      const now = await seats.get(eventId);
      const up = promote({ row: queued.row, seats: now }, EPOCH);
      const leave = {
        before: queued.row,
        after: up.row,
        seats: now,
        next: up.seats,
        fact: 'registration.confirmed',
        queue: { leave: 1 },
      } as const;
      expect(await seats.step(leave)).toBe('done');
      expect(await seats.firstInLine(eventId)).toBeUndefined();
      expect((await seats.getMany([eventId])).get(eventId)).toMatchObject({ taken: 2, waiting: 0 });
    });

    test('a budget counts each window for itself', async () => {
      const budgets = budgetStore(table);
      const window = { now: 7200, seconds: 3600 };
      expect(await budgets.spend('ip:x', window)).toBe(1);
      expect(await budgets.spend('ip:x', { ...window, now: 10_799 })).toBe(2);
      expect(await budgets.spend('ip:x', { ...window, now: 10_800 })).toBe(1);
      expect(await budgets.spend('ip:y', window)).toBe(1);
    });

    test('a budget with a reserve has room up to its limit, then once for whoever has spent nothing of it', async () => {
      const budgets = budgetStore(table);
      const room = { seconds: 3600, limit: 2, reserve: 1 };
      const take = (spender: string, now = 7200) => budgets.take('box:x', { ...room, spender, now });
      expect([await take('a'), await take('a'), await take('a')]).toEqual([true, true, false]);
      expect([await take('b'), await take('b'), await take('c')]).toEqual([true, false, false]);
      expect(await take('a', 10_800)).toBe(true);
      const without = { ...room, now: 7200, reserve: 0, spender: 'd' };
      const all = [1, 2, 3].map(() => budgets.take('box:y', without));
      expect((await Promise.all(all)).filter(Boolean)).toHaveLength(2);
    });

    test('the stop, what is seen of receipts, and keys come back as they were set', async () => {
      const control = controlStore(table);
      expect(await control.get()).toBeUndefined();
      // A version before this one, to which a stage may be rolled back, must be able to read it.
      await control.refused(500);
      expect(await control.get()).toEqual({ paused: false, changedAt: '1970-01-01T00:08:20Z', refusedUntil: 500 });
      await control.set({ paused: true, changedAt: NOW, reason: 'Wrong link' });
      expect(await control.get()).toEqual({ paused: true, changedAt: NOW, reason: 'Wrong link' });

      // A refusal of our sender leaves the stop as it is, never counts back, and is forgotten by whoever pauses or resumes.
      await control.refused(1000);
      await control.refused(900);
      expect(await control.get()).toMatchObject({ paused: true, reason: 'Wrong link', refusedUntil: 1000 });
      await control.set({ paused: false, changedAt: NOW });
      expect(await control.get()).toEqual({ paused: false, changedAt: NOW });
      await control.refused(1100);
      expect(await control.get()).toEqual({ paused: false, changedAt: NOW, refusedUntil: 1100 });

      const receipts = receiptsStore(table);
      expect(await receipts.get()).toBeUndefined();
      await receipts.set({ emptySince: 1, emptyAt: 2, deadLetters: false });
      expect(await receipts.get()).toEqual({ emptySince: 1, emptyAt: 2, deadLetters: false });

      const apiKeys = apiKeyStore(table);
      const { key } = mintKey({ name: 'Ops', scopes: ['events:read'] }, chance, NOW);
      await apiKeys.add(key);
      expect(await apiKeys.get(key.keyId)).toEqual(key);
      await apiKeys.revoke(key.keyId, NOW);
      expect(await apiKeys.get(key.keyId)).toEqual({ ...key, revokedAt: NOW });
      await expect(apiKeys.revoke('0000000000000000', NOW)).rejects.toBeInstanceOf(ConditionFailed);
    });
  });
}

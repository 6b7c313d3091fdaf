import { randomBytes } from 'node:crypto';
import { expect, test } from 'vitest';
import { type PurgeDeps, purge } from '#functions/sweep/purge.ts';
import type { Event } from '#shared/domain/event.ts';
import { newId } from '#shared/domain/ids.ts';
import { purgeAt } from '#shared/domain/purge.ts';
import { epochOf } from '#shared/domain/time.ts';
import { countStore } from '#shared/store/counts.ts';
import { eraser } from '#shared/store/eraser.ts';
import { eventStore } from '#shared/store/events.ts';
import { jobStore } from '#shared/store/jobs.ts';
import { keys } from '#shared/store/keys.ts';
import { memoryTable } from '#shared/store/memory-table.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { surveyAnswerStore } from '#shared/store/survey-answers.ts';
import type { Item } from '#shared/store/table.ts';
import { anEvent, aRegistration, aText, NOW } from '#test/support/builders.ts';
import { recordedLog } from '#test/support/http.ts';

const DAY = 24 * 3600;

/** An event that is over, with so many people; the table's requests may be made to fail from some call on. */
async function over(people: number, given: Partial<Event> = {}) {
  const kept = new Map<string, Item>();
  const table = memoryTable(({ before, after }) => {
    if (before) kept.delete(`${before.pk} ${before.sk}`);
    if (after) kept.set(`${after.pk} ${after.sk}`, after);
  });
  let left = Number.POSITIVE_INFINITY;
  const mortal = new Proxy(table, {
    get: (target, name: keyof typeof table) =>
      typeof target[name] === 'function'
        ? async (...args: never[]) => {
            if (left-- <= 0) throw new Error('Killed');
            return (target[name] as (...all: never[]) => unknown)(...args);
          }
        : target[name],
  });
  const event = anEvent({ retentionDays: 30, ...given });
  const { eventId } = event;
  const [events, registrations] = [eventStore(table), registrationStore(table)];
  await events.create(event, aText());
  for (let n = 0; n < people; n++) {
    const registrationId = newId(randomBytes);
    const status = n % 3 === 0 ? 'cancelled' : 'confirmed';
    const row = aRegistration({ eventId, registrationId, status, email: `canary${n}@example.org` });
    await registrations.add(row, { organisation: 'Canary' }, `hash ${n}`);
    const answer = { registrationId, answeredOn: '2027-02-19', answers: { overall: 4, improve: 'Canary' } };
    await table.put({ item: { ...keys.surveyAnswer(eventId, registrationId), eventId, ...answer }, fact: undefined });
    await table.put({ item: { ...keys.waitlistPlace(eventId, n, registrationId) }, fact: undefined });
  }
  await events.purgeOn(eventId, purgeAt(event));
  const due = epochOf(event.endInstant) + 30 * DAY;
  const deps: PurgeDeps = {
    events: eventStore(mortal),
    registrations: registrationStore(mortal),
    counts: countStore(mortal),
    surveyAnswers: surveyAnswerStore(mortal),
    eraser: eraser(mortal),
    jobs: jobStore(mortal),
    clock: { now: () => 0, monotonic: () => 0, sleep: async () => {} },
    logger: recordedLog(),
  };
  return {
    event,
    events,
    registrations,
    due,
    counts: countStore(table),
    round: (now: number, slow: Partial<PurgeDeps['registrations']> = {}) =>
      purge({ ...deps, registrations: { ...deps.registrations, ...slow } }, now),
    /** The round dies at the table's nth request. */
    async dies(now: number, requests: number): Promise<boolean> {
      left = requests;
      try {
        await purge(deps, now);
        return false;
      } catch {
        return true;
      } finally {
        left = Number.POSITIVE_INFINITY;
      }
    },
    canaries: () =>
      [...kept.values()].filter(
        (item) =>
          /canary/i.test(JSON.stringify(item)) || /REG#|ANS#|ADDR|#SURVEY|WAITLIST/.test(`${item.pk} ${item.sk}`),
      ),
    now: async () => (await events.get(eventId, { consistent: true })) as Event,
  };
}

test('thirty days after its end an event forgets its people, and how many there were survives', async () => {
  const { round, due, canaries, counts, event, now } = await over(40);
  await round(due - 1);
  expect(canaries()).not.toHaveLength(0);
  expect(await now()).not.toHaveProperty('purgingAt');
  await round(due);
  expect(canaries()).toEqual([]);
  expect(await now()).toMatchObject({ purgedAt: expect.any(String) });
  expect(await counts.get(event.eventId)).toMatchObject({
    registrations: { confirmed: 26, cancelled: 14 },
    attendance: { unknown: 26 },
  });
});

test('killed at any request and begun again, a purge ends with nobody and the same counts', async () => {
  for (let requests = 0; ; requests++) {
    const { dies, round, due, canaries, counts, event } = await over(6);
    const died = await dies(due, requests);
    await round(due);
    expect(canaries()).toEqual([]);
    expect(await counts.get(event.eventId)).toMatchObject({ registrations: { confirmed: 4, cancelled: 2 } });
    if (!died) break;
  }
});

test('two sweeps purge at once: the slower one, for whom some are gone already, counts nobody anew', async () => {
  const { round, due, counts, event, registrations } = await over(9);
  const [begun, done] = [Promise.withResolvers<void>(), Promise.withResolvers<void>()];
  const slower = round(due, {
    page: async (...where) => {
      begun.resolve();
      await done.promise;
      return registrations.page(...where);
    },
  });
  await begun.promise;
  await round(due);
  done.resolve();
  await slower;
  expect(await counts.get(event.eventId)).toMatchObject({ registrations: { confirmed: 6, cancelled: 3 } });
});

test('a postponed event keeps its people; with a new date it keeps them until after that', async () => {
  const { round, due, canaries, events, event, now } = await over(3);
  const save = async (change: Partial<Event>) => {
    const { revision } = await now();
    await events.save({ ...(await now()), ...change, revision: revision + 1 }, aText(), { revision, fact: undefined });
  };
  await save({ state: 'postponed' });
  await round(due);
  await round(due + 900 * DAY);
  expect(canaries()).not.toHaveLength(0);
  await save({ state: 'published', endInstant: '2028-02-18T13:00:00Z' });
  await events.purgeOn(event.eventId, due);
  await round(due);
  expect(canaries()).not.toHaveLength(0);
  await round(epochOf('2028-02-18T13:00:00Z') + 30 * DAY);
  expect(canaries()).toEqual([]);
});

test('an edit at that very moment is not lost: the purge waits for the next round', async () => {
  const { due, events, now } = await over(1);
  const read = await now();
  await events.save({ ...read, title: 'Edited', revision: read.revision + 1 }, aText(), {
    revision: read.revision,
    fact: undefined,
  });
  expect(await events.beginPurge(read, due)).toBeUndefined();
  expect(await now()).toMatchObject({ title: 'Edited' });
  expect(await now()).not.toHaveProperty('purgingAt');
});

test.each<[Partial<Event>, boolean]>([
  [{ state: 'draft' }, false],
  [{ state: 'postponed' }, false],
  [{ purgedAt: NOW }, false],
  [{ state: 'cancelled' }, true],
  [{}, true],
  [{ purgingAt: NOW, retentionDays: 3650 }, true],
])('whether there is a day on which to forget: %j %s', (given, is) => {
  expect(purgeAt(anEvent(given)) !== undefined).toBe(is);
});

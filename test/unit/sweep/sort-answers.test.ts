import { beforeEach, describe, expect, test } from 'vitest';
import { sortAnswers } from '#functions/sweep/sort-answers.ts';
import { cancel, withChoices } from '#shared/domain/change-registration.ts';
import type { Answers } from '#shared/domain/question.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { eventStore } from '#shared/store/events.ts';
import { keys } from '#shared/store/keys.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { sortingStore } from '#shared/store/sortings.ts';
import type { Table } from '#shared/store/table.ts';
import { recordedLog } from '#test/support/http.ts';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

/*
 * What people chose, as audiences ask for it, is made of the words of their answers: where a question is marked later, and
 * where an earlier version kept places of options that no place stands for any more.
 */

const DIET = { id: 'diet', label: 'Diet', type: 'choice', options: ['None', 'Vegan'], segment: true };
let api: OrganiserApi;
beforeEach(async () => {
  api = await organiserApi();
});

/** One round of the sweep, `ms` of work each page; dies where `table` says so. */
function round({ table = api.table, page = 1 }: { table?: Table; page?: number } = {}) {
  let elapsed = 0;
  const clock = { now: () => api.clock.now, monotonic: () => (elapsed += page), sleep: async () => {} };
  const { events, registrations } = storesOn(table);
  const sort = sortAnswers({ events, registrations, sortings: sortingStore(table), clock, logger: recordedLog() });
  return sort(Math.floor(api.clock.now / 1000));
}
const storesOn = (table: Table) => ({ events: eventStore(table), registrations: registrationStore(table) });

const patch = async (eventId: string, questions: unknown) => api.patch(eventId, { questions }, '*');
const show = async (eventId: string) => (await api.call({ path: `/events/${eventId}` })).body;
const row = async (eventId: string, registrationId: string) => api.deps.registrations.get(eventId, registrationId);
const forVegans = (eventId: string, more: object = {}) =>
  api.campaign(eventId, { audience: { answers: { diet: ['Vegan'] } }, ...more });
const plan = async (eventId: string, campaignId: string) =>
  (await api.call({ path: `/events/${eventId}/campaigns/${campaignId}/plan` })).body;
const minutes = (n: number) => {
  api.clock.now += n * 60_000;
};

/** An event with people as an earlier version kept them: options without ids, and places on rows. */
async function earlier(people: Record<string, Answers>) {
  const { eventId } = await api.published({ questions: [DIET] });
  const { campaignId } = await forVegans(eventId);
  const { known: _, ...question } = { ...DIET, required: false, known: [] };
  const asKept = [[['questions'], [question]]] as const;
  await api.table.update({ ...keys.event(eventId), set: asKept, remove: [['sorted']], when: [], fact: undefined });
  const byName = [[['audience'], { answers: { diet: ['Vegan'] } }]] as const;
  await api.table.update({ ...keys.campaign(eventId, campaignId), set: byName, when: [], fact: undefined });
  const ids: Record<string, string> = {};
  for (const [name, answers] of Object.entries(people)) {
    const { registrationId } = await api.welcomed(eventId, name, {}, { answers });
    const place = DIET.options.indexOf(String(answers['diet']));
    const segments = [[['segments'], { diet: [Math.max(0, place)] }]] as const;
    await api.table.update({ ...keys.registration(eventId, registrationId), set: segments, when: [], fact: undefined });
    ids[name] = registrationId;
  }
  return { eventId, campaignId, ids };
}
const sentTo = (planned: { people: { name: string; outcome: string }[] }) =>
  planned.people.filter(({ outcome }) => outcome === 'will-be-sent').map(({ name }) => name);

test('until it is done, a campaign by answers waits and its plan says why; then it is for those whose words say so', async () => {
  const { eventId, campaignId } = await earlier({
    Ada: { diet: 'Vegan' },
    Bob: { diet: 'None' },
    Cyd: { diet: 'Pasta' },
  });
  const before = await plan(eventId, campaignId);
  expect(before.counts).toMatchObject({ willBeSent: 0, waiting: 3, notAddressed: 0 });
  expect(before.people[0]).toMatchObject({ outcome: 'waiting', reason: 'answers' });
  expect(before.note).toContain('waits until earlier answers are sorted');
  expect(await api.trigger(eventId, campaignId, 'k')).toMatchObject({
    status: 409,
    body: { type: '/problems/not-the-time' },
  });
  await round();
  const after = await plan(eventId, campaignId);
  expect(sentTo(after)).toEqual(['Ada']);
  expect(after.counts).toMatchObject({ willBeSent: 1, waiting: 0, notAddressed: 2 });
  expect(after.note).toContain('1 answered “Diet” with what never was one of its options');
  expect((await show(eventId)).unexplainedAnswers).toEqual({ diet: 1 });
  expect(await api.trigger(eventId, campaignId, 'k')).toMatchObject({ status: 202 });
});

test('an option that comes later, by the name that earlier answers gave, explains them', async () => {
  const { eventId, campaignId } = await earlier({ Ada: { diet: 'Vegan' }, Cyd: { diet: 'Pasta' } });
  await round();
  expect((await patch(eventId, [{ ...DIET, options: ['None', 'Vegan', 'Pasta'] }])).status).toBe(200);
  minutes(2);
  await round();
  expect((await show(eventId)).unexplainedAnswers).toBeUndefined();
  const answers = { diet: ['Pasta'] };
  const body = { audience: { answers } };
  const path = `/events/${eventId}/campaigns/${campaignId}`;
  await api.call({ method: 'PATCH', path, body, headers: { 'if-match': '*' } });
  expect(sentTo(await plan(eventId, campaignId))).toEqual(['Cyd']);
});

test.each<[string, (string | { id: string; label: string })[]]>([
  ['another is put before it', ['Fish', 'None', 'Vegan']],
  ['they are put in another order', ['Vegan', 'None']],
  ['the other goes', ['Vegan', 'Fish']],
  ['it is given another name', ['None', { id: '687', label: 'Plant-based' }]],
])(
  'a campaign is for who chose an option, also after %s: before the rows are sorted, and after',
  async (_, options) => {
    const { eventId, campaignId } = await earlier({ Ada: { diet: 'Vegan' }, Bob: { diet: 'None' } });
    const { body, status } = await patch(eventId, [{ ...DIET, options }]);
    expect(status, JSON.stringify(body)).toBe(200);
    minutes(2);
    await round();
    expect(sentTo(await plan(eventId, campaignId))).toEqual(['Ada']);
    await patch(eventId, [{ ...DIET, options: [...options, 'Halal'].reverse() }]);
    expect(sentTo(await plan(eventId, campaignId))).toEqual(['Ada']);
  },
);

test('earlier answers count once a question is marked: when all that was being written is', async () => {
  const { eventId } = await api.published({ questions: [{ ...DIET, segment: false }] });
  await api.welcomed(eventId, 'Ada', {}, { answers: { diet: 'Vegan' } });
  await patch(eventId, [DIET]);
  const { campaignId } = await forVegans(eventId);
  await round();
  expect((await plan(eventId, campaignId)).counts).toMatchObject({ waiting: 1, notAddressed: 0 });
  // Somebody whose form was read before the edit is stored just now.
  await api.welcomed(eventId, 'Bob', {}, { answers: { diet: 'Vegan' } });
  minutes(1);
  await round();
  expect(sentTo(await plan(eventId, campaignId)).toSorted()).toEqual(['Ada', 'Bob']);
});

test('whoever is registered by the earlier version while this one is deployed waits for the second pass, half an hour later', async () => {
  const { eventId, campaignId } = await earlier({ Ada: { diet: 'Vegan' } });
  await round();
  const { registrationId } = await api.welcomed(eventId, 'Bob', {}, { answers: { diet: 'Vegan' } });
  const segments = [[['segments'], { diet: [0] }]] as const;
  await api.table.update({ ...keys.registration(eventId, registrationId), set: segments, when: [], fact: undefined });
  expect((await plan(eventId, campaignId)).counts).toMatchObject({ willBeSent: 1, waiting: 1 });
  minutes(29);
  await round();
  expect((await plan(eventId, campaignId)).counts).toMatchObject({ waiting: 1 });
  minutes(1);
  await round();
  expect(sentTo(await plan(eventId, campaignId)).toSorted()).toEqual(['Ada', 'Bob']);
  expect(await sortingStore(api.table).get(eventId)).toBeUndefined();
});

describe('whatever comes in between', () => {
  const people = Object.fromEntries(
    Array.from({ length: 24 }, (_, at) => [`P${at}`, { diet: ['None', 'Vegan', 'Pasta'][at % 3] ?? '' }]),
  );
  const inOrder = Object.keys(people).filter((_, at) => at % 3 === 1);

  test('a round that has no more time is gone on with, and nobody is counted twice', async () => {
    const { eventId, campaignId } = await earlier(people);
    let rounds = 0;
    for (; rounds < 50 && (await show(eventId)).unexplainedAnswers === undefined; rounds++) await round({ page: 6000 });
    expect(rounds).toBeGreaterThan(3);
    expect((await show(eventId)).unexplainedAnswers).toEqual({ diet: 8 });
    expect(sentTo(await plan(eventId, campaignId)).toSorted()).toEqual(inOrder.toSorted());
  });

  test('killed at any write, before or after it, the next round makes it good', async () => {
    for (let death = 1; ; death++) {
      api = await organiserApi();
      const { eventId, campaignId } = await earlier({
        Ada: { diet: 'Vegan' },
        Bob: { diet: 'None' },
        Cyd: { diet: 'Pasta' },
      });
      let writes = 0;
      const dies = async <T>(write: () => Promise<T>): Promise<T> => {
        writes += 1;
        if (writes === death && death % 2 === 0) throw new Error('killed');
        const done = await write();
        if (writes === death) throw new Error('killed');
        return done;
      };
      const mortal: Table = { ...api.table, update: (update) => dies(() => api.table.update(update)) };
      const lived = await round({ table: mortal }).then(
        () => true,
        () => false,
      );
      minutes(1);
      await round();
      expect((await show(eventId)).unexplainedAnswers, `write ${death}`).toEqual({ diet: 1 });
      expect(sentTo(await plan(eventId, campaignId)), `write ${death}`).toEqual(['Ada']);
      if (lived) {
        expect(death).toBeGreaterThan(8);
        break;
      }
    }
  });

  test('an answer that is corrected between its reading and the writing stands', async () => {
    const { eventId, campaignId, ids } = await earlier({ Ada: { diet: 'Vegan' }, Bob: { diet: 'None' } });
    let corrected = false;
    const meddled: Table = {
      ...api.table,
      update: async (update) => {
        if (!corrected && update.sk === `REG#${ids['Ada']}`) {
          corrected = true;
          const path = `/events/${eventId}/registrations/${ids['Ada']}`;
          const headers = { 'if-match': '*' };
          await api.call({ method: 'PATCH', path, body: { answers: { diet: 'None' } }, headers });
        }
        return api.table.update(update);
      },
    };
    await round({ table: meddled });
    expect(corrected).toBe(true);
    expect(sentTo(await plan(eventId, campaignId))).toEqual([]);
    expect(await row(eventId, ids['Ada'] ?? '')).toMatchObject({ chose: { diet: expect.any(String) } });
  });

  test('of a registration that is taken back between its reading and the writing, nothing is kept', async () => {
    const { eventId, ids } = await earlier({ Ada: { diet: 'Vegan' } });
    const registrationId = ids['Ada'] ?? '';
    let takenBack = false;
    const meddled: Table = {
      ...api.table,
      update: async (update) => {
        if (!takenBack && update.sk === `REG#${registrationId}`) {
          takenBack = true;
          const cancelled = (each: Registration) => cancel(withChoices(each, undefined), '2026-11-02T09:00:00Z');
          await api.deps.registrations.withdraw({ eventId, registrationId }, cancelled);
        }
        return api.table.update(update);
      },
    };
    await round({ table: meddled });
    expect(takenBack).toBe(true);
    expect(await row(eventId, registrationId)).not.toHaveProperty('chose');
    expect(await row(eventId, registrationId)).toMatchObject({ status: 'cancelled' });
  });

  test('a question that is marked meanwhile is sorted, too', async () => {
    const { eventId, campaignId } = await earlier({ Ada: { diet: 'Vegan', track: 'Law' } });
    const track = { ...DIET, id: 'track', label: 'Track', options: ['Law', 'Data'] };
    let marked = false;
    const meddled: Table = {
      ...api.table,
      update: async (update) => {
        if (!marked && update.sk === 'EVENT') {
          marked = true;
          await patch(eventId, [DIET, track]);
        }
        return api.table.update(update);
      },
    };
    await round({ table: meddled });
    minutes(2);
    await round();
    const audience = { answers: { diet: ['Vegan'], track: ['Law'] } };
    const path = `/events/${eventId}/campaigns/${campaignId}`;
    await api.call({ method: 'PATCH', path, body: { audience }, headers: { 'if-match': '*' } });
    expect(sentTo(await plan(eventId, campaignId))).toEqual(['Ada']);
  });
});

test('an event whose people are being purged is sorted no more', async () => {
  const { eventId } = await earlier({ Ada: { diet: 'Vegan' } });
  const purging = [[['purgingAt'], '2026-11-23T12:00:00Z']] as const;
  await sortingStore(api.table).ensure(eventId, 0);
  await api.table.update({ ...keys.event(eventId), set: purging, when: [], fact: undefined });
  await round();
  expect(await sortingStore(api.table).get(eventId)).toBeUndefined();
});

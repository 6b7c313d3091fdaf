import fc from 'fast-check';
import { beforeEach, expect, test } from 'vitest';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

let api: OrganiserApi;
beforeEach(async () => {
  api = await organiserApi();
});

const list = (query: Record<string, string> = {}, key?: string) => api.call({ path: '/events', query, key });
const titles = async (query: Record<string, string>) =>
  (await list(query)).body.events.map(({ title }: { title: string }) => title);
const on = (day: string) => ({ startsAt: `${day}T09:00`, endsAt: `${day}T10:00` });

test('events come by their start, drafts and unlisted ones too, without their long texts', async () => {
  await api.draft({ title: 'Later', ...on('2027-03-01') });
  await api.published({ title: 'Sooner', ...on('2027-01-01'), visibility: 'unlisted' });
  const { status, body } = await list();
  expect(status).toBe(200);
  expect(body.events.map(({ title, state }: never) => [title, state])).toEqual([
    ['Sooner', 'published'],
    ['Later', 'draft'],
  ]);
  expect(body.events[0]).not.toHaveProperty('description');
  expect(body).not.toHaveProperty('next');
});

test('they can be asked for by state, and by what the clock makes of it', async () => {
  await api.draft({ title: 'Draft' });
  await api.published({ title: 'Upcoming', ...on('2027-01-01') });
  await api.published({ title: 'Ended', ...on('2026-11-01') });
  await api.published({ title: 'Live', startsAt: '2026-11-23T11:00', endsAt: '2026-11-23T13:00' });
  expect(await titles({ status: 'draft' })).toEqual(['Draft']);
  expect(await titles({ status: 'published' })).toEqual(['Ended', 'Live', 'Upcoming']);
  expect(await titles({ status: 'upcoming' })).toEqual(['Upcoming']);
  expect(await titles({ status: 'live' })).toEqual(['Live']);
  expect(await titles({ status: 'ended' })).toEqual(['Ended']);
  expect(await titles({ status: 'cancelled' })).toEqual([]);
});

test('every word of a search must occur somewhere, whatever its case and accents', async () => {
  await api.draft({ title: 'Café society', topics: ['Zürich'], speakers: [{ name: 'Ana Ruíz' }] });
  await api.draft({ title: 'Society of rivers' });
  expect(await titles({ q: 'society CAFE' })).toEqual(['Café society']);
  expect(await titles({ q: '  ruiz   zurich ' })).toEqual(['Café society']);
  expect(await titles({ q: 'society' })).toHaveLength(2);
  expect(await titles({ q: 'nothing' })).toEqual([]);
});

test('days are those of the event’s own zone, the first and the last included', async () => {
  await api.draft({ title: 'Auckland', timeZone: 'Pacific/Auckland', ...on('2027-01-02') });
  await api.draft({ title: 'Honolulu', timeZone: 'Pacific/Honolulu', ...on('2027-01-01') });
  expect(await titles({ from: '2027-01-02' })).toEqual(['Auckland']);
  expect(await titles({ to: '2027-01-01' })).toEqual(['Honolulu']);
  expect(await titles({ from: '2027-01-01', to: '2027-01-02' })).toEqual(['Honolulu', 'Auckland']);
});

test('a key limited to some events sees those', async () => {
  const [mine] = [await api.draft({ title: 'Mine' }), await api.draft({ title: 'Not mine' })];
  const key = await api.makeKey({ scopes: ['events:read'], events: [mine.eventId] });
  expect((await list({}, key)).body.events).toMatchObject([{ title: 'Mine' }]);
});

test.each([
  ['status', { status: 'gone' }],
  ['from', { from: '19/02/2027' }],
  ['from', { from: '2027-02-30' }],
  ['to', { from: '2027-02-02', to: '2027-02-01' }],
  ['limit', { limit: '0' }],
  ['limit', { limit: '101' }],
  ['limit', { limit: 'many' }],
  ['limit', { limit: '1.5' }],
  ['limit', { limit: '5,10' }],
  ['q', { q: 'x'.repeat(101) }],
  ['q', { q: 'a\u202eb' }],
  ['cursor', { cursor: 'nonsense' }],
  ['cursor', { cursor: 'x'.repeat(10_000) }],
  ['sort', { sort: 'title' }],
  ['__proto__', JSON.parse('{"__proto__":"x"}')],
])('a query with a wrong %s is a 400 that names it', async (parameter, query) => {
  expect(await list(query)).toMatchObject({ status: 400, body: { errors: [{ parameter }] } });
});

test('a parameter without a value is a 400 that names it: nobody can tell what was meant', async () => {
  for (const parameter of ['status', 'q', 'from', 'to', 'cursor', 'limit'])
    expect(await list({ [parameter]: '' })).toMatchObject({ status: 400, body: { errors: [{ parameter }] } });
});

test('a cursor that was touched, or belongs to another list, is a 400 that names it', async () => {
  for (let n = 1; n <= 3; n++) await api.draft({ ...on(`2027-01-0${n}`) });
  const { next } = (await list({ limit: '1' })).body;
  expect((await list({ limit: '2', cursor: next })).body.events).toHaveLength(2);
  const wrong = { status: 400, body: { errors: [{ parameter: 'cursor' }] } };
  expect(await list({ cursor: next, status: 'draft' })).toMatchObject(wrong);
  for (const [i, char] of [...next].entries()) {
    const touched = `${next.slice(0, i)}${char === 'A' ? 'B' : 'A'}${next.slice(i + 1)}`;
    expect(await list({ cursor: touched }), touched).toMatchObject(wrong);
  }
});

test('page by page, whatever the filter and the size, every event comes exactly once and in order', async () => {
  const days = ['2026-11-01', '2027-01-01', '2027-01-01', '2027-01-02', '2027-03-01'];
  await fc.assert(
    fc.asyncProperty(
      fc.array(fc.record({ day: fc.constantFrom(...days), river: fc.boolean(), publish: fc.boolean() }), {
        maxLength: 12,
      }),
      fc.integer({ min: 1, max: 5 }),
      fc.constantFrom({}, { q: 'river' }, { status: 'draft' }, { from: '2027-01-01', to: '2027-01-02' }),
      async (wishes, limit, filter: Record<string, string>) => {
        api = await organiserApi();
        for (const { day, river, publish } of wishes) {
          await (publish ? api.published : api.draft)({
            title: river ? 'River' : 'Sea',
            slug: undefined,
            topics: [],
            strapline: 'x',
            ...on(day),
          });
        }
        const whole = (await list({ ...filter, limit: '100' })).body.events;
        const seen: { eventId: string }[] = [];
        let cursor: string | undefined;
        do {
          const { body } = await list({ ...filter, limit: String(limit), ...(cursor && { cursor }) });
          expect(body.events.length).toBeLessThanOrEqual(limit);
          seen.push(...body.events);
          cursor = body.next;
        } while (cursor);
        expect(seen).toEqual(whole);
        expect(new Set(seen.map(({ eventId }) => eventId)).size).toBe(seen.length);
      },
    ),
    { numRuns: 60 },
  );
});

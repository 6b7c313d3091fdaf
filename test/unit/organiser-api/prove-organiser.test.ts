import { beforeEach, describe, expect, test } from 'vitest';
import { ORGANISER_ID } from '#shared/domain/ids.ts';
import { ASKED_PER_KEY } from '#shared/domain/organiser-proof.ts';
import { renderMail } from '#shared/mail/render-mail.ts';
import { anEvent } from '#test/support/builders.ts';
import { aMailView } from '#test/support/mail-view.ts';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

let api: OrganiserApi;
beforeEach(async () => {
  api = await organiserApi();
});

const DAY = 24 * 3_600_000;
const VICTIM = { name: 'Win a prize at evil.example', email: 'victim@example.com' };
const test_ = (eventId: string) => api.post(`/events/${eventId}/campaigns/1/test-send`);
const owed = async (eventId: string) => {
  const row = await api.deps.registrations.get(eventId, ORGANISER_ID);
  return [...(row?.greetDue ?? [])].map((key) => key.split('@')[0]);
};
const provedOf = async (eventId: string) => (await api.call({ path: `/events/${eventId}` })).body.organiser.proved;

test('an address that somebody names as the organiser’s gets one mail that asks, and no test before it was answered', async () => {
  const { eventId } = await api.draft({ organiser: VICTIM });
  expect(await owed(eventId)).toEqual([]);
  for (let n = 0; n < 5; n++) {
    expect(await test_(eventId)).toMatchObject({ status: 409, body: { type: '/problems/organiser-not-proved' } });
  }
  await api.post(`/events/${eventId}/publish`);
  expect(await owed(eventId)).toEqual(['prove-organiser']);
  expect(await provedOf(eventId)).toBe(false);
  await api.organisers.prove(VICTIM.email, api.clock.now / 1000);
  expect(await provedOf(eventId)).toBe(true);
  expect((await test_(eventId)).status).toBe(202);
});

test('it is asked once a day, however many events name it, and never again once it has answered', async () => {
  const asked: string[] = [];
  const publish = async () => {
    const { eventId } = await api.published({ organiser: VICTIM });
    asked.push(...(await owed(eventId)).filter((each) => each !== undefined));
  };
  for (let n = 0; n < 5; n++) await publish();
  expect(asked).toEqual(['prove-organiser']);
  api.clock.now += DAY;
  await publish();
  expect(asked).toHaveLength(2);
  api.clock.now += DAY;
  await api.organisers.prove(VICTIM.email, api.clock.now / 1000);
  await publish();
  expect(asked).toHaveLength(2);
});

test('of many at once, one mail asks', async () => {
  const events = await Promise.all(Array.from({ length: 6 }, () => api.draft({ organiser: VICTIM })));
  await Promise.all(events.map(({ eventId }) => api.post(`/events/${eventId}/publish`)));
  const asked = await Promise.all(events.map(({ eventId }) => owed(eventId)));
  expect(asked.flat()).toEqual(['prove-organiser']);
});

test('one key has so many addresses asked a day', async () => {
  let asked = 0;
  for (let n = 0; n < ASKED_PER_KEY.limit + 5; n++) {
    const { eventId } = await api.published({ organiser: { ...VICTIM, email: `victim${n}@example.com` } });
    asked += (await owed(eventId)).length;
  }
  expect(asked).toBe(ASKED_PER_KEY.limit);
});

test('a test that waits goes to no address that came in between, nor does one that is released later', async () => {
  const { eventId } = await api.published();
  await test_(eventId);
  await api.patch(eventId, { organiser: VICTIM }, '*');
  expect(await owed(eventId)).toEqual(['prove-organiser']);
  const row = await api.deps.registrations.get(eventId, ORGANISER_ID);
  expect([row?.email, row?.deliveries]).toEqual([VICTIM.email, {}]);
});

describe('whose address it is', () => {
  const marked = async (eventId: string) => (await api.deps.events.get(eventId))?.organiserToProve;

  test('of whoever runs the site needs no press, and no mark', async () => {
    const { eventId } = await api.published({ organiser: api.deps.site.organiser });
    expect([await marked(eventId), await provedOf(eventId), await owed(eventId)]).toEqual([undefined, true, []]);
    expect((await test_(eventId)).status).toBe(202);
  });

  test('is marked when it is named, stays so with other edits, and goes with another address', async () => {
    const { eventId } = await api.published({ organiser: VICTIM });
    expect(await marked(eventId)).toBe(true);
    await api.patch(eventId, { title: 'Another title' }, '*');
    expect(await marked(eventId)).toBe(true);
    await api.patch(eventId, { organiser: api.deps.site.organiser }, '*');
    expect(await marked(eventId)).toBeUndefined();
  });

  test('of an event of an earlier version has no mark, and an edit of something else gives it none', async () => {
    const { event, text } = { event: anEvent(), text: { description: '', programme: [], audience: [] } };
    await api.deps.events.create(event, text);
    await api.patch(event.eventId, { title: 'Another title' }, '*');
    expect(await marked(event.eventId)).toBeUndefined();
    await api.patch(event.eventId, { organiser: VICTIM }, '*');
    expect(await marked(event.eventId)).toBe(true);
  });
});

test('the mail that asks says nothing that anybody typed', () => {
  const event = anEvent({ title: 'Cheap watches', place: 'evil.example', organiser: VICTIM });
  const { subject, html, text } = renderMail('prove-organiser', aMailView({ event }));
  for (const said of [subject, html, text]) expect(said).not.toMatch(/watches|evil|prize|Ada/i);
});

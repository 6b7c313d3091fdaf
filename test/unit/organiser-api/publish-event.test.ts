import { beforeEach, expect, test } from 'vitest';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

let api: OrganiserApi;
beforeEach(async () => {
  api = await organiserApi();
});

const campaignsOf = async (eventId: string) =>
  (await api.call({ path: `/events/${eventId}/campaigns` })).body.campaigns as Record<string, unknown>[];

test('a draft has its confirmation; publishing adds what most events want, switched on', async () => {
  const { eventId } = await api.draft();
  expect(await campaignsOf(eventId)).toHaveLength(1);
  await api.post(`/events/${eventId}/publish`);
  expect(await campaignsOf(eventId)).toMatchObject([
    { campaignId: '1', kind: 'confirmation' },
    { campaignId: '2', kind: 'joining', trigger: { before: 'start', offset: 'P1D', at: '09:00' } },
    { campaignId: '3', kind: 'reminder', trigger: { before: 'start', offset: 'PT1H' } },
    { campaignId: '4', kind: 'survey', trigger: { after: 'end', offset: 'PT2H' } },
    { campaignId: '5', kind: 'nudge', trigger: { after: 'end', offset: 'P3D' }, audience: { answeredSurvey: false } },
  ]);
  const [, ...added] = await campaignsOf(eventId);
  for (const campaign of added) expect(campaign).toMatchObject({ state: 'active', firing: { armed: true } });
});

test('they are saved together with the publication, or not at all', async () => {
  const { eventId } = await api.draft();
  const path = `/events/${eventId}/publish`;
  expect((await api.call({ method: 'POST', path, headers: { 'if-match': '"7"' } })).status).toBe(412);
  expect(await campaignsOf(eventId)).toHaveLength(1);
});

test('an event that starts in ten minutes is not reminded of: switching on is not sending', async () => {
  const { eventId } = await api.published({ startsAt: '2026-11-23T12:10', endsAt: '2026-11-23T13:00' });
  const firings = (await campaignsOf(eventId)).map(({ firing }) => firing);
  expect(firings.slice(1)).toMatchObject([
    { armed: false, because: 'time-passed' },
    { armed: false, because: 'time-passed' },
    { armed: true },
    { armed: true },
  ]);
});

test('what the organiser made before stays, under its own number', async () => {
  const { eventId } = await api.draft();
  const mine = await api.campaign(eventId);
  await api.post(`/events/${eventId}/publish`);
  expect((await campaignsOf(eventId)).map(({ campaignId }) => campaignId)).toEqual(['1', '2', '3', '4', '5', '6']);
  expect((await campaignsOf(eventId))[5]).toMatchObject({ campaignId: mine.campaignId, kind: 'announcement' });
});

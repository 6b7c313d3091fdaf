import { beforeEach, describe, expect, test } from 'vitest';
import { bringsJoining } from '#functions/organiser-api/brings-joining.ts';
import { ORGANISER_ID } from '#shared/domain/ids.ts';
import { prove } from '#shared/domain/proof.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { NOW_EPOCH } from '#test/support/builders.ts';
import { type OrganiserApi, organiserApi, SITE_URL } from '#test/support/organiser-api.ts';

let api: OrganiserApi;
let eventId: string;
beforeEach(async () => {
  api = await organiserApi();
  ({ eventId } = await api.published());
});

const preview = (campaignId: string, query: Record<string, string> = {}, key?: string) =>
  api.call({
    path: `/events/${eventId}/campaigns/${campaignId}/preview`,
    query,
    ...(key !== undefined && { key }),
  });

test.each(['1', '2', '3', '4', '5'])('campaign %s reads as it would to a made-up person', async (campaignId) => {
  const { status, body } = await preview(campaignId);
  expect(status).toBe(200);
  expect(Object.keys(body)).toEqual(['subject', 'html', 'text']);
  expect(body.text).toContain('Ada Example');
  expect(body.html).toContain('Ada Example');
});

test('its personal links lead nowhere', async () => {
  const { body } = await preview('2');
  expect(body.text).toContain(`${SITE_URL}/j/preview`);
  const personal = [...`${body.html} ${body.text}`.matchAll(/\/([jrsu])\/([\w.-]+)/g)].map(([, , token]) => token);
  expect(personal.length).toBeGreaterThan(0);
  expect(new Set(personal)).toEqual(new Set(['preview']));
});

test('a survey reads as it will when the event is over', async () => {
  expect((await preview('4')).body.text).toContain(`${SITE_URL}/s/preview`);
});

test('a nudge reads as to somebody who came, unless it is for those who did not', async () => {
  expect((await preview('5')).body.text).toContain('Thank you for coming.');
  const [kind, trigger] = ['nudge', { after: 'end', offset: 'P3D' }];
  const { campaignId } = await api.campaign(eventId, { kind, trigger, audience: { attendance: ['no-show'] } });
  expect((await preview(campaignId)).body.subject).toContain('Sorry we missed you');
});

test('the organiser’s own words are in it', async () => {
  const template = { subject: 'We meet in Room 3', body: 'The lift is out of order.' };
  const { campaignId } = await api.campaign(eventId, { template });
  const { body } = await preview(campaignId);
  expect(body.subject).toContain('We meet in Room 3');
  expect(body.text).toContain('The lift is out of order.');
});

describe('as somebody who registered', () => {
  test('it has their name once their address has proved itself', async () => {
    const { registrationId } = await api.register(eventId, 'Bea Moreau');
    expect((await preview('3', { registrationId })).body.text).toContain('Hello,');
    const people = registrationStore(api.table);
    const bea = await people.get(eventId, registrationId);
    if (bea) await people.revise(bea, (row) => ({ row: prove(row, NOW_EPOCH) }));
    expect((await preview('3', { registrationId })).body.text).toContain('Bea Moreau');
  });

  test('it needs the scope to see people', async () => {
    const { registrationId } = await api.register(eventId, 'Bea Moreau');
    const key = await api.makeKey({ scopes: ['campaigns:read'] });
    expect((await preview('3', {}, key)).status).toBe(200);
    expect(await preview('3', { registrationId }, key)).toMatchObject({
      status: 403,
      headers: { 'www-authenticate': expect.stringContaining('scope="registrations:read"') },
      body: { type: '/problems/insufficient-scope' },
    });
  });

  test('of another event, or nobody, it is a 404; what is no id is a 400', async () => {
    const other = await api.published();
    const { registrationId } = await api.register(other.eventId, 'Bea Moreau');
    expect((await preview('3', { registrationId })).status).toBe(404);
    for (const nobody of [ORGANISER_ID, 'nobody']) {
      expect(await preview('3', { registrationId: nobody })).toMatchObject({
        status: 400,
        body: { errors: [{ parameter: 'registrationId' }] },
      });
    }
  });
});

describe('a confirmation brings along how to join', () => {
  const brings = async (kind: 'confirmation' | 'reminder' = 'confirmation') => {
    const event = await api.deps.events.get(eventId);
    if (!event) throw new Error('The event is gone');
    return bringsJoining(api.deps, event, { kind });
  };

  test('once everybody else was told, and not before', async () => {
    api.clock.now = Date.parse('2027-02-17T08:59:59Z');
    expect(await brings()).toBe(false);
    api.clock.now += 1000;
    expect(await brings()).toBe(true);
    expect(await brings('reminder')).toBe(false);
  });

  test('as soon as that was triggered by hand', async () => {
    await api.trigger(eventId, '2', 'early');
    expect(await brings()).toBe(true);
  });

  test('but not while that is paused', async () => {
    api.clock.now = Date.parse('2027-02-17T09:00:00Z');
    await api.post(`/events/${eventId}/campaigns/2/pause`);
    expect(await brings()).toBe(false);
  });
});

import fc from 'fast-check';
import { beforeAll, expect, test } from 'vitest';
import { newEvent } from '#functions/organiser-api/examples.ts';
import { Releasing } from '#functions/organiser-api/pick-unsent.ts';
import { NewCampaign } from '#shared/domain/campaign.ts';
import { NewEvent } from '#shared/domain/edit-event.ts';
import { Rescheduling } from '#shared/domain/move-event.ts';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

let api: OrganiserApi;
let eventId: string;
beforeAll(async () => {
  api = await organiserApi();
  // However often these ask, it is what they say that is tried.
  for (const rate of Object.values(api.apiRates)) Object.assign(rate, { limit: 1e9 });
  ({ eventId } = await api.published());
});

const FIELDS = Object.keys(NewEvent.shape);
const strange = fc.oneof(
  fc.constantFrom(
    '',
    ' ',
    '2027-02-30T09:30',
    '9999-12-31T23:59',
    'GMT',
    'Europe/London',
    '\ud800',
    '__proto__',
    'P0D',
    'https://x',
  ),
  fc.string({ unit: 'binary' }),
  fc.double(),
  fc.jsonValue({ noUnicodeString: false, maxDepth: 4 }) as fc.Arbitrary<unknown>,
);
/** Any JSON at all, objects with our field names and odd values, and good events with a few values otherwise. */
const body = fc.oneof(
  fc.jsonValue(),
  fc.dictionary(fc.constantFrom(...FIELDS, '__proto__', 'constructor'), strange),
  fc.dictionary(fc.constantFrom(...FIELDS), strange, { maxKeys: 3 }).map((other) => ({ ...newEvent, ...other })),
);

const answersWell = async (call: Promise<{ status: number; body: unknown; headers: Record<string, string> }>) => {
  const { status, headers, body: answer } = await call;
  expect(status, JSON.stringify(answer)).toBeLessThan(500);
  if (status >= 400) {
    expect(headers['content-type']).toBe('application/problem+json');
    expect(answer).toMatchObject({ type: expect.stringMatching(/^\/problems\//), status, detail: expect.any(String) });
  }
};

test('no body makes POST /events fail', async () => {
  await fc.assert(
    fc.asyncProperty(body, (given) => answersWell(api.post('/events', given))),
    { numRuns: 500 },
  );
});

test('no body makes PATCH fail', async () => {
  await fc.assert(
    fc.asyncProperty(body, (given) => answersWell(api.patch(eventId, given, '*'))),
    { numRuns: 500 },
  );
  expect((await api.call({ path: `/events/${eventId}` })).status).toBe(200);
});

const trigger = fc.oneof(
  fc.dictionary(
    fc.constantFrom('on', 'before', 'after', 'at', 'offset', 'manual', '__proto__'),
    fc.oneof(strange, word()),
  ),
  strange,
);
const campaign = fc.oneof(
  fc.jsonValue(),
  fc
    .dictionary(fc.constantFrom(...Object.keys(NewCampaign.shape), '__proto__'), strange, { maxKeys: 3 })
    .chain((other) => trigger.map((given) => ({ name: 'x', kind: 'reminder', trigger: given, ...other }))),
);

/** What a trigger is made of. */
function word() {
  return fc.constantFrom('registration', 'start', 'end', 'P1D', 'PT1H', 'P999D', 'PT9999H99999M', '09:00', true);
}

test('no body makes a campaign’s routes fail', async () => {
  const { campaignId } = await api.campaign(eventId);
  const path = `/events/${eventId}/campaigns/${campaignId}`;
  const { runId } = (await api.trigger(eventId, campaignId, 'a-key')).body;
  const headers = { 'if-match': '*', 'idempotency-key': 'a-key' };
  await fc.assert(
    fc.asyncProperty(campaign, async (body) => {
      await answersWell(api.post(`/events/${eventId}/campaigns`, body));
      await answersWell(api.call({ method: 'PATCH', path, body, headers }));
      await answersWell(api.call({ method: 'POST', path: `${path}/trigger`, body, headers }));
      await answersWell(api.post(`${path}/runs/${runId}/release`, body));
    }),
    { numRuns: 300 },
  );
  expect((await api.call({ path: `/events/${eventId}/campaigns` })).status).toBe(200);
});

test('no body makes a move, a copy or a dry run fail', async () => {
  const other = await api.published();
  const wish = fc.oneof(
    fc.jsonValue(),
    fc.dictionary(fc.constantFrom(...Object.keys(Rescheduling.shape), '__proto__'), strange, { maxKeys: 3 }),
  );
  const query = fc.constantFrom<Record<string, string>>({ dryRun: 'true' }, { dryRun: 'false' }, { dryRun: '1' }, {});
  await fc.assert(
    fc.asyncProperty(wish, query, async (body, asked) => {
      const at = (what: string) => ({ method: 'POST', path: `/events/${other.eventId}/${what}`, body, query: asked });
      await answersWell(api.call(at('reschedule')));
      await answersWell(api.call(at('clone')));
      await answersWell(api.call({ ...at('postpone'), query: { ...asked, dryRun: 'true' } }));
      await answersWell(api.call(at('campaigns/3/test-send')));
    }),
    { numRuns: 300 },
  );
  expect((await api.call({ path: `/events/${other.eventId}` })).status).toBe(200);
});

test('nothing makes a list or a release of deliveries fail', async () => {
  const word = fc.string({ unit: 'binary', maxLength: 30 });
  const query = fc.dictionary(fc.constantFrom('state', 'kind', 'campaign', 'reason', 'cursor', 'limit', 'x'), word);
  const picked = fc.oneof(
    fc.jsonValue(),
    fc.dictionary(fc.constantFrom(...Object.keys(Releasing.shape), '__proto__'), strange, { maxKeys: 3 }),
  );
  await fc.assert(
    fc.asyncProperty(query, picked, async (asked, body) => {
      await answersWell(api.call({ path: `/events/${eventId}/deliveries`, query: asked }));
      await answersWell(api.post(`/events/${eventId}/deliveries/release`, body));
    }),
    { numRuns: 300 },
  );
});

test('no query makes a plan or a preview fail', async () => {
  const word = fc.string({ unit: 'binary', maxLength: 30 });
  const query = fc.dictionary(fc.constantFrom('cursor', 'limit', 'registrationId', 'x'), word);
  const campaignId = fc.oneof(
    fc.constantFrom('1', '3', 'change', 'cancelled', '__proto__'),
    word.map(encodeURIComponent),
  );
  await fc.assert(
    fc.asyncProperty(query, campaignId, async (given, of) => {
      for (const what of ['plan', 'preview', 'runs']) {
        await answersWell(api.call({ path: `/events/${eventId}/campaigns/${of}/${what}`, query: given }));
      }
    }),
    { numRuns: 200 },
  );
});

test('no header makes a trigger fail', async () => {
  const { campaignId } = await api.campaign(eventId);
  await fc.assert(
    fc.asyncProperty(fc.string({ unit: 'binary', maxLength: 300 }), (key) =>
      answersWell(api.trigger(eventId, campaignId, key)),
    ),
    { numRuns: 200 },
  );
});

test('no text in place of JSON makes the edge fail', async () => {
  const text = fc.oneof(
    fc.string({ unit: 'binary' }),
    fc.json().map((json) => json.slice(0, -1)),
    fc
      .array(fc.constantFrom('{', '}', '[', ']', '"', ':', ',', '\\', 'a', '\\u0061', '1', 'null'))
      .map((parts) => parts.join('')),
  );
  await fc.assert(
    fc.asyncProperty(text, fc.boolean(), (given, base64) =>
      answersWell(api.call({ method: 'POST', path: '/sending/pause', body: given, base64 })),
    ),
    { numRuns: 500 },
  );
});

test('no query and no header makes a list fail', async () => {
  const word = fc.string({ unit: 'binary', maxLength: 30 });
  const query = fc.dictionary(fc.constantFrom('status', 'q', 'from', 'to', 'cursor', 'limit', 'x'), word);
  await fc.assert(
    fc.asyncProperty(query, word, (given, tag) =>
      answersWell(api.call({ path: '/events', query: given, headers: { 'if-match': tag, 'x-odd': tag } })),
    ),
    { numRuns: 300 },
  );
});

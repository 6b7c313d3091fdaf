import { beforeAll, describe, expect, test } from 'vitest';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

let api: OrganiserApi;
let eventId: string;
beforeAll(async () => {
  api = await organiserApi();
  ({ eventId } = await api.published());
});

const REMINDER = { name: 'Soon', kind: 'reminder', trigger: { before: 'start', offset: 'PT1H' } };
const post = (body: unknown) => api.post(`/events/${eventId}/campaigns`, body);
const named = ({ body }: { body: { errors?: { pointer?: string }[] } }) => [
  ...new Set((body.errors ?? []).map(({ pointer }) => pointer)),
];

const BAD: readonly (readonly [string, unknown, string])[] = [
  ['name', '', '#/name'],
  ['name', 'x'.repeat(121), '#/name'],
  ['name', 'a\nb', '#/name'],
  ['name', 7, '#/name'],
  ['state', 'on', '#/state'],
  ['trigger', null, '#/trigger'],
  ['trigger', 'soon', '#/trigger'],
  ['trigger', [], '#/trigger'],
  ['trigger', {}, '#/trigger'],
  ['trigger', { before: 'start' }, '#/trigger/offset'],
  ['trigger', { before: 'end', offset: 'P1D' }, '#/trigger/before'],
  ['trigger', { after: 'start', offset: 'PT1H' }, '#/trigger/after'],
  ['trigger', { before: 'start', offset: '-PT1H' }, '#/trigger/offset'],
  ['trigger', { before: 'start', offset: 'PT0M' }, '#/trigger/offset'],
  ['trigger', { before: 'start', offset: 'P0D' }, '#/trigger/offset'],
  ['trigger', { before: 'start', offset: 'PT' }, '#/trigger/offset'],
  ['trigger', { before: 'start', offset: 'P1M' }, '#/trigger/offset'],
  ['trigger', { before: 'start', offset: 60 }, '#/trigger/offset'],
  ['trigger', { before: 'start', offset: 'P1D', at: '24:00' }, '#/trigger/at'],
  ['trigger', { before: 'start', offset: 'P1D', at: '9:00' }, '#/trigger/at'],
  ['trigger', { before: 'start', offset: 'PT24H', at: '09:00' }, '#/trigger'],
  ['trigger', { before: 'start', offset: 'P1D', zone: 'UTC' }, '#/trigger/zone'],
  ['trigger', { before: 'start', after: 'end', offset: 'P1D' }, '#/trigger'],
  ['trigger', { at: '2027-02-30T09:00' }, '#/trigger/at'],
  ['trigger', { at: '2027-02-17T24:00' }, '#/trigger/at'],
  ['trigger', { at: '2027-02-17T09:00Z' }, '#/trigger/at'],
  ['trigger', { at: 'tomorrow' }, '#/trigger/at'],
  ['trigger', { manual: false }, '#/trigger/manual'],
  ['trigger', { on: 'registration' }, '#/trigger'],
  ['trigger', { after: 'end', offset: 'PT1H' }, '#/trigger'],
  ['trigger', { at: '2027-02-18T09:30' }, '#/trigger'],
  ['trigger', { at: '2027-02-19T09:30' }, '#/trigger'],
  ['audience', [], '#/audience'],
  ['audience', { status: [] }, '#/audience/status'],
  ['audience', { status: ['nobody'] }, '#/audience/status/0'],
  ['audience', { registeredBefore: 'yesterday' }, '#/audience/registeredBefore'],
  ['audience', { attendance: ['attended'] }, '#/audience/attendance'],
  ['template', {}, '#/template/subject'],
  ['template', { subject: 'a\r\nBcc: x', body: 'x' }, '#/template/subject'],
  ['template', { subject: 'x'.repeat(151), body: 'x' }, '#/template/subject'],
  ['template', { subject: 'x', body: 'a\u202eb' }, '#/template/body'],
  ['campaignId', '9', '#/campaignId'],
  ['revision', 9, '#/revision'],
  ['changedAt', '2026-01-01T00:00:00Z', '#/changedAt'],
  ['dueAt', 1, '#/dueAt'],
];

test.each([
  ...BAD,
  ['kind', 'confirmation', '#/kind'] as const,
  ['kind', 'waitlist', '#/kind'] as const,
  ['kind', 7, '#/kind'] as const,
  ['template', null, '#/template'] as const,
])('a new campaign with %s as %j is a 400 that names it', async (field, value, pointer) => {
  const answer = await post({ ...REMINDER, [field]: value });
  expect([answer.status, named(answer)[0]], JSON.stringify(answer.body)).toEqual([400, pointer]);
});

describe('a patch', () => {
  let campaignId: string;
  beforeAll(async () => {
    ({ campaignId } = await api.campaign(eventId, REMINDER));
  });

  test.each([...BAD, ['kind', 'reminder', '#/kind'] as const, ['audience', null, '#/audience'] as const])(
    'of %s to %j is a 400 that names it',
    async (field, value, pointer) => {
      const answer = await api.call({
        method: 'PATCH',
        path: `/events/${eventId}/campaigns/${campaignId}`,
        body: { [field]: value },
        headers: { 'if-match': '"1"' },
      });
      expect([answer.status, named(answer)[0]], JSON.stringify(answer.body)).toEqual([400, pointer]);
    },
  );
});

test.each(['name', 'kind', 'trigger'])('without %s nothing is made, and the answer names it', async (field) => {
  const { [field as keyof typeof REMINDER]: _, ...rest } = REMINDER;
  const answer = await post(rest);
  expect([answer.status, named(answer)]).toEqual([400, [`#/${field}`]]);
});

test('a survey before the end, and one by the start, are refused with a hint', async () => {
  const survey = { name: 'How was it?', kind: 'survey' };
  const byStart = await post({ ...survey, trigger: { before: 'start', offset: 'P1D' } });
  expect(byStart.body.detail).toContain('write { "after": "end", "offset": "PT2H" }');
  const during = await post({ ...survey, trigger: { at: '2027-02-18T12:59' } });
  expect(during).toMatchObject({
    status: 400,
    body: { type: '/problems/invalid-trigger', errors: [{ pointer: '#/trigger' }] },
  });
  expect((await post({ ...survey, trigger: { at: '2027-02-18T13:00' } })).status).toBe(201);
});

test('the answer says in words why a trigger is none', async () => {
  const detailOf = async (trigger: unknown) => (await post({ ...REMINDER, trigger })).body.errors[0].detail;
  expect(await detailOf({ at: '2027-02-30T09:00' })).toBe('There is no such date or time');
  expect(await detailOf({ before: 'start' })).toBe('This field is required');
  expect(await detailOf({})).toBe('This has none of the shapes that it may have');
  expect(await detailOf({ at: '2027-02-18T09:30' })).toBe(
    'It would fire after the start, and a reminder is not sent then',
  );
});

test('a campaign for an event that is not there is a 404', async () => {
  expect((await api.post('/events/7f3kq9x2m4t8c1vz/campaigns', REMINDER)).status).toBe(404);
});

const words = (body: string, subject = 'News') => ({ ...REMINDER, template: { subject, body } });

test.each([
  ['an unknown placeholder', words('Dear {{nmae}}'), '#/template/body', /nmae/],
  ['a section that is not closed', words('{{#recordingLink}}Watch it'), '#/template/body', /recordingLink/],
  ['a section closed as another', words('{{#joinLink}}a{{/surveyLink}}'), '#/template/body', /joinLink/],
  ['a link in the subject', words('Hello', 'Join: {{joinLink}}'), '#/template/subject', /joinLink/],
  [
    'somebody’s personal link',
    words(`https://events.example.org/j/${'0'.repeat(32)}.k1.${'a'.repeat(27)}`),
    '#/template/body',
    /\{\{joinLink\}\}/,
  ],
])('a template with %s is a 422 that names it, new and edited', async (_, body, pointer, why) => {
  const made = await post(body);
  expect(made).toMatchObject({ status: 422, body: { type: '/problems/invalid-template', errors: [{ pointer }] } });
  expect(made.body.detail).toMatch(why);
  const edited = await api.call({
    method: 'PATCH',
    path: `/events/${eventId}/campaigns/1`,
    body: { template: body.template },
    headers: { 'if-match': '"1"' },
  });
  expect(edited).toMatchObject({ status: 422, body: { errors: [{ pointer }] } });
});

test('a template that is too long is a 413 that names it', async () => {
  expect(await post(words('x'.repeat(20_001)))).toMatchObject({
    status: 413,
    body: { type: '/problems/template-too-long', errors: [{ pointer: '#/template/body' }] },
  });
  expect((await post(words('x'.repeat(20_000)))).status).toBe(201);
});

test('a template is shown as it was typed, and kept rendered', async () => {
  const made = await post(words('Dear {{name}},\n\n**see you** at {{when}}'));
  expect(made).toMatchObject({
    status: 201,
    body: { template: { body: 'Dear {{name}},\n\n**see you** at {{when}}' } },
  });
  expect(made.body.template).not.toHaveProperty('html');
  const kept = await api.deps.campaigns.get(eventId, made.body.campaignId);
  expect(kept?.template?.html).toContain('<strong>see you</strong>');
  expect(kept?.template?.text).toContain('Dear {{name}}');
});

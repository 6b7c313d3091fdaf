import { beforeAll, describe, expect, test } from 'vitest';
import { newEvent, smallestEvent } from '#functions/organiser-api/examples.ts';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

let api: OrganiserApi;
beforeAll(async () => {
  api = await organiserApi();
});

const post = (body: unknown, headers?: Record<string, string>) =>
  api.call({ method: 'POST', path: '/events', body, ...(headers && { headers }) });
/** The fields an answer names, once each. */
const named = ({ body }: { body: { errors?: { pointer?: string; header?: string }[] } }) => [
  ...new Set((body.errors ?? []).map(({ pointer, header }) => pointer ?? header)),
];
const long = (length: number) => 'é'.repeat(length);

/** A valid event with one value otherwise, at a path like "speakers.0.name". */
function eventWith(path: string, value: unknown): unknown {
  const event = structuredClone({ ...newEvent, survey: {}, privacyNotice: { version: '1', text: 'We keep it safe.' } });
  const names = path.split('.');
  const last = names.pop() ?? '';
  const parent = names.reduce<Record<string, unknown>>((at, name) => at[name] as Record<string, unknown>, event);
  parent[last] = value;
  return event;
}
const pointer = (path: string) => `#/${path.replaceAll('.', '/')}`;

const LINES: readonly (readonly [string, number])[] = [
  ['title', 200],
  ['strapline', 300],
  ['place', 200],
  ['speakers.0.name', 120],
  ['speakers.0.role', 160],
  ['speakers.0.organisation', 160],
  ['topics.1', 60],
  ['programme.0', 300],
  ['audience.1', 200],
  ['questions.0.label', 200],
  ['organiser.name', 120],
  ['privacyNotice.version', 40],
];
const PARAGRAPHS: readonly (readonly [string, number])[] = [
  ['description', 20_000],
  ['joining.instructions', 2000],
  ['privacyNotice.text', 10_000],
];

test('the event the table starts from is a good one', async () => {
  expect((await post(eventWith('title', 'Fine'))).status).toBe(201);
});

describe.each([...LINES, ...PARAGRAPHS])('%s', (path, most) => {
  test.each([
    ['one character too long', long(most + 1)],
    ['a number', 7],
    ['a list', ['x']],
    ['an object', { text: 'x' }],
    ['null', null],
    ['true', true],
    ['a control character', 'a\u0007b'],
    ['a bidi override', 'a\u202eb'],
    ['a zero-width space', 'a\u200bb'],
    ['half a surrogate pair', 'a\ud800b'],
  ])('as %s is a 400 that names it', async (_, value) => {
    const answer = await post(eventWith(path, value));
    expect([answer.status, ...named(answer)]).toEqual([400, pointer(path)]);
  });

  test('as long as it may be is fine', async () => {
    expect((await post(eventWith(path, long(most)))).status).toBe(201);
  });
});

test.each(LINES)('%s with a line break is a 400 that names it', async (path) => {
  for (const breaking of ['a\nb', 'a\r\nBcc: x', 'a\u2028b']) {
    const answer = await post(eventWith(path, breaking));
    expect([answer.status, ...named(answer)]).toEqual([400, pointer(path)]);
  }
});

test.each(Object.keys(smallestEvent))('without %s nothing is made, and the answer names it', async (field) => {
  for (const missing of [undefined, '', '   ', null]) {
    const answer = await post({ ...smallestEvent, [field]: missing });
    expect(answer.status).toBe(400);
    expect(named(answer)).toContain(`#/${field}`);
  }
  const { [field as keyof typeof smallestEvent]: _, ...rest } = smallestEvent;
  expect((await post(rest)).body.errors).toContainEqual({ pointer: `#/${field}`, detail: 'This field is required' });
});

test.each<[string, unknown]>([
  ['slug', 'No Capitals'],
  ['slug', '-x-'],
  ['slug', 'ab'],
  ['slug', 'a'.repeat(101)],
  ['slug', '../admin'],
  ['slug', 'ünder'],
  ['format', 'on-line'],
  ['visibility', 'secret'],
  ['onePlacePer', 'person'],
  ['capacity', 0],
  ['capacity', -1],
  ['capacity', 1.5],
  ['capacity', '300'],
  ['capacity', 1e9],
  ['confirmAddress', 'yes'],
  ['retentionDays', 0],
  ['retentionDays', 36_500],
  ['startsAt', '2027-02-30T09:30'],
  ['startsAt', '2027-02-18T24:00'],
  ['startsAt', '2027-02-18T09:30:00'],
  ['startsAt', '2027-02-18T09:30Z'],
  ['startsAt', '2027-02-18'],
  ['startsAt', '18/02/2027 09:30'],
  ['startsAt', 1_803_000_000],
  ['startsAt', '0000-00-00T00:00'],
  ['startsAt', '1999-12-31T23:59'],
  ['startsAt', '+275760-09-13T00:00'],
  ['endsAt', '2026-02-19T09:30'],
  ['endsAt', '2026-02-19T09:29'],
  ['endsAt', '2026-03-25T09:30'],
  ['registrationClosesAt', '2026-02-19T13:01'],
  ['registrationClosesAt', 'soon'],
  ['timeZone', 'London'],
  ['timeZone', '+01:00'],
  ['timeZone', 'Europe/Atlantis'],
  ['timeZone', 'x'.repeat(1000)],
  ['timeZone', '../../etc/passwd'],
  ['joining.url', 'http://meet.example.org'],
  ['joining.url', 'javascript:alert(1)'],
  ['joining.url', 'meet.example.org'],
  ['joining.url', 'https://'],
  ['joining.url', 'https://meet.example.org/\r\nSet-Cookie: x'],
  ['joining.url', 'https://meet.example.org/a b'],
  ['joining.url', `https://meet.example.org/${'x'.repeat(2000)}`],
  ['joining.opensBefore', '15'],
  ['joining.opensBefore', 'PT15S'],
  ['recordingUrl', 'data:text/html,x'],
  ['organiser.email', 'nobody'],
  ['organiser.email', 'a@b'],
  ['organiser.email', 'a@example.org\nBcc: b@example.org'],
  ['organiser.email', 'a@example.org, b@example.org'],
  ['organiser.email', '"quoted"@example.org'],
  ['organiser.email', 'a@[127.0.0.1]'],
  ['organiser.email', `${'x'.repeat(65)}@example.org`],
  ['organiser.email', 'ü@example.org'],
  ['organiser.email', 7],
  ['speakers', 'Mara'],
  ['speakers', Array(31).fill({ name: 'x' })],
  ['speakers.0', 'Mara'],
  ['topics', Array(21).fill('x')],
  ['questions.0.id', 'Not An Id'],
  ['questions.0.id', 'constructor'],
  ['questions.0.id', '__proto__'],
  ['questions.0.type', 'colour'],
  ['questions.0.options', ['a', 'b']],
  ['questions.0.required', 'yes'],
  ['questions', [newEvent.questions[0], newEvent.questions[0]]],
  ['survey.closesAfter', '14 days'],
  ['attendedFrom', 'provider'],
])('%s as %j is a 400 that names it', async (path, value) => {
  const answer = await post(eventWith(path, value));
  expect([answer.status, ...named(answer)]).toEqual([400, pointer(path)]);
});

test.each(['GMT', 'Etc/GMT'])(
  '%s for a summer’s day is refused with a hint, for a winter’s day it is fine',
  async (timeZone) => {
    const summer = { ...smallestEvent, timeZone, startsAt: '2027-06-03T18:00', endsAt: '2027-06-03T20:00' };
    const answer = await post(summer);
    expect([answer.status, ...named(answer)]).toEqual([400, '#/timeZone']);
    expect(answer.body.detail).toContain('London is on BST, not GMT, on 2027-06-03. Write "Europe/London"');
    expect((await post({ ...summer, startsAt: '2027-01-03T18:00', endsAt: '2027-01-03T20:00' })).status).toBe(201);
  },
);

test('a time that the clocks skip moves forward; an end that thereby comes before the start is refused', async () => {
  const gap = { ...smallestEvent, startsAt: '2027-03-28T01:30', endsAt: '2027-03-28T03:00' };
  expect((await post(gap)).body).toMatchObject({
    startInstant: '2027-03-28T01:30:00Z',
    when: 'Sunday 28 March 2027, 02:30–03:00 BST',
  });
  const answer = await post({ ...gap, endsAt: '2027-03-28T02:15' });
  expect([answer.status, ...named(answer)]).toEqual([400, '#/endsAt']);
});

test('a time that comes twice means the earlier', async () => {
  const twice = { ...smallestEvent, startsAt: '2026-10-25T01:30', endsAt: '2026-10-25T01:45' };
  expect((await post(twice)).body.startInstant).toBe('2026-10-25T00:30:00Z');
});

test('an address with an international host is kept in its one spelling', async () => {
  const { body } = await post(eventWith('organiser.email', ' Info@MÜNCHEN.example '));
  expect(body.organiser.email).toBe('info@xn--mnchen-3ya.example');
});

test('markup is text like any other: it comes back as it was', async () => {
  const title = '<script>alert("R&D")</script> {{name}} =1+1';
  expect((await post({ ...smallestEvent, title })).body.title).toBe(title);
});

test('unknown fields are named, however deep', async () => {
  const answer = await post({ ...newEvent, colour: 'red', speakers: [{ name: 'Mara', twitter: '@m' }] });
  expect(answer.status).toBe(400);
  expect(named(answer)).toEqual(['#/speakers/0/twitter', '#/colour']);
});

test('what the API itself decides cannot be sent', async () => {
  for (const field of ['eventId', 'state', 'revision', 'startInstant', 'createdAt', 'links', 'pk', 'fact']) {
    expect(named(await post({ ...smallestEvent, [field]: 'x' }))).toEqual([`#/${field}`]);
  }
});

test('names from the prototype are fields like any other', async () => {
  const text = JSON.stringify(smallestEvent);
  for (const name of ['__proto__', 'constructor', 'prototype', 'toString']) {
    const answer = await post(`{"${name}":{"polluted":true},${text.slice(1)}`);
    expect([answer.status, ...named(answer)]).toEqual([400, `#/${name}`]);
  }
  expect(({} as Record<string, unknown>)['polluted']).toBeUndefined();
});

test.each([
  ['nothing', undefined, undefined, 400, '#'],
  ['a string', '"x"', undefined, 400, '#'],
  ['a list', '[]', undefined, 400, '#'],
  ['null', 'null', undefined, 400, '#'],
  ['half of it', '{"title":', undefined, 400, '#'],
  ['a form', 'title=x', 'application/x-www-form-urlencoded', 415, 'content-type'],
  ['plain text', '{}', 'text/plain', 415, 'content-type'],
  ['no type', '{}', '', 415, 'content-type'],
  ['another alphabet', '{}', 'application/json; charset=utf-16', 415, 'content-type'],
  ['a field twice', '{"title":"a","t\\u0069tle":"b"}', undefined, 400, '#/title'],
  ['a field twice, deep', '{"speakers":[{"name":"a"},{"name":"a","name":"b"}]}', undefined, 400, '#/speakers/1/name'],
  ['a thousand brackets', '['.repeat(1000), undefined, 400, '#/0/0/0'],
  ['a bomb in a field', `{"topics":${'[{"a":'.repeat(20_000)}`, undefined, 400, '#/topics/0/a'],
  ['300 KB', `{"title":"${'x'.repeat(300 * 1024)}"}`, undefined, 413, '#'],
  ['1 MB', JSON.stringify({ ...smallestEvent, description: 'x'.repeat(1024 * 1024) }), undefined, 413, '#'],
])('a body of %s is a problem that names the place', async (_, body, type, status, place) => {
  const answer = await post(body, type === undefined ? undefined : { 'content-type': type });
  expect([answer.status, ...named(answer)]).toEqual([status, place]);
  expect(answer.headers['content-type']).toBe('application/problem+json');
});

test('a body in base64 is read like any other; one that is no UTF-8 is refused', async () => {
  const call = (body: string) => api.call({ method: 'POST', path: '/events', body, base64: true });
  expect((await call(JSON.stringify(smallestEvent))).status).toBe(201);
  expect((await call(`{"title":"${'x'.repeat(300 * 1024)}"}`)).status).toBe(413);
});

test('types of JSON by another name are fine', async () => {
  for (const type of ['application/merge-patch+json', 'Application/JSON; charset="UTF-8"']) {
    expect((await post(smallestEvent, { 'content-type': type })).status).toBe(201);
  }
  expect((await post(smallestEvent, { 'content-encoding': 'gzip' })).status).toBe(415);
});

test('ten thousand unknown fields get an answer of readable length', async () => {
  const many = Object.fromEntries(Array.from({ length: 10_000 }, (_, i) => [`field-${i}`, 1]));
  const { status, body } = await post({ ...smallestEvent, ...many, [`x${'y'.repeat(5000)}`]: 1 });
  expect(status).toBe(400);
  expect(body.errors).toHaveLength(50);
  expect(JSON.stringify(body).length).toBeLessThan(10_000);
});

describe('a patch', () => {
  test.each<[string, unknown]>([
    ['title', null],
    ['title', ''],
    ['startsAt', null],
    ['organiser', null],
    ['description', null],
    ['organiser/email', { name: 'x', email: 'nope' }],
    ['slug', 'another-slug'],
    ['state', 'published'],
    ['revision', 5],
    ['capacity', 0],
    ['endsAt', '2026-01-01T00:00'],
    ['timeZone', 'GMT+1'],
    ['registrationClosesAt', '2030-01-01T00:00'],
  ])('of %s to %j is a 400 that names it', async (path, value) => {
    const { eventId } = await api.draft();
    const answer = await api.patch(eventId, { [path.split('/')[0] ?? '']: value }, '"1"');
    expect([answer.status, ...named(answer)]).toEqual([400, `#/${path}`]);
  });
});

import { describe, expect, test } from 'vitest';
import * as z from 'zod';
import { signLink } from '#shared/domain/link.ts';
import type { Route } from '#shared/http/route.ts';
import { keys } from '#shared/store/keys.ts';
import { addressOf } from '#test/support/every-route.ts';
import { FUTURE, organiserApi } from '#test/support/organiser-api.ts';

/*
 * Somebody's own link in whatever an organiser types would open to whoever reads it. Made of the schemas of all bodies, so
 * that a field of tomorrow is tried, too.
 */

const holder = { eventId: 'zq3v8k2m5n7p9r4t', registrationId: '7h2c9d4f6g8j3k5m', linkSeed: 'seed-of-links' };
const TOKEN = signLink(new Map([['k1', 'a key that signs links, of thirty-two characters']]), 'manage', holder);
const PLAIN = `https://events.example.org/r/${TOKEN}`;
const DISGUISED = `https://events.example.org./r/${TOKEN.replaceAll('.', '%2E')}`;
const SPLIT = `Look: https://events.example.org/r/${TOKEN.slice(0, 9)}**${TOKEN.slice(9)}**`;

const { routes } = await organiserApi();

type Json = Record<string, unknown>;
type Path = readonly (string | number)[];

/** Where a body of this schema may hold words: paths, 0 for whichever element, “x” for whatever name. */
function wordsIn(given: Json, defined: Json, at: Path = []): Path[] {
  const reference = given['$ref'];
  const schema = (typeof reference === 'string' ? defined[reference.split('/').at(-1) ?? ''] : given) as Json;
  const branches = [...((schema['anyOf'] ?? schema['oneOf'] ?? []) as Json[])];
  if (branches.length > 0) return branches.flatMap((each) => wordsIn(each, defined, at));
  if (schema['type'] === 'string') return 'enum' in schema || 'const' in schema ? [] : [at];
  if (schema['type'] === 'array') return wordsIn(schema['items'] as Json, defined, [...at, 0]);
  const named = Object.entries((schema['properties'] ?? {}) as Record<string, Json>);
  const any = schema['additionalProperties'];
  const free = typeof any === 'object' && any !== null ? wordsIn(any as Json, defined, [...at, 'x']) : [];
  return [...named.flatMap(([name, each]) => wordsIn(each, defined, [...at, name])), ...free];
}

const jsonOf = (schema: z.ZodType): Json =>
  z.toJSONSchema(schema, { io: 'input', unrepresentable: 'any', reused: 'inline' }) as Json;
const requestOf = ({ spec }: Route): Json => (Object.values(spec.docs?.requests ?? {})[0] ?? {}) as Json;
const fields = routes.flatMap((route) => {
  const { body } = route.spec;
  const schema = body && jsonOf(body);
  const paths = schema ? wordsIn(schema, (schema['$defs'] ?? {}) as Json) : [];
  return [...new Map(paths.map((path) => [path.join('/'), path])).values()].map((path) => ({ route, path }));
});

/** What makes the things complete that a link may stand in. */
const COMPLETE: Record<string, Json> = {
  speakers: { name: 'Ada' },
  questions: { id: 'pace', label: 'Pace', type: 'text' },
  organiser: { name: 'River Events', email: 'events@example.org' },
  privacyNotice: { version: '1', text: 'Words' },
  template: { subject: 'Words', body: 'Words' },
  survey: {},
  joining: {},
  audience: {},
};

function holding(body: unknown, [name, ...rest]: Path, words: string, within = ''): unknown {
  if (name === undefined) return words;
  const key = typeof name === 'number' ? within : String(name);
  const inner = typeof name === 'number' ? COMPLETE[within] : ((body ?? {}) as Json)[name];
  const value = holding(rest.length > 0 && typeof inner !== 'object' ? COMPLETE[key] : inner, rest, words, key);
  if (typeof name === 'number') return within === 'options' ? [value, 'Another'] : [value];
  const chosen = name === 'options' && { type: 'choice' };
  return { ...(body as Json), ...chosen, [name]: value };
}

const said: string[] = [];

describe.each(fields)('$route.method $route.path: $path', ({ route, path }) => {
  test('takes nobody’s link, plain or disguised', async () => {
    const api = await organiserApi();
    const address = route.path.includes('{') ? await addressOf(api, route) : route.path.replace('/api/v1', '');
    api.committed.splice(0);
    for (const link of [PLAIN, DISGUISED, SPLIT]) {
      const { status, body } = await api.call({
        method: route.method,
        path: address,
        headers: { 'if-match': '*', 'idempotency-key': 'a-key' },
        body: holding(requestOf(route), path, link),
      });
      expect(status, JSON.stringify(body)).toBe(path[0] === 'template' ? 422 : 400);
      const at = `#/${path.join('/')}`;
      for (const { pointer, detail } of (body.errors ?? []) as { pointer: string; detail: string }[]) {
        // One thing of a choice of shapes is refused as a whole.
        expect(at.startsWith(pointer), pointer).toBe(true);
        if (detail.includes('somebody’s own link'))
          said.push(`${route.method} ${route.path.replace('/api/v1/events', '')} ${path.join('/')}`);
      }
    }
    expect(api.committed).toEqual([]);
  });
});

test('it is refused as what it is in every field that takes words, and in every address', () => {
  const everywhere = [
    ...[
      'title',
      'strapline',
      'place',
      'description',
      'programme/0',
      'audience/0',
      'joining/url',
      'joining/instructions',
    ],
    ...['recordingUrl', 'speakers/0/name', 'speakers/0/role', 'speakers/0/organisation', 'questions/0/label'],
    ...['survey/questions/0/label', 'organiser/name', 'privacyNotice/text'],
  ];
  const expected = [
    ...everywhere.flatMap((field) => [`POST  ${field}`, `PATCH /{eventId} ${field}`]),
    ...['reschedule', 'postpone', 'cancel'].map((move) => `POST /{eventId}/${move} message`),
    ...['name', 'template/subject', 'template/body'].flatMap((field) => [
      `POST /{eventId}/campaigns ${field}`,
      `PATCH /{eventId}/campaigns/{campaignId} ${field}`,
    ]),
    'PATCH /{eventId}/registrations/{registrationId} organisation',
    'POST /{eventId}/clone title',
  ];
  expect(expected.filter((field) => !said.includes(field))).toEqual([]);
});

test('what was saved before the rule is read, published and edited elsewhere; a copy of it is refused', async () => {
  const api = await organiserApi();
  const { eventId } = await api.draft();
  const instructions = `Use ${PLAIN}`;
  const set = [[['joining'], { instructions, opensBefore: 'PT15M' }]] as const;
  await api.table.update({ ...keys.event(eventId), set, when: [], fact: undefined });
  expect((await api.call({ path: `/events/${eventId}` })).body.joining.instructions).toBe(instructions);
  expect((await api.patch(eventId, { strapline: 'Other words' }, '*')).status).toBe(200);
  expect((await api.post(`/events/${eventId}/publish`)).status).toBe(200);
  expect(await api.post(`/events/${eventId}/clone`, FUTURE)).toMatchObject({
    status: 400,
    body: { errors: [{ pointer: '#/joining/instructions' }] },
  });
});

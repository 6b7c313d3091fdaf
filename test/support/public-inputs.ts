import { routes as siteRoutes } from '#infra/routes.ts';
import { readReport } from '#shared/attendance/read-report.ts';
import type { Event } from '#shared/domain/event.ts';
import type { LinkPurpose } from '#shared/domain/link.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { anEvent } from './builders.ts';
import { addressOf } from './every-route.ts';
import { type GuestRequest, guestSite } from './guest-site.ts';
import { type OrganiserApi, organiserApi } from './organiser-api.ts';

/** A place where anybody may put a text: what it costs to be sent one. */
export interface PublicInput {
  readonly what: string;
  /** Bytes, encoded as they are sent. */
  readonly most: number;
  /** Sends a text of so many bytes, and waits for the answer. */
  readonly send: (bytes: number) => Promise<unknown>;
}

/** API Gateway's quota for the line and the headers of a request: 10,240 bytes (HTTP API quotas, November 2026). */
const HEAD_BYTES = 10_000;
const FORM_BYTES = 60_000;
const JSON_BYTES = 250_000;
/** A report may be 32 MB, which would take the tests long; what grows faster shows here, too. */
const FILE_BYTES = 1_000_000;

/** Ordinary writing, repeated: what is over-long, and harmless. */
const TEXTS = {
  letters: 'a',
  blanks: ' ',
  'letters with an accent': 'e\u0301',
  'lines, and blanks before them': '  a\n',
  'names with points': 'a.b ',
  'addresses, as in a list': 'a@example.org, ',
  'words in bold, in Markdown': '**a** ',
  'quoted words': '"a" ',
  digits: '1',
  faces: '😀',
} as const;

const repeated = (unit: string, bytes: number, encoded: (text: string) => string): string =>
  unit.repeat(Math.max(1, Math.floor(bytes / Buffer.byteLength(encoded(unit)))));

/** In the head of a request there is less room, and less is done: these will do. */
const SHORT_TEXTS = { letters: TEXTS.letters, 'letters with an accent': TEXTS['letters with an accent'] } as const;

type Sending = (text: string) => Promise<unknown>;

/** One place, once for each kind of text. */
const inEach = (what: string, most: number, encoded: (text: string) => string, send: Sending): PublicInput[] =>
  Object.entries(most === HEAD_BYTES ? SHORT_TEXTS : TEXTS).map(([kind, unit]) => ({
    what: `${what}: ${kind}`,
    most,
    send: (bytes) => send(repeated(unit, bytes, encoded)),
  }));

const encode = encodeURIComponent;
const HEADERS = ['content-type', 'cookie', 'authorization', 'origin', 'if-none-match', 'if-match', 'idempotency-key'];

type Request = Pick<GuestRequest, 'method' | 'path' | 'rawQuery' | 'headers' | 'body'>;
type Ask = (request: Request) => Promise<unknown>;

/** What every request has room for, whatever its route: its path, its query, its headers. */
function inTheHead(request: Request, parameters: readonly string[], ask: Ask): PublicInput[] {
  const last = request.path.split('/').at(-1) ?? '';
  const shorter = (text: string) => ({
    ...request,
    path: `${request.path.slice(0, -last.length || undefined)}${text}`,
  });
  return [
    ...inEach('path', HEAD_BYTES, encode, (text) => ask(shorter(encode(text)))),
    ...parameters.flatMap((name) =>
      inEach(`?${name}`, HEAD_BYTES, encode, (text) => ask({ ...request, rawQuery: `${name}=${encode(text)}` })),
    ),
    {
      what: 'many parameters',
      most: HEAD_BYTES,
      send: (bytes) => ask({ ...request, rawQuery: 'a=1&'.repeat(bytes / 4) }),
    },
    ...HEADERS.flatMap((name) =>
      inEach(`header ${name}`, HEAD_BYTES, encode, (text) =>
        ask({ ...request, headers: { ...request.headers, [name]: text.replaceAll('\n', ' ') } }),
      ),
    ),
  ];
}

const FORM = { 'content-type': 'application/x-www-form-urlencoded' };
type Fields = Readonly<Record<string, string>>;

/** A form: each of its fields, one it has not, a field's name, and many fields. */
function inAForm(request: Request, fields: Fields, ask: Ask): PublicInput[] {
  const post = (body: string) => ask({ ...request, headers: FORM, body });
  const but = (name: string) =>
    Object.entries(fields)
      .filter(([field]) => field !== name)
      .map(([field, value]) => `${encode(field)}=${encode(value)}&`)
      .join('');
  return [
    ...[...Object.keys(fields), 'unknown'].flatMap((name) =>
      inEach(`field ${name}`, FORM_BYTES, encode, (text) => post(`${but(name)}${encode(name)}=${encode(text)}`)),
    ),
    ...inEach('the name of a field', FORM_BYTES, encode, (text) => post(`${but('')}${encode(text)}=1`)),
    ...inEach('no form at all', FORM_BYTES, (text) => text, post),
    { what: 'many fields', most: FORM_BYTES, send: (bytes) => post('a=1&'.repeat(bytes / 4)) },
    { what: 'one field many times', most: FORM_BYTES, send: (bytes) => post('email=a&'.repeat(bytes / 8)) },
  ];
}

const JSON_TYPE = { 'content-type': 'application/json' };
const inJson = (text: string): string => JSON.stringify(text).slice(1, -1);

/** A body of JSON: in the place of every value that it has, wherever it stands, and of each field that it may have. */
function inABody(body: unknown, fields: readonly string[], post: (body: string) => Promise<unknown>): PublicInput[] {
  const top = (typeof body === 'object' && body !== null ? body : {}) as Record<string, unknown>;
  const unset = fields.filter((name) => !(name in top)).map((name) => [name]);
  const put = (path: readonly string[], value: unknown) => JSON.stringify(withValue(top, path, value));
  return [
    ...[...pathsIn(top), ...unset, ['unknown']].flatMap((path) => [
      ...inEach(path.join('.'), JSON_BYTES, inJson, (text) => post(put(path, text))),
      {
        what: `${path.join('.')}: a long list`,
        most: JSON_BYTES,
        send: (bytes: number) =>
          post(
            put(
              path,
              Array.from({ length: bytes / 4 }, () => 'a'),
            ),
          ),
      },
    ]),
    ...inEach('the name of a field', JSON_BYTES, inJson, (text) => post(JSON.stringify({ ...top, [text]: 1 }))),
    ...inEach('no JSON at all', JSON_BYTES, (text) => text, post),
    {
      what: 'many fields',
      most: JSON_BYTES,
      send: (bytes) => post(`{${Array.from({ length: bytes / 10 }, (_, n) => `"f${n}":1`).join()}}`),
    },
  ];
}

/** The way to everything that is no object, down to lists' first items. */
function pathsIn(value: unknown, path: readonly string[] = []): string[][] {
  const deeper = Array.isArray(value) ? value.slice(0, 1) : value;
  const here = path.length === 0 ? [] : [[...path]];
  if (typeof deeper !== 'object' || deeper === null) return here;
  return [...here, ...Object.entries(deeper).flatMap(([name, inner]) => pathsIn(inner, [...path, name]))];
}

function withValue(whole: unknown, [name, ...rest]: readonly string[], value: unknown): unknown {
  if (name === undefined) return value;
  const inner = (whole as Record<string, unknown>)[name];
  const next = withValue(inner, rest, value);
  return Array.isArray(whole) ? [next, ...whole.slice(1)] : { ...(whole as object), [name]: next };
}

const QUESTIONS = [
  { id: 'needs', label: 'Needs', type: 'text' as const, required: false, options: [], segment: false },
];
/** By the first letter of a personal link's path. */
const PURPOSES: Readonly<Record<string, LinkPurpose>> = {
  r: 'manage',
  a: 'address',
  u: 'stop',
  j: 'join',
  s: 'survey',
  c: 'certificate',
};
const PARAMETERS = ['q', 'format', 'topic', 'from', 'to', 'when', 'page', 'for', 'code', 'sent', 'unknown'];
const PERSON = { name: 'Ada Moreau', email: 'ada@example.org' };

/** Every route of the site, as API Gateway has it. */
export const SITE_ROUTES: readonly string[] = Object.entries(siteRoutes).flatMap(([service, keys]) =>
  service === 'organiser-api' ? [] : keys.map((key) => (key === '$default' ? 'GET /nowhere' : key)),
);

/** Whatever anybody can send to a route of the site, with an event and a person of its own. */
export async function siteInputs(route: string): Promise<PublicInput[]> {
  const site = guestSite();
  const event = await site.publish(anEvent({ slug: 'a-morning', questions: QUESTIONS }));
  await site.take({ event, form: { ...PERSON, answers: {} }, ip: '203.0.113.7', privacyVersion: undefined });
  const [row] = await site.people(event);
  if (!row) throw new Error('Nobody is registered');
  const [method = '', template = ''] = route.split(' ');
  const path = pathOf(template, event, row, site.tokenOf);
  const ask: Ask = (request) => site.request(request as GuestRequest);
  const request = { method, path };
  const head = inTheHead(request, PARAMETERS, ask);
  if (method !== 'POST') return head;
  if (path.startsWith('/api/')) {
    const fields = { ...PERSON, organisation: 'Example', jobTitle: 'Analyst', answers: { needs: 'none' } };
    return [...head, ...inABody(fields, ['timeZone'], (body) => ask({ ...request, headers: JSON_TYPE, body }))];
  }
  const page = await site.request({ path });
  return [...head, ...inAForm(request, { ...fieldsOn(page.body), ...(route.endsWith('/register') && PERSON) }, ask)];
}

function pathOf(
  template: string,
  { slug }: Event,
  row: Registration,
  tokenOf: (row: Registration, purpose: LinkPurpose) => string,
): string {
  const purpose = PURPOSES[template.split('/')[1] ?? ''];
  const token = purpose ? tokenOf(row, purpose) : '';
  return template
    .replace('{slug}', slug)
    .replace('{token}', token)
    .replace('{file}', 'site.css')
    .replace('{code}', 'AAAA-BBBB');
}

/** Every field of a page's forms, with what it holds. */
const fieldsOn = (page: string): Fields =>
  Object.fromEntries(
    [...page.matchAll(/<(?:input|button|select|textarea)\b[^>]*>/g)].flatMap(([tag]) => {
      const name = /\bname="([^"]+)"/.exec(tag)?.[1];
      return name === undefined ? [] : [[name, /\bvalue="([^"]*)"/.exec(tag)?.[1] ?? '']];
    }),
  );

type Route = OrganiserApi['routes'][number];

/** The routes of the organiser's API. */
export const apiRoutes = async (): Promise<readonly Route[]> => (await organiserApi()).routes;

/** Whatever the holder of a key can send to a route of the API, with all that it asks for; and a stranger, without one. */
export async function apiInputs(route: Route): Promise<PublicInput[]> {
  const api = await organiserApi();
  const { method, spec } = route;
  const path = route.path.includes('{') ? await addressOf(api, route) : route.path.replace('/api/v1', '');
  const request = { method, path };
  const headers = { 'if-match': '*', 'idempotency-key': 'a-key' };
  const ask: Ask = ({ rawQuery, ...asked }) =>
    api.call({
      ...asked,
      ...(rawQuery !== undefined && { search: rawQuery }),
      headers: { ...headers, ...asked.headers },
    });
  const asStranger: Ask = ({ rawQuery: _, ...asked }) => api.call({ ...asked, key: '' });
  const parameters = [...Object.keys(spec.query?.shape ?? {}), 'dryRun', 'unknown'];
  const example = Object.values(spec.docs?.requests ?? {})[0];
  const fields = Object.keys((spec.body as { shape?: object } | undefined)?.shape ?? {});
  const bodies = (by: Ask) => inABody(example, fields, (body) => by({ ...request, headers: JSON_TYPE, body }));
  const strangers = bodies(asStranger).slice(0, 1);
  return [
    ...inTheHead(request, parameters, ask),
    ...(method === 'GET' ? [] : bodies(ask)),
    ...strangers.map((input) => ({ ...input, what: `without a key, ${input.what}` })),
  ];
}

/** A file that an organiser uploads: its cells, its headings, its rows, and what is no table. */
export const fileInputs = (): PublicInput[] => {
  const read = async (text: string) => readReport(Buffer.from(text));
  const table = (cells: string) => `email,name,minutes\n${cells}\n`;
  const inQuotes = (text: string) => `"${text.replaceAll('"', '""')}"`;
  return [
    ...inEach('a cell', FILE_BYTES, String, (text) => read(table(`ada@example.org,${inQuotes(text)},5`))),
    ...inEach('an address', FILE_BYTES, String, (text) => read(table(`${inQuotes(text)},Ada,5`))),
    ...inEach('a duration', FILE_BYTES, String, (text) => read(table(`ada@example.org,Ada,${inQuotes(text)}`))),
    ...inEach('a heading', FILE_BYTES, String, (text) => read(`${inQuotes(text)},email,minutes\nA,a@example.org,5\n`)),
    ...inEach('no table', FILE_BYTES, String, read),
    ...inEach('many cells of a thousand', FILE_BYTES, String, (text) => {
      const cells = text.match(/[\s\S]{1,1000}/g) ?? [];
      return read(table(cells.map((cell, n) => `a${n}@example.org,${inQuotes(cell)},5`).join('\n')));
    }),
    {
      what: 'many rows',
      most: FILE_BYTES,
      send: (bytes) => read(table(Array.from({ length: bytes / 22 }, (_, n) => `a${n}@example.org,A,5`).join('\n'))),
    },
    { what: 'many columns', most: FILE_BYTES, send: (bytes) => read(`email,minutes${',a'.repeat(bytes / 2)}\n`) },
  ];
};

import { describe, expect, test } from 'vitest';
import { knownFields } from '#shared/http/known-fields.ts';
import type { Route } from '#shared/http/route.ts';
import { addressOf } from '#test/support/every-route.ts';
import type { TestRequest } from '#test/support/http.ts';
import { organiserApi } from '#test/support/organiser-api.ts';

/*
 * Whoever sends a route what it does not know may have meant "do not": it acts on none of it. Made of the route table, so
 * that a route of tomorrow is tried, too.
 */

const { routes } = await organiserApi();

const parametersOf = ({ spec }: Route): string[] => [
  ...Object.keys(spec.query?.shape ?? {}),
  ...(spec.dryRun ? ['dryRun'] : []),
];
const fieldsOf = ({ spec }: Route): string[] => [
  ...(spec.body ? (knownFields(spec.body, []) ?? []) : []),
  ...(spec.dryRun ? ['dryRun'] : []),
];
const requestOf = ({ spec }: Route): unknown => Object.values(spec.docs?.requests ?? {})[0];
const NEVER_KNOWN = [
  'notify',
  'force',
  'unknown',
  'x[]',
  'dryrun',
  'dry_run',
  '__proto__',
  'toString',
  'dryRun[]',
  'é',
];
const ALL_PARAMETERS = [...new Set([...routes.flatMap(parametersOf), ...NEVER_KNOWN, 'message', 'eventId', 'key'])];
const ALL_FIELDS = [...new Set([...routes.flatMap(fieldsOf), ...NEVER_KNOWN, 'message'])];

type Misplacement = Pick<TestRequest, 'search' | 'body' | 'headers'> & { readonly names: string };

/** Queries that are to be refused, each with the parameter that is at fault. */
function queries(route: Route): Misplacement[] {
  const known = parametersOf(route);
  const body = requestOf(route);
  const foreign = ALL_PARAMETERS.filter((name) => !known.includes(name));
  return [
    ...foreign.flatMap((name) =>
      ['', '=', '=true', '=a&a=b'].map((value) => ({ search: `${encode(name)}${value}`, names: name })),
    ),
    ...known.flatMap((name) => [
      ...['', '=', '=1&=', `[]=1`].map((value) => ({
        search: `${name}${value}`,
        names: value === '[]=1' ? `${name}[]` : value === '=1&=' ? '' : name,
      })),
      { search: `${name}=true&${name}=true`, names: name },
      { search: `unknown&${name}=true`, names: 'unknown' },
    ]),
    ...(route.spec.dryRun
      ? ['1', 'yes', 'TRUE', 'null', ' true'].map((value) => ({ search: `dryRun=${value}`, names: 'dryRun' }))
      : []),
  ].map((query) => ({ ...query, body }));
}
const encode = encodeURIComponent;

/** Bodies that are to be refused, each with the field or header that is at fault. */
function bodies(route: Route): Misplacement[] {
  const known = fieldsOf(route);
  const valid = JSON.stringify(requestOf(route) ?? {});
  const holding = (name: string, value: string) => {
    const field = `${JSON.stringify(name)}:${value}`;
    return valid === '{}' ? `{${field}}` : `{${field},${valid.slice(1)}`;
  };
  const at = (name: string) => `#/${encode(name)}`;
  const foreign = ALL_FIELDS.filter((name) => !known.includes(name));
  const type = (value: string) => ({ headers: { 'content-type': value }, names: 'content-type' });
  return [
    ...foreign.flatMap((name) =>
      ['true', 'false', 'null', '""', '{}', '"Sorry"'].map((value) => ({
        body: holding(name, value),
        names: at(name),
      })),
    ),
    ...(route.spec.dryRun
      ? ['"true"', 'null', '1', '""', '[true]'].map((value) => ({ body: holding('dryRun', value), names: '#/dryRun' }))
      : []),
    ...['[]', `[${valid}]`, '[{"dryRun":true}]', 'null', 'true', '"dryRun"'].map((body) => ({ body, names: '#' })),
    { body: '{"dryRun":true,"dryRun":false}', names: '#/dryRun' },
    { body: '{"dryRun":true', names: '#' },
    ...['text/plain', 'application/x-www-form-urlencoded', '', 'application/json; charset=utf-16'].map((value) => ({
      body: '{"dryRun":true}',
      ...type(value),
    })),
    { body: 'dryRun=true', ...type('application/x-www-form-urlencoded') },
  ];
}

/** Where query and body of a dry run say different things. */
const contradictions = ({ spec }: Route): Misplacement[] =>
  spec.dryRun
    ? [
        { search: 'dryRun=true', body: { dryRun: false }, names: 'dryRun' },
        { search: 'dryRun=false', body: { dryRun: true }, names: '#/dryRun' },
      ]
    : [];

let tried = 0;

describe.each(routes)('$method $path', (route) => {
  const headers = { 'if-match': '*', 'idempotency-key': 'a-key' };

  test('acts on nothing that it does not know, and names it', async () => {
    const api = await organiserApi();
    const path = route.path.includes('{') ? await addressOf(api, route) : route.path.replace('/api/v1', '');
    api.committed.splice(0);
    api.fannedOut.splice(0);
    api.nudged.splice(0);
    for (const { names, ...misplaced } of [...queries(route), ...bodies(route), ...contradictions(route)]) {
      const request = { method: route.method, path, ...misplaced, headers: { ...headers, ...misplaced.headers } };
      const { status, body } = await api.call(request);
      const said = JSON.stringify(misplaced);
      expect(status, said).toBe(names === 'content-type' ? 415 : 400);
      expect(body, said).toMatchObject({ status, errors: expect.any(Array) });
      const named = body.errors.map(
        (fault: Record<string, string>) => fault['parameter'] ?? fault['pointer'] ?? fault['header'],
      );
      expect(named, said).toContain(names);
      tried += 1;
    }
    expect([api.committed, api.fannedOut, api.nudged]).toEqual([[], [], []]);
  });

  test('says what it knows', async () => {
    const api = await organiserApi();
    const path = route.path.includes('{') ? await addressOf(api, route) : route.path.replace('/api/v1', '');
    const { body } = await api.call({
      method: route.method,
      path,
      search: 'unknown=1',
      headers,
      body: '{"unknown":1}',
    });
    const details = body.errors.map(({ detail }: { detail: string }) => detail).join('\n');
    for (const name of [...parametersOf(route), ...fieldsOf(route)]) expect(details).toContain(name);
    if (parametersOf(route).length === 0) expect(details).toContain('There is no such parameter: none is taken here');
    if (fieldsOf(route).length === 0) expect(details).toContain('There is no such field: none is taken here');
  });
});

describe.each(routes.filter(({ spec }) => spec.dryRun))('a dry run of $method $path', (route) => {
  const headers = { 'if-match': '*', 'idempotency-key': 'a-key' };

  test('is tried, and changes nothing, whether the query asks for it, or the body, or both', async () => {
    const api = await organiserApi();
    const path = await addressOf(api, route);
    api.committed.splice(0);
    api.fannedOut.splice(0);
    const valid = (requestOf(route) ?? {}) as object;
    for (const asked of [
      { search: 'dryRun=true', body: requestOf(route) },
      { body: { ...valid, dryRun: true } },
      { search: 'dryRun=true', body: { ...valid, dryRun: true } },
    ]) {
      const { status, body } = await api.call({ method: route.method, path, headers, ...asked });
      expect([status, body.dryRun], JSON.stringify(body)).toEqual([200, true]);
    }
    expect([api.committed, api.fannedOut]).toEqual([[], []]);
    const meant = { ...valid, dryRun: false };
    expect(
      (await api.call({ method: route.method, path, headers, search: 'dryRun=false', body: meant })).status,
    ).toBeLessThan(300);
    expect(api.committed).not.toEqual([]);
  });
});

test('thousands of misplacements were tried, and none was acted on', () => {
  expect(tried).toBeGreaterThan(5000);
});

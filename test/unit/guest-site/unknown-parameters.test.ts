import { beforeAll, describe, expect, test } from 'vitest';
import { routes } from '#infra/routes.ts';
import { anEvent } from '#test/support/builders.ts';
import { type GuestSite, guestSite, posted } from '#test/support/guest-site.ts';

const NONSENSE = ['dryRun', 'dryRun=', 'dryRun=true', 'cancel=1&erase=1', 'x[]=1&x[]=2', 'notify=false', '%zz&=&&=1'];
const FORM = { name: 'Ada Moreau', email: 'ada@example.org' };

let site: GuestSite;
let paths: (key: string) => { method: string; path: string };
beforeAll(async () => {
  site = guestSite();
  const event = await site.publish(anEvent({ slug: 'a-morning' }));
  await site.take({ event, form: { ...FORM, answers: {} }, ip: '203.0.113.7', privacyVersion: undefined });
  const [row] = await site.people(event);
  if (!row) throw new Error('Nobody is registered');
  const purposes = {
    r: 'manage',
    a: 'address',
    u: 'stop',
    j: 'join',
    s: 'survey',
    c: 'certificate',
    o: 'organiser',
  } as const;
  paths = (key) => {
    const [method = '', template = ''] = key.split(' ');
    const purpose = purposes[template.split('/')[1] as keyof typeof purposes];
    const path = template
      .replace('{slug}', event.slug)
      .replace('{token}', purpose ? site.tokenOf(row, purpose) : '')
      .replace('{code}', site.codeOf(row))
      .replace('{file}', 'none.css');
    return { method, path };
  };
});

const pages = [...routes['guest-site'], ...routes['personal-site'], ...routes.certificate].filter(
  (key) => key !== '$default' && !key.includes('/api/'),
);

describe.each(pages.filter((key) => key.startsWith('GET')))('%s', (key) => {
  test('is the same page, and writes nothing, whatever unknown parameters come along', async () => {
    const request = paths(key);
    const { status } = await site.request(request);
    site.writes.splice(0);
    for (const rawQuery of NONSENSE)
      expect((await site.request({ ...request, rawQuery })).status, rawQuery).toBe(status);
    expect(site.writes).toEqual([]);
  });
});

test.each(pages.filter((key) => key.startsWith('POST')))('%s takes no order from an address', async (key) => {
  const { path } = paths(key);
  const { status } = await site.request(posted(path, {}));
  site.writes.splice(0);
  for (const rawQuery of NONSENSE)
    expect((await site.request({ ...posted(path, {}), rawQuery })).status, rawQuery).toBe(status);
  expect(site.writes).toEqual([]);
});

test('a form is taken as it is, whatever stands in its address', async () => {
  const form = { ...FORM, email: 'bea@example.org' };
  const answer = await site.request({ ...posted('/events/a-morning/register', form), rawQuery: 'dryRun=true&email=x' });
  expect(answer.status).toBe(200);
  expect(site.items().map(({ email }) => email)).toContain('bea@example.org');
});

describe('the form as JSON', () => {
  const path = '/api/v1/events/a-morning/register';
  const register = (body: unknown, rawQuery = '') => site.request({ method: 'POST', path, body, rawQuery });

  test.each([...NONSENSE.filter((query) => !query.startsWith('%')), 'name=Ada', 'email'])(
    'is under /api, and refuses %s',
    async (rawQuery) => {
      site.writes.splice(0);
      const { status, body } = await register(FORM, rawQuery);
      expect([status, JSON.parse(body).errors[0].parameter]).toEqual([
        400,
        decodeURIComponent(rawQuery.split('=')[0] ?? ''),
      ]);
      expect(site.writes).toEqual([]);
    },
  );

  test('refuses a field that it does not know, and says what it knows', async () => {
    site.writes.splice(0);
    const { status, body } = await register({ ...FORM, dryRun: true });
    expect(status).toBe(400);
    expect(JSON.parse(body).errors).toEqual([
      {
        pointer: '#/dryRun',
        detail: 'There is no such field: there is name, email, organisation, jobTitle, answers, timeZone',
      },
    ]);
    expect(site.writes).toEqual([]);
  });
});

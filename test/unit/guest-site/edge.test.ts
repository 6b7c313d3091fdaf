import { expect, test } from 'vitest';
import { guestRoutes } from '#functions/guest-site/routes.ts';
import { routes } from '#infra/routes.ts';
import { anEvent } from '#test/support/builders.ts';
import { guestSite, posted } from '#test/support/guest-site.ts';

const site = guestSite();
await site.publish(anEvent({ slug: 'a-morning' }));

test('the routes are those the API sends here', () => {
  const own = guestRoutes({} as never).map(({ method, path }) => `${method} ${path}`);
  expect([...own, '$default'].sort()).toEqual([...routes['guest-site']].sort());
});

const PAGES = [
  '/',
  '/?when=past',
  '/events/a-morning',
  '/events/a-morning/register',
  '/events/a-morning/registered',
  '/privacy',
  '/nowhere',
  '/r/x',
  '/j/x',
  '/s/x',
  '/u/x',
];

test.each(PAGES)('%s runs nothing inline, is never framed, and is told only over HTTPS', async (path) => {
  const { headers, body } = await site.request({ path });
  expect(headers).toMatchObject({
    'content-type': 'text/html; charset=utf-8',
    'content-security-policy':
      "default-src 'none'; style-src 'self'; script-src 'self'; img-src 'self' data:; form-action 'self'; base-uri 'none'; frame-ancestors 'none'",
    'strict-transport-security': expect.stringContaining('max-age=31536000'),
    'x-content-type-options': 'nosniff',
    'permissions-policy': expect.stringContaining('camera=()'),
    'referrer-policy': expect.any(String),
  });
  expect(body).not.toMatch(/<script(?! type="application\/ld\+json"| src="\/assets\/)|<style| style="| on[a-z]+="/);
});

test.each([
  '/nowhere',
  '/events/no-such-event',
  '/events/A%20B',
  '/events/%00',
  '/events/%zz',
  '/events/x/y/z',
  '/../etc/passwd',
  '//example.org/',
  '/assets/..%2fhandler.ts',
])('GET %s finds a friendly page', async (path) => {
  const { status, body } = await site.request({ path });
  expect(status).toBe(404);
  expect(body).toContain('There is nothing at this address');
  expect(body).toContain('Search events');
  expect(body).toContain('href="/lost-link"');
});

test.each(['/r/x', '/r/%00', `/j/${'x'.repeat(5000)}`, '/s/..%2f', '/u/%zz'])(
  'GET %s finds a way to the right link',
  async (path) => {
    const { status, body } = await site.request({ path });
    expect(status).toBe(404);
    expect(body).toContain('This link does not open anything');
    expect(body).toMatch(/<form [^>]*method="post" action="\/lost-link"[\s\S]*name="email"[\s\S]*>Send my link</);
  },
);

test.each([
  ['POST', '/', 'GET, HEAD'],
  ['DELETE', '/events/a-morning', 'GET, HEAD'],
  ['PUT', '/events/a-morning/register', 'GET, HEAD, POST'],
  ['POST', '/privacy', 'GET, HEAD'],
  ['PUT', '/j/x', 'GET, HEAD, POST'],
  ['BREW', '/', 'GET, HEAD'],
])('%s %s is told what is possible', async (method, path, allow) => {
  const { status, headers, body } = await site.request({ method, path });
  expect({ status, allow: headers.allow }).toEqual({ status: 405, allow });
  expect(body).toContain('This page cannot be used that way');
});

test('a request is one line of log: route, status and time, and nothing that was asked', async () => {
  const other = guestSite();
  await other.publish(anEvent({ slug: 'a-morning' }));
  await other.request({ path: '/events/a-morning', query: { q: 'secret' } });
  await other.request({ path: '/r/secret-token' });
  await other.request(posted('/events/a-morning/register', { name: 'Secret', email: 'secret@example.org' }));
  await other.request({ path: '/secret' });
  expect(other.log.lines.map(({ route, status, level }) => [route, status, level])).toEqual([
    ['GET /events/{slug}', 200, 'info'],
    ['GET /r/{token}', 404, 'info'],
    ['POST /events/{slug}/register', 200, 'info'],
    ['none', 404, 'info'],
  ]);
  expect(JSON.stringify(other.log.lines)).not.toMatch(/secret|203\.0\.113/i);
  expect(Object.keys(other.log.lines[0] ?? {}).sort()).toEqual([
    'level',
    'message',
    'ms',
    'requestId',
    'route',
    'status',
  ]);
});

test('a fault of ours is a page that says nothing of its cause, and one line that does', async () => {
  const broken = guestSite();
  await broken.publish(anEvent({ slug: 'a-morning' }));
  broken.registrations.add = async () => {
    throw new Error('table rollcall-prod throttled');
  };
  const answer = await broken.request(posted('/events/a-morning/register', { name: 'Ada', email: 'ada@example.org' }));
  expect(answer.status).toBe(500);
  expect(answer.body).toContain('Something went wrong on our side');
  expect(answer.body).not.toContain('rollcall-prod');
  expect(broken.log.lines).toEqual([
    expect.objectContaining({
      level: 'error',
      route: 'POST /events/{slug}/register',
      status: 500,
      error: expect.any(Error),
    }),
  ]);
});

test('programs that read the site find what may be found', async () => {
  const fresh = guestSite();
  await fresh.publish(anEvent({ slug: 'open-to-all' }));
  await fresh.publish(anEvent({ slug: 'hidden', visibility: 'unlisted' }));
  await fresh.publish(anEvent({ slug: 'not-yet', state: 'draft' }));
  const { body: robots } = await fresh.request({ path: '/robots.txt' });
  expect(robots).toContain('Sitemap: https://events.example.org/sitemap.xml');
  const { body: map } = await fresh.request({ path: '/sitemap.xml' });
  expect(map).toContain('<loc>https://events.example.org/events/open-to-all</loc>');
  expect(map).not.toMatch(/hidden|not-yet/);
  expect((await fresh.request({ path: '/events/hidden' })).body).toContain('<meta name="robots" content="noindex">');
});

import { gunzipSync, gzipSync } from 'node:zlib';
import { describe, expect, test } from 'vitest';
import { anEvent } from '#test/support/builders.ts';
import { guestSite } from '#test/support/guest-site.ts';

const site = guestSite();
await site.publish(anEvent({ slug: 'a-morning' }));

describe.each([
  '/',
  '/events/a-morning',
  '/calendar.ics',
  '/events/a-morning/calendar.ics',
  '/privacy',
  '/sitemap.xml',
  '/robots.txt',
])('%s', (path) => {
  test('may be kept for a minute, and is not sent again to who has it', async () => {
    const first = await site.request({ path });
    expect(first.headers['cache-control']).toBe('public, max-age=60, stale-while-revalidate=600');
    expect(first.headers.etag).toMatch(/^"[\w-]{22}"$/);
    for (const tag of [first.headers.etag, `W/${first.headers.etag}`, `"other", ${first.headers.etag}`, '*']) {
      const again = await site.request({ path, headers: { 'If-None-Match': tag ?? '' } });
      expect(again).toMatchObject({ status: 304, body: '' });
      expect(again.headers.etag).toBe(first.headers.etag);
    }
    expect(await site.request({ path, headers: { 'If-None-Match': '"other"' } })).toMatchObject({ status: 200 });
  });

  test('is answered to HEAD as to GET, without the body', async () => {
    const [get, head] = [await site.request({ path }), await site.request({ path, method: 'HEAD' })];
    expect(head).toMatchObject({ status: 200, body: '', headers: get.headers });
  });
});

test.each(['/events/a-morning/register', '/events/a-morning/registered', '/nowhere'])(
  '%s is kept nowhere',
  async (path) => {
    expect((await site.request({ path })).headers['cache-control']).toBe('no-store');
  },
);

test('a browser that takes gzip gets it, under a tag of its own', async () => {
  const [plain, zipped] = [
    await site.request({ path: '/' }),
    await site.request({ path: '/', headers: { 'Accept-Encoding': 'br;q=1.0, gzip;q=0.8' } }),
  ];
  expect(zipped).toMatchObject({
    isBase64Encoded: true,
    headers: { 'content-encoding': 'gzip', vary: 'Accept-Encoding' },
  });
  expect(gunzipSync(Buffer.from(zipped.body, 'base64')).toString()).toBe(plain.body);
  expect(zipped.headers.etag).not.toBe(plain.headers.etag);
  expect(plain.headers.vary).toBe('Accept-Encoding');
});

test.each(['identity', 'gzip;q=0', 'br', ''])('"%s" asks for no gzip', async (accepted) => {
  const { headers } = await site.request({ path: '/', headers: { 'accept-encoding': accepted } });
  expect(headers).not.toHaveProperty('content-encoding');
});

test('stylesheet and script are kept for good, under names that change with them', async () => {
  const { body } = await site.request({ path: '/' });
  const files = body.match(/\/assets\/site\.[0-9a-f]{12}\.(css|js)/g) ?? [];
  expect(files).toHaveLength(2);
  for (const path of files) {
    const { status, headers } = await site.request({ path });
    expect({ status, cache: headers['cache-control'] }).toEqual({
      status: 200,
      cache: 'public, max-age=31536000, immutable',
    });
    expect(headers['content-type']).toMatch(/^text\/(css|javascript); charset=utf-8$/);
  }
  expect(await site.request({ path: '/assets/site.000000000000.css' })).toMatchObject({ status: 404 });
});

test('a page with all it needs weighs 40 KB at most, even the longest list', async () => {
  const busy = guestSite();
  for (let i = 0; i < 60; i++) {
    await busy.publish(anEvent({ slug: `event-${i}`, title: `Event ${i}: ${'words and more of them '.repeat(5)}` }));
  }
  const { body } = await busy.request({ path: '/' });
  const parts = [body];
  for (const path of body.match(/\/assets\/[\w.]+/g) ?? []) parts.push((await busy.request({ path })).body);
  expect(parts).toHaveLength(3);
  const bytes = parts.reduce((sum, part) => sum + gzipSync(part).length, 0);
  expect(bytes).toBeLessThan(40 * 1024);
});

import { describe, expect, test } from 'vitest';
import type { Event } from '#shared/domain/event.ts';
import { signLink } from '#shared/domain/link.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { AFTER, attended } from '#test/support/attended.ts';
import { withPeople } from '#test/support/guest-people.ts';
import { type Answer, type GuestSite, readable } from '#test/support/guest-site.ts';
import { readPdf } from '#test/support/read-pdf.ts';

const open = (site: GuestSite, row: Registration, request: object = {}): Promise<Answer> =>
  site.request({ path: `/c/${site.tokenOf(row, 'certificate')}`, ...request });

describe('my certificate', () => {
  test('is a PDF to keep, told to nobody and kept nowhere on the way', async () => {
    const { site, row } = await attended();
    const { status, headers, body, isBase64Encoded } = await open(site, row);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'application/pdf',
      'content-disposition': 'attachment; filename="certificate-a-morning.pdf"',
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex, nofollow',
      'referrer-policy': 'no-referrer',
      'x-content-type-options': 'nosniff',
    });
    expect(isBase64Encoded).toBe(true);
    const { text, links } = await readPdf(Buffer.from(body, 'base64'));
    expect(text).toContain('Ada');
    expect(text).toContain(site.codeOf(row));
    expect(links).toEqual([`https://events.example.org/certificates/${site.codeOf(row)}`]);
  });

  test('arrives as it was made, whatever the browser would take', async () => {
    const { site, row } = await attended();
    const { headers, body } = await open(site, row, { headers: { 'accept-encoding': 'gzip, br' } });
    expect(headers).not.toHaveProperty('content-encoding');
    expect(Buffer.from(body, 'base64').subarray(0, 5).toString()).toBe('%PDF-');
  });

  test('is still good after my address was corrected, by a new link and with the same code', async () => {
    const { site, row } = await attended();
    const moved = await site.registrations.revise(row, (ada) => ({ row: { ...ada, linkSeed: 'another0seed0000' } }));
    expect((await open(site, row)).status).toBe(404);
    expect((await open(site, moved ?? row)).status).toBe(200);
    expect((await site.request({ path: `/certificates/${site.codeOf(row)}` })).status).toBe(200);
  });

  test('changes nothing, asked for or looked at', async () => {
    const { site, row } = await attended();
    const before = site.writes.length;
    await open(site, row);
    expect((await open(site, row, { method: 'HEAD' })).body).toBe('');
    await site.request({ path: `/certificates/${site.codeOf(row)}` });
    await site.request({ path: '/certificates', query: { code: site.codeOf(row) } });
    expect(site.writes).toHaveLength(before);
  });

  test('leaves no name and no code in the log', async () => {
    const { site, row } = await attended();
    await open(site, row);
    await site.request({ path: `/certificates/${site.codeOf(row)}` });
    expect(site.log.lines.slice(-2).map(({ route }) => route)).toEqual(['GET /c/{token}', 'GET /certificates/{code}']);
    expect(JSON.stringify(site.log.lines)).not.toMatch(new RegExp(`Ada|${site.codeOf(row).slice(-14)}`));
  });
});

describe('who has no certificate reads why', () => {
  test.each<[string, Partial<Event>, Partial<Registration>, number, RegExp]>([
    ['it was cancelled', { state: 'cancelled' }, {}, 404, /This event has been cancelled.*no certificates for it/s],
    ['they gave up their place', {}, { status: 'cancelled' }, 404, /You do not have a place/],
    ['they left no trace', {}, { joinedAt: undefined }, 404, /no record that you attended.*events@example\.org/s],
    [
      'they left too early',
      { attendedFrom: 'provider-minutes:30' },
      { minutes: 12 },
      404,
      /attended for at least 30 minutes, and 12 minutes of yours are on record/,
    ],
    ['it waits for a new date', { state: 'postponed' }, {}, 409, /has been postponed/],
  ])('%s', async (_, event, row, status, words) => {
    const { site, row: found } = await attended(event, row);
    const answer = await open(site, found);
    expect(answer.status).toBe(status);
    expect(readable(answer.body)).toMatch(words);
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
  });

  test('before it is final who attended, and when that is', async () => {
    const { site, person, pass } = await withPeople();
    const row = await person();
    const { status, body } = await open(site, row);
    expect(status).toBe(409);
    expect(readable(body)).toContain('Your certificate is not ready yet.');
    expect(readable(body)).toContain('by Friday 19 February 2027, 13:00 GMT');
    pass(AFTER);
    expect((await open(site, row)).status).toBe(404);
  });
});

test('a wrong link is answered like every wrong link, and so is that of an erased or purged person', async () => {
  const { site, row, event } = await attended();
  const token = site.tokenOf(row, 'certificate');
  const plain = await site.request({ path: '/r/x' });
  const wrong = [
    'x',
    token.slice(1),
    `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
    site.tokenOf(row, 'survey'),
    signLink(new Map([['k1', 'forged']]), 'certificate', row),
  ];
  for (const each of wrong) expect(await site.request({ path: `/c/${each}` }), each).toEqual(plain);
  await site.change(event, { purgingAt: '2027-06-01T00:00:00Z' });
  expect(await open(site, row)).toEqual(plain);
  const other = await attended({}, { erased: true });
  expect(await open(other.site, other.row)).toEqual(plain);
});

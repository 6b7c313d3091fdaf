import { describe, expect, test } from 'vitest';
import { certificateCode } from '#shared/domain/certificate.ts';
import { attended } from '#test/support/attended.ts';
import { withPeople } from '#test/support/guest-people.ts';
import { readable } from '#test/support/guest-site.ts';

describe('a genuine certificate', () => {
  test('is confirmed for anybody, with what it must say', async () => {
    const { site, row } = await attended({}, { minutes: 187 });
    const { status, body } = await site.request({ path: `/certificates/${site.codeOf(row)}` });
    expect(status).toBe(200);
    const words = readable(body.replaceAll('<dd>', ' ')).replace(/\s+/g, ' ');
    for (const said of [
      'This certificate is genuine.',
      'Name Ada',
      'Event Tackling Serious and Organised Crime in the UK',
      'When Thursday 18 February 2027, 09:30–13:00 GMT',
      'Attended for 187 minutes',
      'Organiser Global Progressive Policing',
    ])
      expect(words).toContain(said);
    expect(body).toContain('href="/events/a-morning"');
    expect(words).not.toContain('ada@example.org');
  });

  test('is found by no search engine, kept nowhere, and its address told to nobody', async () => {
    const { site, row } = await attended();
    const { headers, body } = await site.request({ path: `/certificates/${site.codeOf(row)}` });
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex, nofollow',
      'referrer-policy': 'no-referrer',
    });
    expect(body).toContain('<meta name="robots" content="noindex">');
  });

  test('of an unlisted event does not say where that is', async () => {
    const { site, row } = await attended({ visibility: 'unlisted' });
    const { body } = await site.request({ path: `/certificates/${site.codeOf(row)}` });
    expect(body).toContain('This certificate is genuine.');
    expect(body).not.toContain('a-morning');
  });

  test('is confirmed however its code is typed, in the address or in the form', async () => {
    const { site, row } = await attended();
    const code = site.codeOf(row);
    for (const path of [code.toLowerCase(), code.replaceAll('-', ''), code.replaceAll('-', '%20')])
      expect((await site.request({ path: `/certificates/${path}` })).status, path).toBe(200);
    for (const typed of [code, ` ${code.replaceAll('-', ' ')} `, code.replaceAll('0', 'o')])
      expect((await site.request({ path: '/certificates', query: { code: typed } })).status, typed).toBe(200);
  });
});

test('every code behind which there is no certificate gets the same page, which says what to check', async () => {
  const { site, row } = await attended();
  const code = site.codeOf(row);
  const pageOf = async (from: typeof site, typed: string) => {
    const { status, body } = await from.request({ path: '/certificates', query: { code: typed } });
    return { status, words: readable(body) };
  };
  const unknown = await pageOf(site, 'x');
  expect(unknown.status).toBe(404);
  expect(unknown.words).toContain('We cannot confirm this certificate');
  expect(unknown.words).toContain('Is the whole code there?');

  const forged = certificateCode(new Map([['k1', 'a key that somebody made up']]), row);
  const nobody = site.codeOf({ ...row, registrationId: '0'.repeat(16) });
  const other = site.codeOf({ ...row, eventId: '0'.repeat(16) });
  for (const typed of [forged, nobody, other, code.slice(0, -1), code.slice(5), `${code}0`, '<b>'])
    expect(await pageOf(site, typed), typed).toEqual(unknown);

  for (const [change, person] of [
    [{ state: 'cancelled' }, {}],
    [{ purgingAt: '2027-06-01T00:00:00Z' }, {}],
    [{}, { erased: true }],
    [{}, { status: 'cancelled' }],
    [{}, { joinedAt: undefined }],
  ] as const) {
    const gone = await attended(change, person);
    expect(await pageOf(gone.site, gone.site.codeOf(gone.row)), JSON.stringify([change, person])).toEqual(unknown);
  }
  const early = await withPeople();
  expect(await pageOf(early.site, early.site.codeOf(await early.person()))).toEqual(unknown);
});

test.each(['%', '%zz', '%00', '%ff', '<script>', '..%2f', 'x'.repeat(5000)])(
  '/certificates/%s is no fault of ours',
  async (path) => {
    const { site } = await attended();
    expect((await site.request({ path: `/certificates/${path}` })).status).toBe(404);
  },
);

test('a code is asked for by a form that works without a script, and comes back for mending', async () => {
  const { site } = await attended();
  for (const query of [undefined, { code: '' }, { code: '  ' }]) {
    const { status, body } = await site.request({ path: '/certificates', ...(query && { query }) });
    expect(status).toBe(200);
    expect(body).toMatch(/<form [^>]*action="\/certificates" method="get"/);
    expect(readable(body)).toContain('Is this certificate genuine?');
  }
  const { body } = await site.request({ path: '/certificates', query: { code: 'ABCD-"><b>' } });
  expect(body).toContain('value="ABCD-&quot;&gt;&lt;b&gt;"');
});

test('a certificate that an older key signed is still confirmed', async () => {
  const { site, row } = await attended();
  const code = site.codeOf(row);
  site.rotateKeys();
  expect(site.codeOf(row)).not.toBe(code);
  for (const each of [code, site.codeOf(row)])
    expect((await site.request({ path: `/certificates/${each}` })).status).toBe(200);
});

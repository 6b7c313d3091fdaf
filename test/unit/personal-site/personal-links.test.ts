import { describe, expect, test } from 'vitest';
import type { PersonalDeps } from '#functions/personal-site/deps.ts';
import { personalRoutes } from '#functions/personal-site/routes.ts';
import { leftAddressesOf } from '#shared/domain/left-address.ts';
import { LINK_PURPOSES, type LinkPurpose } from '#shared/domain/link.ts';
import { moveOccasion } from '#shared/domain/mail-key.ts';
import { NOW_EPOCH } from '#test/support/builders.ts';
import { withPeople } from '#test/support/guest-people.ts';
import { type Answer, posted } from '#test/support/guest-site.ts';

describe('a personal link', () => {
  test.each([
    ['r', 'manage'],
    ['u', 'stop'],
    ['j', 'join'],
    ['s', 'survey'],
  ] as const)('/%s is kept nowhere, found nowhere and told to nobody', async (path, purpose) => {
    const { site, person } = await withPeople();
    const { headers, body } = await site.request({ path: `/${path}/${site.tokenOf(await person(), purpose)}` });
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex, nofollow',
      'referrer-policy': 'no-referrer',
    });
    expect(headers).not.toHaveProperty('etag');
    expect(body).toContain('<meta name="robots" content="noindex">');
  });

  /** Every route behind a link, and what its links are for. */
  const PURPOSES: Record<string, LinkPurpose> = {
    r: 'manage',
    u: 'stop',
    j: 'join',
    s: 'survey',
    a: 'address',
    o: 'organiser',
    m: 'object',
  };
  const guarded = personalRoutes({} as PersonalDeps)
    .filter(({ path }) => path.includes('{token}'))
    .map(({ method, path }) => ({
      method,
      prefix: path.split('/')[1] ?? '',
      at: (token: string) => path.replace('{token}', token),
    }));

  test('is answered to HEAD as to GET, without the body, whether it opens something or not', async () => {
    const { site, person } = await withPeople();
    const row = await person();
    for (const { method, prefix, at } of guarded.filter((each) => each.method === 'GET'))
      for (const token of [site.tokenOf(row, PURPOSES[prefix] ?? 'manage'), 'x']) {
        const [get, head] = [
          await site.request({ method, path: at(token) }),
          await site.request({ method: 'HEAD', path: at(token) }),
        ];
        expect({ status: head.status, headers: head.headers }).toEqual({ status: get.status, headers: get.headers });
        expect(get.body).not.toBe('');
        expect(head.body).toBe('');
      }
    expect(await person()).toEqual(row);
  });

  test('that is wrong in any way is answered alike by every page and every form, to the byte', async () => {
    const { site, person } = await withPeople({}, ['Ada', 'Bob', 'Cy']);
    const [row, revoked, erased] = [await person('Ada'), await person('Bob'), await person('Cy')];
    await site.registrations.revise(revoked, (each) => ({ row: { ...each, linkSeed: 'a seed that came later' } }));
    await site.registrations.revise(erased, (each) => ({ row: { ...each, erased: true } }));
    const purged = await withPeople({ slug: 'long-past' });
    await purged.site.change(purged.event, { purgingAt: '2026-11-23T00:00:00Z' });

    const answers = new Map<string, string[]>();
    const note = (what: string, { status, headers, body }: Answer) => {
      const answer = JSON.stringify({ status, headers, body });
      answers.set(answer, [...(answers.get(answer) ?? []), what]);
    };
    for (const { method, prefix, at } of guarded) {
      const purpose = PURPOSES[prefix] ?? 'manage';
      const token = site.tokenOf(row, purpose);
      const others = LINK_PURPOSES.filter((each) => each !== purpose);
      const wrong = [
        'x',
        '%00',
        token.slice(0, -1),
        token.slice(0, 32),
        `${token}x`,
        `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
        token.replace('k1', 'k2'),
        token.replace('.k1.', '.constructor.'),
        token.toUpperCase(),
        ...others.map((each) => site.tokenOf(row, each)),
        site.tokenOf({ ...row, registrationId: '0000000000000000' }, purpose),
        site.tokenOf({ ...row, eventId: '0000000000000000' }, purpose),
        token.replace(row.registrationId, revoked.registrationId),
        site.tokenOf(revoked, purpose),
        site.tokenOf(erased, purpose),
      ];
      const ask = (each: string) => (method === 'GET' ? { path: at(each) } : posted(at(each), ONE_CLICK));
      for (const each of wrong) note(`${method} ${at(each)}`, await site.request(ask(each)));
      const token2 = purged.site.tokenOf(await purged.person(), purpose);
      note(`${method} of somebody purged`, await purged.site.request(ask(token2)));
    }
    expect(guarded.length).toBeGreaterThan(6);
    expect([...answers.values()].map(([first]) => first)).toHaveLength(1);
    const { status, headers, body } = JSON.parse([...answers.keys()][0] ?? '');
    expect(status).toBe(404);
    expect(headers).toMatchObject({ 'cache-control': 'no-store', 'referrer-policy': 'no-referrer' });
    expect(body).toMatch(/<form [^>]*method="post" action="\/lost-link"/);
    expect(body).toMatch(/<input type="email" id="email" name="email"/);
    expect(body).toContain('>Send my link</button>');
  });

  test('that is right for its purpose is not among them', async () => {
    const { site, person } = await withPeople();
    const newEmail = 'ada@example.com';
    const left = { [moveOccasion(NOW_EPOCH, 'abcdef')]: '||ada@example.net' };
    await site.registrations.revise(await person(), (row) => ({ row: { ...row, newEmail, left } }));
    for (const { method, prefix, at } of guarded.filter((each) => each.method === 'GET')) {
      const row = await person();
      const [left] = leftAddressesOf(row);
      const token =
        prefix === 'm' && left ? site.objectionOf(row, left) : site.tokenOf(row, PURPOSES[prefix] ?? 'manage');
      expect(await site.request({ method, path: at(token) })).toMatchObject({ status: 200 });
    }
  });
});

/** What a form could send that needs no press: a wrong link must not even get so far. */
const ONE_CLICK = 'List-Unsubscribe=One-Click';

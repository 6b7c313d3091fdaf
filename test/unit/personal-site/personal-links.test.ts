import { describe, expect, test } from 'vitest';
import { withPeople } from '#test/support/guest-people.ts';
import { posted } from '#test/support/guest-site.ts';

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

  test('that is wrong in any way is answered alike', async () => {
    const { site, person } = await withPeople();
    const row = await person();
    const token = site.tokenOf(row, 'manage');
    const wrong = [
      'x',
      '%00',
      token.slice(0, -1),
      `${token}x`,
      `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
      token.replace('k1', 'k2'),
      token.replace('.k1.', '.constructor.'),
      token.toUpperCase(),
      site.tokenOf(row, 'join'),
      site.tokenOf({ ...row, linkSeed: 'an older seed of links' }, 'manage'),
      site.tokenOf({ ...row, registrationId: '0000000000000000' }, 'manage'),
      site.tokenOf({ ...row, eventId: '0000000000000000' }, 'manage'),
    ];
    const answers = await Promise.all(wrong.map((each) => site.request({ path: `/r/${each}` })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 404 });
    const posts = await Promise.all(wrong.map((each) => site.request(posted(`/r/${each}`, { cancel: 'x' }))));
    expect(posts.every(({ status }) => status === 404)).toBe(true);
  });
});

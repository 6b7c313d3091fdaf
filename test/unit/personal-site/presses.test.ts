import { describe, expect, test } from 'vitest';
import { press, withPeople } from '#test/support/guest-people.ts';
import { posted } from '#test/support/guest-site.ts';

const HOUR = 3_600_000;

describe('a change needs a person’s press', () => {
  const unpressed: [string, Record<string, string> | string][] = [
    ['a form that a script submits leaves the button out', {}],
    ['a made-up value', { cancel: 'yes' }],
    ['a value of another shape', { cancel: `k1.${'x'.repeat(22)}` }],
    ['a key nobody has', { cancel: `k9.${'x'.repeat(22)}` }],
    ['an empty one', { cancel: '' }],
    ['an inherited name', { constructor: 'x' }],
  ];

  test.each(unpressed)('%s changes nothing', async (_, fields) => {
    const { site, person } = await withPeople();
    const before = site.writes.length;
    const answer = await site.request(posted(`/r/${site.tokenOf(await person(), 'manage')}`, fields));
    expect(answer.status).toBe(409);
    expect(answer.body).toContain('Nothing has changed');
    expect(site.writes).toHaveLength(before);
  });

  test('a press of one button is none of another', async () => {
    const { site, person } = await withPeople();
    const path = `/r/${site.tokenOf(await person(), 'manage')}`;
    const value = /name="mute" value="([^"]+)"/.exec((await site.request({ path })).body)?.[1] ?? '';
    expect(await site.request(posted(path, { cancel: value }))).toMatchObject({ status: 409 });
  });

  test('nor of somebody else’s', async () => {
    const { site, person } = await withPeople({}, ['Ada', 'Bob']);
    const page = await site.request({ path: `/r/${site.tokenOf(await person('Bob'), 'manage')}` });
    expect(await press(site, `/r/${site.tokenOf(await person('Ada'), 'manage')}`, 'cancel', page)).toMatchObject({
      status: 409,
    });
    expect((await person('Ada')).status).toBe('confirmed');
  });

  test('a page may be an hour old, not three', async () => {
    const { site, person, pass } = await withPeople();
    const path = `/r/${site.tokenOf(await person(), 'manage')}`;
    const page = await site.request({ path });
    pass(HOUR);
    expect(await press(site, path, 'mute', page)).toMatchObject({ status: 303 });
    pass(2 * HOUR);
    expect(await press(site, path, 'cancel', page)).toMatchObject({ status: 409 });
    expect((await person()).status).toBe('confirmed');
  });

  test.each(['GET', 'HEAD'])('%s of any personal page writes nothing', async (method) => {
    const { site, person } = await withPeople();
    const row = await person();
    const before = site.writes.length;
    for (const [path, purpose] of [
      ['r', 'manage'],
      ['u', 'stop'],
      ['j', 'join'],
      ['s', 'survey'],
    ] as const) {
      const answer = await site.request({
        method,
        path: `/${path}/${site.tokenOf(row, purpose)}`,
        query: { cancel: 'x' },
      });
      expect(answer.status).toBe(200);
    }
    expect(site.writes).toHaveLength(before);
  });
});

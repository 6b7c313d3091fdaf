import { describe, expect, test } from 'vitest';
import { ORGANISER_ID } from '#shared/domain/ids.ts';
import { type LeftAddress, leftAddressesOf, OBJECT_WITHIN } from '#shared/domain/left-address.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { press, withPeople } from '#test/support/guest-people.ts';
import { posted, readable } from '#test/support/guest-site.ts';
import { turns } from '#test/support/watched-table.ts';

const DAY_MS = 24 * 3600_000;

/** Ada's registration has just moved to an address that somebody confirmed. */
async function moved(given = {}) {
  const people = await withPeople(given);
  const { site, person } = people;
  const move = async (email: string) => {
    const path = `/r/${site.tokenOf(await person(), 'manage')}/address`;
    const button = /name="move" value="([^"]+)"/.exec((await site.request({ path })).body)?.[1] ?? '';
    const asked = await site.request(posted(path, { email, move: button }));
    if (asked.status !== 303) return asked;
    return press(site, `/a/${site.tokenOf(await person(), 'address')}`, 'use');
  };
  await move('grace@example.com');
  const left = async (n = 0): Promise<LeftAddress> => leftAddressesOf(await person())[n] ?? NONE;
  const pathOf = async (address: LeftAddress) => `/m/${site.objectionOf(await person(), address)}`;
  const path = await pathOf(await left());
  const object = () => press(site, path, 'object');
  return { ...people, move, left, path, pathOf, object };
}
const NONE: LeftAddress = { occasion: 'none', email: 'none', objected: false };
const alertsOf = (row: Registration | undefined) =>
  [...(row?.greetDue ?? [])].filter((key) => key.startsWith('alert@'));

test('opening the page changes nothing, a posted form without the button neither, whoever posts it', async () => {
  const { site, person, path } = await moved();
  const before = await person();
  expect(await site.request({ path })).toMatchObject({ status: 200 });
  expect(await site.request({ path, method: 'HEAD' })).toMatchObject({ status: 200 });
  for (const fields of [{}, { object: 'x' }, { object: '' }])
    expect(await site.request(posted(path, fields))).toMatchObject({ status: 409 });
  expect(await person()).toEqual(before);
});

test('a press moves nothing back: it stops further moves, and tells the new address and the organiser', async () => {
  const { site, event, person, path, object, move } = await moved();
  const before = await person();
  expect(await object()).toMatchObject({ status: 303, headers: { location: path } });
  const row = await person();
  expect(row).toMatchObject({ email: 'grace@example.com', linkSeed: before.linkSeed, objectedAt: expect.any(Number) });
  expect([...(row.greetDue ?? [])].filter((key) => key.startsWith('move-objected@'))).toHaveLength(1);
  const alerts = alertsOf(await site.registrations.get(event.eventId, ORGANISER_ID));
  expect(alerts).toEqual([expect.stringMatching(new RegExp(`-o${row.registrationId}$`))]);
  const refused = await move('eve@example.com');
  expect(refused.status).toBe(409);
  expect(readable(refused.body)).toContain('has objected to a change of its address');
  expect(await person()).toMatchObject({ email: 'grace@example.com' });
});

test('it is made once, however often the button is pressed', async () => {
  const { site, event, person, path, object } = await moved();
  const page = await site.request({ path });
  await object();
  const row = await person();
  expect(await press(site, path, 'object', page)).toMatchObject({ status: 303 });
  expect(await person()).toEqual(row);
  expect(alertsOf(await site.registrations.get(event.eventId, ORGANISER_ID))).toHaveLength(1);
  expect(readable((await site.request({ path })).body)).toContain('You have objected');
});

test('the organiser is sent one mail about it, however often the button is pressed at the same time', async () => {
  const { site, event, path, pass } = await moved();
  const page = await site.request({ path });
  // Each in a second of its own, and none knows yet what came of those before.
  const presses = Array.from({ length: 8 }, async (_, n) => {
    await turns(n);
    pass(1000);
    return press(site, path, 'object', page);
  });
  for (const { status } of await Promise.all(presses)) expect(status).toBe(303);
  expect(alertsOf(await site.registrations.get(event.eventId, ORGANISER_ID))).toHaveLength(1);
});

test('whatever is asked of it, the page shows nothing of the new address or the person', async () => {
  const { site, path, object } = await moved();
  const shown = [await site.request({ path }), await site.request(posted(path, {})), await object()];
  shown.push(await site.request({ path }));
  for (const { body, headers } of shown) {
    expect(`${body}${JSON.stringify(headers)}`).not.toMatch(/grace|example\.com|Ada/);
    expect(headers).toMatchObject({ 'cache-control': 'no-store' });
  }
});

test('a wish to move that waits is off, and its link with it', async () => {
  const { site, person, object } = await moved();
  await site.registrations.revise(await person(), (row) => ({ row: { ...row, newEmail: 'eve@example.com' } }));
  const wish = `/a/${site.tokenOf(await person(), 'address')}`;
  expect((await site.request({ path: wish })).status).toBe(200);
  await object();
  expect(await person()).not.toHaveProperty('newEmail');
  expect((await site.request({ path: wish })).status).toBe(404);
});

test('a move that was begun before the objection is refused on its page', async () => {
  const { site, person, object } = await moved();
  await object();
  await site.registrations.revise(await person(), (row) => ({ row: { ...row, newEmail: 'eve@example.com' } }));
  const answer = await press(site, `/a/${site.tokenOf(await person(), 'address')}`, 'use');
  expect(answer.status).toBe(409);
  expect(readable(answer.body)).toContain('has objected');
  expect(await person()).toMatchObject({ email: 'grace@example.com' });
});

describe('its link', () => {
  test('opens for seven days, however often the registration moves on, and then is a wrong link', async () => {
    const { site, path, pass, move, object } = await moved();
    await move('eve@example.com');
    pass(OBJECT_WITHIN * 1000 - DAY_MS);
    expect((await site.request({ path })).status).toBe(200);
    const page = await site.request({ path });
    pass(DAY_MS);
    const wrong = await site.request({ path: '/m/x' });
    expect(await site.request({ path })).toEqual(wrong);
    expect((await press(site, path, 'object', page)).status).toBe(404);
    await expect(object()).rejects.toThrow('no button');
  });

  test('is of one address: not of another that was left, nor of any other purpose', async () => {
    const { site, person, path, pathOf, left, move } = await moved();
    await move('eve@example.com');
    const second = await pathOf(await left(1));
    expect(second).not.toBe(path);
    await press(site, second, 'object');
    expect((await left(0)).objected).toBe(false);
    expect((await left(1)).objected).toBe(true);
    const token = path.slice('/m/'.length);
    for (const page of ['r', 'j', 'u', 's', 'a', 'c'])
      expect((await site.request({ path: `/${page}/${token}` })).status).toBe(404);
    const manage = site.tokenOf(await person(), 'manage');
    expect((await site.request({ path: `/m/${manage}` })).status).toBe(404);
    expect((await site.request({ path: `/m/${site.tokenOf(await person(), 'object')}` })).status).toBe(404);
  });
});

test('the person’s own data says where the registration was, until when, and that somebody objected', async () => {
  const { site, person, object } = await moved();
  await object();
  const { body } = await site.request({ path: `/r/${site.tokenOf(await person(), 'manage')}/data.json` });
  expect(JSON.parse(body)).toMatchObject({
    earlierAddresses: [
      {
        email: 'ada@example.org',
        leftAt: '2026-11-23T10:00:00Z',
        keptUntil: '2026-11-30T10:00:00Z',
        objected: true,
      },
    ],
    objectedAt: '2026-11-23T10:00:00Z',
  });
});

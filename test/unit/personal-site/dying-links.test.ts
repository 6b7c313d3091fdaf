import { expect, test } from 'vitest';
import type { Event } from '#shared/domain/event.ts';
import { moveAddress } from '#shared/domain/move-address.ts';
import type { Transition } from '#shared/store/registrations.ts';
import { NOW_EPOCH } from '#test/support/builders.ts';
import { press, withPeople } from '#test/support/guest-people.ts';
import { posted } from '#test/support/guest-site.ts';

const moves: Transition = (row) =>
  moveAddress(
    row,
    { email: 'eve@example.org', addressHash: 'another hash', linkSeed: 'seed2seed2seed2s' },
    { now: NOW_EPOCH, allowance: { delay: 0, dropped: false }, chance: 'abcdef', mayTell: true },
  );

/** Ada, and what happens to her row once a request has read it and before it writes. */
async function ada(given: Partial<Event> = {}) {
  const people = await withPeople(given);
  const { registrations } = people.site;
  const withEvent = registrations.withEvent.bind(registrations);
  const onceRead = (transition: Transition) => {
    registrations.withEvent = async (...of) => {
      registrations.withEvent = withEvent;
      const found = await withEvent(...of);
      if (found) await registrations.relocate(found.registration, transition);
      return found;
    };
  };
  return { ...people, onceRead };
}

test.each([
  ['r', 'manage', '', 'confirm', { confirmAddress: true }],
  ['r', 'manage', '', 'cancel', {}],
  ['r', 'manage', '', 'mute', {}],
  ['r', 'manage', '/erase', 'erase', {}],
  ['u', 'stop', '', 'mute', {}],
] as const)(
  '/%s, a link to %s%s: pressing %s as the registration moves changes and proves nothing there',
  async (page, purpose, below, action, given) => {
    const { site, person, onceRead } = await ada(given);
    const path = `/${page}/${site.tokenOf(await person(), purpose)}${below}`;
    const shown = await site.request({ path });
    onceRead(moves);
    expect(await press(site, path, action, shown)).toMatchObject({ status: 404 });
    const { deliveries: _, ...row } = await person();
    expect(row).toMatchObject({ email: 'eve@example.org', addressRevision: 2 });
    expect(row.provedAt ?? 0).toBe(0);
    expect(row).not.toHaveProperty('muted');
    expect(row.status).toBe(action === 'confirm' ? 'applied' : 'confirmed');
  },
);

test('a wish for another address by a link that dies in that moment is none', async () => {
  const { site, person, onceRead } = await ada();
  const path = `/r/${site.tokenOf(await person(), 'manage')}/address`;
  const button = /name="move" value="([^"]+)"/.exec((await site.request({ path })).body)?.[1] ?? '';
  onceRead(moves);
  expect(await site.request(posted(path, { email: 'ada@example.net', move: button }))).toMatchObject({ status: 404 });
  expect(await person()).not.toHaveProperty('newEmail');
});

test('a new address that is wanted no more as it is confirmed gives nobody a link', async () => {
  const { site, person, onceRead } = await ada();
  await site.registrations.revise(await person(), (row) => ({ row: { ...row, newEmail: 'eve@example.org' } }));
  const path = `/a/${site.tokenOf(await person(), 'address')}`;
  const shown = await site.request({ path });
  onceRead(({ newEmail: _, ...row }) => ({ row: { ...row, provedAt: NOW_EPOCH } }));
  const answer = await press(site, path, 'use', shown);
  expect(answer.status).toBe(404);
  expect(answer.headers.location).toBeUndefined();
  expect(await person()).toMatchObject({ email: 'ada@example.org', addressRevision: 1 });
});

test('whoever confirms a new address twice at once has it, and their page, both times', async () => {
  const { site, person } = await ada();
  await site.registrations.revise(await person(), (row) => ({ row: { ...row, newEmail: 'ada@example.com' } }));
  const path = `/a/${site.tokenOf(await person(), 'address')}`;
  const shown = await site.request({ path });
  const answers = await Promise.all([press(site, path, 'use', shown), press(site, path, 'use', shown)]);
  const page = `/r/${site.tokenOf(await person(), 'manage')}`;
  expect(answers.map(({ headers }) => headers.location)).toEqual([page, page]);
});

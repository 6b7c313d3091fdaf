import { expect, test } from 'vitest';
import { press, withPeople } from '#test/support/guest-people.ts';
import { posted, readable } from '#test/support/guest-site.ts';

/** Ada wants her mail elsewhere. */
async function wishes(given = {}, names = ['Ada']) {
  const people = await withPeople(given, names);
  const { site, person } = people;
  const path = `/r/${site.tokenOf(await person(), 'manage')}`;
  const wish = async (email: string) => {
    const { body } = await site.request({ path: `${path}/address` });
    const button = /name="move" value="([^"]+)"/.exec(body)?.[1] ?? '';
    return site.request(posted(`${path}/address`, { email, move: button }));
  };
  const use = async () => press(site, `/a/${site.tokenOf(await person(), 'address')}`, 'use');
  return { ...people, path, wish, use };
}

test('a new address is asked first: nothing changes until it is confirmed from there', async () => {
  const { site, person, path, wish } = await wishes();
  const before = await person();
  expect(await wish(' ADA@Example.com ')).toMatchObject({ status: 303 });
  expect(await person()).toMatchObject({ ...before, newEmail: 'ada@example.com', greetDue: expect.anything() });
  expect([...((await person()).greetDue ?? [])].some((key) => key.startsWith('new-address@'))).toBe(true);
  expect(readable((await site.request({ path })).body)).toContain('ada@example.com is to be confirmed');
});

test('confirmed, the registration moves: the first mail goes anew, and every earlier link is dead', async () => {
  const { site, person, path, wish, use, event } = await wishes();
  await wish('ada@example.com');
  const before = await person();
  const old = (['manage', 'join', 'stop', 'survey', 'address'] as const).map((purpose) =>
    site.tokenOf(before, purpose),
  );
  expect((await use()).headers.location).toMatch(/^\/r\//);
  const row = await person();
  expect(row).toMatchObject({ email: 'ada@example.com', addressRevision: 2, admissions: 2, status: 'confirmed' });
  expect(row).not.toHaveProperty('newEmail');
  expect(row.greetDue).toContain('1@a2');
  const pages = ['r', 'j', 'u', 's', 'a'];
  for (const [n, token] of old.entries())
    expect((await site.request({ path: `/${pages[n]}/${token}` })).status).toBe(404);
  expect((await site.request({ path })).status).toBe(404);

  const again = (email: string) =>
    site.take({ event, form: { name: 'Eve', email, answers: {} }, ip: '203.0.113.7', privacyVersion: undefined });
  await again('ada@example.com');
  expect(await site.people(event)).toHaveLength(1);
  await again('ada@example.org');
  expect(await site.people(event)).toHaveLength(2);
});

test('a link to confirm an address is good for that address alone', async () => {
  const { site, person, wish } = await wishes();
  await wish('ada@example.com');
  const first = site.tokenOf(await person(), 'address');
  await wish('ada@example.net');
  expect((await site.request({ path: `/a/${first}` })).status).toBe(404);
  expect((await site.request({ path: `/a/${site.tokenOf(await person(), 'address')}` })).body).toContain(
    'ada@example.net',
  );
});

test('an address with a registration of its own is not taken over', async () => {
  const { person, wish, use } = await wishes({}, ['Ada', 'Bob']);
  await wish('bob@example.org');
  const answer = await use();
  expect(answer.status).toBe(409);
  expect(readable(answer.body)).toContain('has a registration for this event of its own');
  expect(await person()).toMatchObject({ email: 'ada@example.org', addressRevision: 1 });
});

test('a bounced address is left behind: the new one is mailed', async () => {
  const { site, person, wish, use } = await wishes();
  await site.registrations.revise(await person(), (row) => ({ row: { ...row, bounced: true } }));
  await wish('ada@example.com');
  await use();
  expect(await person()).not.toHaveProperty('bounced');
});

test.each([
  ['', 'Enter an email address'],
  ['nobody', 'Enter an email address'],
  ['ada@example.org', 'That is the address you have'],
])('%j is not taken as one', async (email, message) => {
  const { wish, person } = await wishes();
  const answer = await wish(email);
  expect(answer.status).toBe(400);
  expect(readable(answer.body)).toContain(message);
  expect(await person()).not.toHaveProperty('newEmail');
});

test('without a press nothing is asked, and nothing moves', async () => {
  const { site, person, path, wish } = await wishes();
  expect((await site.request(posted(`${path}/address`, { email: 'eve@example.org' }))).status).toBe(409);
  await wish('ada@example.com');
  const token = site.tokenOf(await person(), 'address');
  expect((await site.request(posted(`/a/${token}`, { use: 'x' }))).status).toBe(409);
  expect(await person()).toMatchObject({ email: 'ada@example.org' });
});

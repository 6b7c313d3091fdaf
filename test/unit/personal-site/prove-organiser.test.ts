import { expect, test } from 'vitest';
import { ORGANISER_ID } from '#shared/domain/ids.ts';
import { organiserRow, oweOrganiser } from '#shared/domain/organiser-row.ts';
import { NOW_EPOCH } from '#test/support/builders.ts';
import { press, withPeople } from '#test/support/guest-people.ts';
import { posted, readable } from '#test/support/guest-site.ts';

/** An organiser whose address waits to be confirmed, and the page that the mail leads to. */
async function asked(email = 'organiser@example.com') {
  const people = await withPeople();
  const { site, event } = people;
  const of = (address: string) => ({ ...event, organiser: { name: 'Evil', email: address } });
  const row = await site.registrations.addOrganiser(organiserRow(of(email), NOW_EPOCH));
  const token = () =>
    site.registrations.get(event.eventId, ORGANISER_ID).then((each) => site.tokenOf(each ?? row, 'organiser'));
  const move = (address: string) => {
    const wish = { event: of(address), kind: 'prove-organiser', occasion: 'q1-abcdef', now: NOW_EPOCH } as const;
    return site.registrations.revise(row, (current) => oweOrganiser(current, wish));
  };
  const proved = () => site.items().filter(({ pk, provedAt }) => pk.startsWith('ORGANISER#') && provedAt !== undefined);
  return { ...people, path: `/o/${await token()}`, move, proved };
}

test('an organiser’s address is theirs once they press the button, and the page says so', async () => {
  const { site, path, proved } = await asked();
  const { status, body } = await site.request({ path });
  expect([status, readable(body)]).toEqual([200, expect.stringContaining('Is this your address?')]);
  expect(proved()).toEqual([]);
  expect(await press(site, path, 'prove')).toMatchObject({ status: 303, headers: { location: path } });
  expect(proved()).toHaveLength(1);
  expect(JSON.stringify(proved())).not.toContain('example.com');
  expect(readable((await site.request({ path })).body)).toContain('Your address is confirmed');
});

test('opening the page, or submitting its form without the button, changes nothing', async () => {
  const { site, path, proved } = await asked();
  for (const method of ['GET', 'HEAD']) await site.request({ method, path });
  const answer = await site.request(posted(path, {}));
  expect([answer.status, proved()]).toEqual([409, []]);
  expect(readable(answer.body)).toContain('Please press the button again');
});

test('a link is good for the address it was sent to, and for no other', async () => {
  const { site, path, move, proved } = await asked();
  await move('another@example.com');
  expect((await site.request({ path })).status).toBe(404);
  expect((await site.request(posted(path, { prove: 'x' }))).status).toBe(404);
  expect(proved()).toEqual([]);
});

test('no link of a registrant opens it, and it opens nothing of theirs', async () => {
  const { site, path, person } = await asked();
  const [row, token] = [await person(), path.split('/')[2]];
  for (const purpose of ['manage', 'join', 'stop', 'survey', 'address'] as const)
    expect((await site.request({ path: `/o/${site.tokenOf(row, purpose)}` })).status).toBe(404);
  for (const page of ['r', 'j', 'u', 's', 'a'])
    expect((await site.request({ path: `/${page}/${token}` })).status).toBe(404);
});

test('names of people stand nowhere on the page', async () => {
  const { site, path } = await asked();
  expect((await site.request({ path })).body).not.toMatch(/Evil|Ada/);
});

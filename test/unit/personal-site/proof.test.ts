import { expect, test } from 'vitest';
import type { Event } from '#shared/domain/event.ts';
import { NOW_EPOCH } from '#test/support/builders.ts';
import { press, withPeople } from '#test/support/guest-people.ts';
import { posted } from '#test/support/guest-site.ts';

type Standing = Awaited<ReturnType<typeof withPeople>>;

const LIVE: Partial<Event> = { startInstant: '2026-11-23T10:05:00Z', endInstant: '2026-11-23T12:00:00Z' };
const OVER: Partial<Event> = { startInstant: '2026-11-23T08:00:00Z', endInstant: '2026-11-23T09:00:00Z' };
const GATE = { url: 'https://meet.example.org/1', opensBefore: 'PT15M' } as const;

const pathOf = async ({ site, person }: Standing, page: string, purpose: Parameters<Standing['site']['tokenOf']>[1]) =>
  `/${page}/${site.tokenOf(await person(), purpose)}`;
const fill = async ({ site }: Standing, path: string, action: string, fields: Record<string, string>) => {
  const { body } = await site.request({ path });
  const value = new RegExp(`name="${action}" value="([^"]+)"`).exec(body)?.[1] ?? '';
  return site.request(posted(path, { ...fields, [action]: value }));
};

const PROOFS: [string, (standing: Standing) => Promise<unknown>, Partial<Event>?, Partial<Event>?][] = [
  ['confirming', async (s) => press(s.site, await pathOf(s, 'r', 'manage'), 'confirm'), { confirmAddress: true }],
  ['giving the place up', async (s) => press(s.site, await pathOf(s, 'r', 'manage'), 'cancel')],
  ['stopping mail', async (s) => press(s.site, await pathOf(s, 'u', 'stop'), 'mute')],
  [
    'the mail program’s one click',
    async (s) => s.site.request(posted(await pathOf(s, 'u', 'stop'), 'List-Unsubscribe=One-Click')),
  ],
  ['correcting details', async (s) => fill(s, `${await pathOf(s, 'r', 'manage')}/details`, 'correct', { name: 'Ada' })],
  [
    'asking for another address',
    async (s) => fill(s, `${await pathOf(s, 'r', 'manage')}/address`, 'move', { email: 'b@example.org' }),
  ],
  ['joining', async (s) => press(s.site, await pathOf(s, 'j', 'join'), 'join'), {}, { ...LIVE, joining: GATE }],
  ['knocking', async (s) => press(s.site, await pathOf(s, 'j', 'join'), 'join'), {}, LIVE],
  [
    'a survey answer',
    async (s) => fill(s, await pathOf(s, 's', 'survey'), 'answer', { 'answers.overall': '4' }),
    {},
    OVER,
  ],
];

test.each(PROOFS)('%s proves the address, in the write it makes anyway', async (_, act, given = {}, later = {}) => {
  const standing = await withPeople(given);
  const { site, event, person } = standing;
  await site.change(event, later);
  // As an earlier version left it: asked by nobody knows whom.
  await site.registrations.revise(await person(), (row) => ({ row: { ...row, newEmail: 'eve@example.org' } }));
  const before = site.writes.length;
  await act(standing);
  const row = await person();
  expect(row.provedAt).toBe(NOW_EPOCH);
  expect(row.newEmail).not.toBe('eve@example.org');
  const changes = site.writes.slice(before).filter((write) => write.before !== write.after);
  const ofRow = changes.filter(({ after }) => after?.sk === `REG#${row.registrationId}`);
  expect(ofRow).toHaveLength(1);
});

test('an address confirmed from where it leads has proved itself', async () => {
  const standing = await withPeople();
  await fill(standing, `${await pathOf(standing, 'r', 'manage')}/address`, 'move', { email: 'b@example.org' });
  await press(standing.site, await pathOf(standing, 'a', 'address'), 'use');
  expect(await standing.person()).toMatchObject({ email: 'b@example.org', addressRevision: 2, provedAt: NOW_EPOCH });
});

test('to look at a page proves nothing: scanners do', async () => {
  const { site, person } = await withPeople();
  const row = await person();
  const page = `/r/${site.tokenOf(row, 'manage')}`;
  await site.request({ path: page });
  expect(await person()).not.toHaveProperty('provedAt');
});

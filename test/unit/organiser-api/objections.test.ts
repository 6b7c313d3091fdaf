import { beforeEach, expect, test } from 'vitest';
import { leftAddressesOf } from '#shared/domain/left-address.ts';
import { moveAddress } from '#shared/domain/move-address.ts';
import { objectToMove } from '#shared/domain/object-to-move.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

let api: OrganiserApi;
let eventId: string;
let ada: Registration;
beforeEach(async () => {
  api = await organiserApi();
  ({ eventId } = await api.published());
  ada = await api.welcomed(eventId, 'Ada');
});

const pathOf = ({ registrationId }: Registration) => `/events/${eventId}/registrations/${registrationId}`;
const move = (email: string, row = ada) =>
  api.call({ method: 'PATCH', path: pathOf(row), body: { email }, headers: { 'if-match': '*' } });
const lift = () => api.post(`${pathOf(ada)}/lift-objection`);
const rowOf = async ({ registrationId }: Registration) =>
  (await api.deps.registrations.get(eventId, registrationId)) as Registration;

/** Somebody at the address she had says that it was not they. */
async function objects() {
  const row = await rowOf(ada);
  const [left] = leftAddressesOf(row);
  const now = Math.floor(api.clock.now / 1000);
  const wish = { occasion: left?.occasion ?? '', now, chance: 'abcdef' };
  await api.deps.registrations.revise(row, (current) => objectToMove(current, wish));
}

test('an organiser’s correction of an address is told to the old one, and seen until nobody may object any more', async () => {
  const { body } = await move('ada@example.com');
  expect(body.owed.mails).toEqual(['confirmation', 'address-moved']);
  expect(body.earlierAddresses).toEqual([
    { email: ada.email, leftAt: '2026-11-23T12:00:00Z', keptUntil: '2026-11-30T12:00:00Z', objected: false },
  ]);
  expect(body).not.toHaveProperty('objectedAt');
});

test('an objection is seen in the registration and its timeline, and the address stays until it is lifted', async () => {
  await move('ada@example.com');
  await objects();
  const { body: seen } = await api.call({ path: pathOf(ada) });
  expect(seen).toMatchObject({
    email: 'ada@example.com',
    objectedAt: '2026-11-23T12:00:00Z',
    earlierAddresses: [{ email: ada.email, objected: true }],
  });
  const { entries } = (await api.call({ path: `${pathOf(ada)}/timeline` })).body;
  const notes = entries.map(({ note }: { note: string }) => note);
  expect(notes).toContain(`Moved to another address, from ${ada.email}.`);
  expect(notes).toContain(
    'Somebody at an earlier address said that the move was not theirs. The address stays as it is until the objection is lifted.',
  );
  expect(await move('eve@example.com')).toMatchObject({ status: 409, body: { type: '/problems/move-objected' } });
  expect((await rowOf(ada)).email).toBe('ada@example.com');

  expect(await lift()).toMatchObject({ status: 200 });
  expect((await lift()).body).not.toHaveProperty('objectedAt');
  expect(await rowOf(ada)).not.toHaveProperty('left');
  expect(await move(ada.email)).toMatchObject({ status: 200, body: { email: ada.email } });
});

test.each([true, false])(
  'a move that was decided before an objection was written is refused, told or not (%s)',
  async (mayTell) => {
    await move('ada@example.com');
    const stale = await rowOf(ada);
    await objects();
    // The mail about it has been sent and looked after meanwhile: nothing else differs.
    const { greetDue, greetDueAt } = stale;
    await api.deps.registrations.revise(await rowOf(ada), (row) => ({ row: { ...row, greetDue, greetDueAt } }));
    const address = { email: 'eve@example.com', addressHash: 'another hash', linkSeed: 'another seed' };
    const moment = { now: Math.floor(api.clock.now / 1000), allowance: { delay: 0, dropped: false }, chance: 'ghijkl' };
    const moves = api.deps.registrations.relocate(stale, (row) => moveAddress(row, address, { ...moment, mayTell }));
    await expect(moves).rejects.toMatchObject({ code: 'move-objected' });
    expect((await rowOf(ada)).email).toBe('ada@example.com');
  },
);

test('whatever else is corrected of them is corrected, objection or not', async () => {
  await move('ada@example.com');
  await objects();
  const headers = { 'if-match': '*' };
  const body = { name: 'Ada Byron', email: 'ada@example.com' };
  expect(await api.call({ method: 'PATCH', path: pathOf(ada), body, headers })).toMatchObject({ status: 200 });
});

test('the fourth move within a week is a 409 that says when the address can change again', async () => {
  for (const email of ['a@example.com', 'b@example.com', 'c@example.com'])
    expect(await move(email)).toMatchObject({ status: 200 });
  const { status, body } = await move('d@example.com');
  expect([status, body.type]).toEqual([409, '/problems/moved-too-often']);
  expect(body.detail).toContain('after Monday 30 November 2026');
  expect(body.errors).toMatchObject([{ pointer: '#/email' }]);
});

test('addresses that proved nothing are told within their mailbox’s budget, and one that did in any case', async () => {
  const tellings = async (row: Registration) => {
    const { deliveries, greetDue = new Set() } = await rowOf(row);
    const key = [...Object.keys(deliveries), ...greetDue].find((each) => each.startsWith('address-moved@')) ?? '';
    return deliveries[key]?.split('|').at(-1) ?? 'owed';
  };
  const moved = async (n: number, email: string, other: Partial<Registration>) => {
    const row = await api.welcomed(eventId, `Somebody ${n}`, { email, ...other });
    await move(`somebody${n}@example.com`, row);
    return tellings(row);
  };
  const untried = { deliveries: { '1@a1': 'sent|1|1|k2m4t8|1' } };
  const outcomes: string[] = [];
  for (let n = 0; n < 8; n++) outcomes.push(await moved(n, `vic.tim+${n}@example.org`, untried));
  expect(outcomes).toEqual([...Array(5).fill('owed'), ...Array(3).fill('over-budget')]);
  expect(await moved(8, 'victim@example.org', {})).toBe('owed');
});

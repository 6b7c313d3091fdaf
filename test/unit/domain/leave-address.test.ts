import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { confirmAddress } from '#shared/domain/confirm-address.ts';
import { erase } from '#shared/domain/erase.ts';
import { Refusal } from '#shared/domain/errors.ts';
import { forgetLeft } from '#shared/domain/forget-left.ts';
import { leftAddressesOf, leftAt, MOST_LEFT, OBJECT_WITHIN } from '#shared/domain/left-address.ts';
import { type Moment, moveAddress } from '#shared/domain/move-address.ts';
import { liftObjection, objectToMove } from '#shared/domain/object-to-move.ts';
import { type Registration, Status } from '#shared/domain/registration.ts';
import { itemBytes } from '#shared/store/item-size.ts';
import { toItem } from '#shared/store/registration-items.ts';
import { aRegistration, NOW_EPOCH } from '#test/support/builders.ts';

const DAY = 24 * 3600;
const MOMENT: Moment = { now: NOW_EPOCH, allowance: { delay: 0, dropped: false }, chance: 'abcdef' };
let moves = 0;

/** The row at another address. */
function moved(row: Registration, email: string, { now = NOW_EPOCH, mayTell = true } = {}): Registration {
  const chance = `move${String(++moves).padStart(2, '0')}`;
  const address = { email, addressHash: `hash of ${email}`, linkSeed: `seed of ${email}` };
  const next = moveAddress(row, address, { ...MOMENT, now, chance, mayTell });
  if (!next) throw new Error('It did not move');
  return next.row;
}
const tellings = ({ greetDue = new Set() }: Registration) =>
  [...greetDue].filter((key) => key.startsWith('address-moved@'));
const emails = (row: Registration) => leftAddressesOf(row).map(({ email }) => email);
const codeOf = (act: () => unknown): string | undefined => {
  try {
    act();
    return undefined;
  } catch (error) {
    return error instanceof Refusal ? error.code : String(error);
  }
};

const INVITED = { sequence: 3, deliveries: { '1@a1': `delivered|${NOW_EPOCH - DAY}|1|abcdef|1` } };

test('whatever the registration is, its move owes the old address one mail, and keeps the address for it', () => {
  const rows = fc.record({
    status: fc.constantFrom(...Status.options),
    bounced: fc.option(fc.constant(true), { nil: undefined }),
    muted: fc.option(fc.constant(true), { nil: undefined }),
    confirmBy: fc.option(fc.constant(NOW_EPOCH + 60), { nil: undefined }),
    seat: fc.option(fc.constantFrom('taken', 'waiting:3'), { nil: undefined }),
    provedAt: fc.option(fc.constantFrom(0, NOW_EPOCH), { nil: undefined }),
  });
  fc.assert(
    fc.property(rows, (given) => {
      const row = aRegistration({ ...given, greetDue: undefined, greetDueAt: undefined } as Partial<Registration>);
      const next = moved(row, 'ada@example.com');
      expect(tellings(next)).toHaveLength(1);
      expect(emails(next)).toEqual(['ada@example.org']);
      const confirmed = confirmAddress(next, { capped: false, now: NOW_EPOCH })?.row ?? next;
      expect(tellings(confirmed)).toHaveLength(1);
    }),
  );
});

test('an address that was left twice is told twice, each of several once', () => {
  let row = aRegistration();
  for (const email of ['ada@example.com', 'ada@example.org', 'ada@example.net']) row = moved(row, email);
  expect(emails(row)).toEqual(['ada@example.org', 'ada@example.com', 'ada@example.org']);
  expect(new Set(tellings(row)).size).toBe(3);
});

test('a registration moves three times within a week, and again when the first is a week ago', () => {
  let row = aRegistration();
  for (const [n, email] of ['a@example.com', 'b@example.com', 'c@example.com'].entries())
    row = moved(row, email, { now: NOW_EPOCH + n });
  expect(MOST_LEFT).toBe(3);
  const fourth = (now: number) => () => moved(row, 'd@example.com', { now });
  expect(codeOf(fourth(NOW_EPOCH + OBJECT_WITHIN - 1))).toBe('moved-too-often');
  expect(row.email).toBe('c@example.com');
  const later = fourth(NOW_EPOCH + OBJECT_WITHIN)();
  expect(emails(later)).toEqual(['a@example.com', 'b@example.com', 'c@example.com']);
});

test('a row with as many left addresses as may be, and every mail of an event, is one write unit', () => {
  const sent = (key: string) => [key, `delivered|${NOW_EPOCH}|1|abcdef|1.${NOW_EPOCH}`];
  const deliveries = Object.fromEntries(['2@s1', '3@s1', '4@e1', 'change@r2'].map(sent));
  let row = aRegistration({
    ...INVITED,
    deliveries: { ...INVITED.deliveries, ...deliveries },
    name: 'Siobhán O’Rourke-Fitzgerald',
    email: 'siobhan.orourke@police.example.org',
    addressHash: 'h'.repeat(22),
    linkSeed: 's'.repeat(16),
    timeZone: 'Europe/London',
    privacyVersion: 'site-2',
  });
  for (const n of [1, 2, 3]) {
    row = { ...moved(row, `siobhan.orourke${n}@police.example.org`), greetDue: undefined, greetDueAt: undefined };
    for (const { occasion } of leftAddressesOf(row))
      row = {
        ...row,
        deliveries: { ...row.deliveries, [`address-moved@${occasion}`]: `delivered|${NOW_EPOCH}|1|abcdef` },
      };
  }
  expect(itemBytes(toItem({ ...row, addressHash: 'h'.repeat(22), linkSeed: 's'.repeat(16) }))).toBeLessThan(1024);
});

describe('the calendar of the old address', () => {
  test('loses the event by a SEQUENCE above its invitation and below the next one', () => {
    const row = moved(aRegistration(INVITED), 'ada@example.com');
    expect(leftAddressesOf(row)).toMatchObject([{ sequence: 4 }]);
    // What the next claim of an invitation adds one to.
    expect(row.sequence).toBe(4);
  });

  test.each(['claimed', 'sent', 'delivered', 'complained'])('loses it when its invitation is %s', (state) => {
    const row = aRegistration({ sequence: 1, deliveries: { '1@a1': `${state}|1|1|abcdef|1` } });
    expect(leftAddressesOf(moved(row, 'ada@example.com'))).toMatchObject([{ sequence: 2 }]);
  });

  test.each(['bounced', 'failed', 'held', 'skipped'])('has nothing to lose when it is %s', (state) => {
    const row = aRegistration({ sequence: 1, deliveries: { '1@a1': `${state}|1|1|abcdef|1` } });
    expect(leftAddressesOf(moved(row, 'ada@example.com'))[0]).not.toHaveProperty('sequence');
  });

  test('has nothing to lose where only an earlier address was invited', () => {
    const once = moved(aRegistration(INVITED), 'ada@example.com');
    const twice = moved(once, 'ada@example.net', { now: NOW_EPOCH + 60 });
    expect(leftAddressesOf(twice).map(({ sequence }) => sequence)).toEqual([4, undefined]);
    const invited = { ...once, sequence: 5, deliveries: { ...once.deliveries, '1@a2': 'sent|1|1|abcdef|1' } };
    expect(leftAddressesOf(moved(invited, 'ada@example.net')).map(({ sequence }) => sequence)).toEqual([4, 6]);
  });
});

test('what its mailbox has no room for is not sent, the ledger says so, and of many such moves it names the last', () => {
  let row = aRegistration();
  for (let n = 0; n < 20; n++) row = moved(row, `ada${n}@example.com`, { mayTell: false });
  expect([tellings(row), emails(row)]).toEqual([[], []]);
  const entries = Object.entries(row.deliveries).filter(([key]) => key.startsWith('address-moved@'));
  expect(entries).toEqual([[expect.any(String), `skipped|${NOW_EPOCH}|0|||over-budget`]]);
});

describe('an objection', () => {
  const left = () => moved(aRegistration({ newEmail: 'ada@example.net' }), 'ada@example.com');
  const occasionOf = (row: Registration) => leftAddressesOf(row)[0]?.occasion ?? '';
  const objected = (row: Registration, now = NOW_EPOCH + 60) =>
    objectToMove(row, { occasion: occasionOf(row), now, chance: 'ghijkl' });

  test('moves nothing back: it stops further moves, and tells the present address', () => {
    const before = { ...left(), newEmail: 'eve@example.com' };
    const { row } = objected(before) ?? { row: before };
    const { newEmail: _, greetDue: __, left: ___, ...rest } = before;
    expect(row).toMatchObject({ ...rest, objectedAt: NOW_EPOCH + 60 });
    expect(row).not.toHaveProperty('newEmail');
    expect([...(row.greetDue ?? [])].filter((key) => key.startsWith('move-objected@'))).toHaveLength(1);
    expect(codeOf(() => moved(row, 'eve@example.net'))).toBe('move-objected');
    expect(row.email).toBe('ada@example.com');
  });

  test('is made once, within seven days, and by whoever was told', () => {
    const row = left();
    const { row: once } = objected(row) ?? { row };
    expect(objected(once)).toBeUndefined();
    expect(objected(row, NOW_EPOCH + OBJECT_WITHIN - 1)).toBeDefined();
    expect(objected(row, NOW_EPOCH + OBJECT_WITHIN)).toBeUndefined();
    expect(objectToMove(row, { occasion: 'q1-nobody-m', now: NOW_EPOCH, chance: 'ghijkl' })).toBeUndefined();
  });

  test('stands until the organiser lifts it, however long the address is forgotten', () => {
    const { row: once } = objected(left()) ?? { row: left() };
    const later = forgetLeft(once, NOW_EPOCH + OBJECT_WITHIN)?.row ?? once;
    expect(leftAddressesOf(later)).toEqual([]);
    expect(codeOf(() => moved(later, 'eve@example.net', { now: NOW_EPOCH + 30 * DAY }))).toBe('move-objected');
    const lifted = liftObjection(later)?.row ?? later;
    expect(moved(lifted, 'ada@example.org', { now: NOW_EPOCH + 30 * DAY }).email).toBe('ada@example.org');
  });

  test('that is lifted has been heard: its address is forgotten, another may still object', () => {
    const twice = moved(left(), 'ada@example.net');
    const { row: once } = objected(twice) ?? { row: twice };
    const lifted = liftObjection(once)?.row ?? once;
    expect(lifted).not.toHaveProperty('objectedAt');
    expect(emails(lifted)).toEqual(['ada@example.com']);
    expect(liftObjection(lifted)).toBeUndefined();
  });
});

test('an address is forgotten when nobody there may object any more, with what the ledger knows of its mail', () => {
  const row = moved(aRegistration(), 'ada@example.com');
  const [address] = leftAddressesOf(row);
  const mailKey = `address-moved@${address?.occasion}`;
  const told = {
    ...row,
    greetDue: undefined,
    deliveries: { [mailKey]: 'delivered|1|1|abcdef', '1@a2': 'sent|1|1|abcdef|1' },
  };
  const at = leftAt(address ?? { occasion: '' }) + OBJECT_WITHIN;
  expect(toItem(told)).toMatchObject({ due: 'left', dueAt: at });
  expect(forgetLeft(told, at - 1)).toBeUndefined();
  const after = forgetLeft(told, at)?.row;
  expect(after?.deliveries).toEqual({ '1@a2': 'sent|1|1|abcdef|1' });
  expect(after).not.toHaveProperty('left');
  expect(after && toItem(after)).not.toHaveProperty('due');
  // A doubt is looked after until it is over; what was never claimed is owed no more.
  const doubted = { ...told, deliveries: { [mailKey]: 'claimed|1|1|abcdef' } };
  expect(forgetLeft(doubted, at)?.row.deliveries).toEqual(doubted.deliveries);
  expect(tellings(forgetLeft(row, at)?.row ?? row)).toEqual([]);
});

test('nothing of it is left on the tombstone of who is erased', () => {
  const row = { ...moved(aRegistration(), 'ada@example.com'), addressHash: 'h' };
  expect(JSON.stringify(erase({ ...row, objectedAt: 1 }, NOW_EPOCH)?.row)).not.toMatch(/@example|left|objected/);
});

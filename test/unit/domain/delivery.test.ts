import fc from 'fast-check';
import { expect, test } from 'vitest';
import {
  afterReceipt,
  becoming,
  DELIVERY_STATES,
  type Delivery,
  isSettled,
  type Receipt,
  readDelivery,
  wasSent,
  writeDelivery,
} from '#shared/domain/delivery.ts';

const CLAIMED: Delivery = { state: 'claimed', epoch: 1000, attempt: 1, owner: 'abcdef', told: 3 };

const anyDelivery = fc
  .record({
    state: fc.constantFrom(...DELIVERY_STATES),
    epoch: fc.nat(4e9),
    attempt: fc.nat(9),
    owner: fc.constantFrom('', 'abcdef', '012345'),
    told: fc.option(fc.integer({ min: 1, max: 99 }), { nil: undefined }),
    reason: fc.option(fc.constantFrom('expired', 'registration-cancelled', 'in-doubt'), { nil: undefined }),
  })
  .map(({ told, reason, ...rest }): Delivery => ({ ...rest, ...(told && { told }), ...(reason && { reason }) }));

test('an entry reads as it was written, and is short', () => {
  fc.assert(
    fc.property(anyDelivery, (delivery) => {
      const entry = writeDelivery(delivery);
      expect(readDelivery(entry)).toEqual(delivery);
      expect(entry.length).toBeLessThan(70);
    }),
  );
});

test('an entry is written as the contract spells it', () => {
  expect(writeDelivery(CLAIMED)).toBe('claimed|1000|1|abcdef|3');
  expect(writeDelivery({ state: 'skipped', epoch: 1000, attempt: 0, owner: '', reason: 'expired' })).toBe(
    'skipped|1000|0|||expired',
  );
  expect(readDelivery('sent|1000|1')).toEqual({ state: 'sent', epoch: 1000, attempt: 1, owner: '' });
});

test.each([
  '',
  'sent',
  'sent|',
  'sent||1',
  'sent|x|1|a',
  'sent|1|x|a',
  'sent|1',
  'sent|-1|1',
  'sent|1.5|1',
  'lost|1|1|a',
])('what cannot be read (%j) never counts as empty', (entry) => {
  expect(() => readDelivery(entry)).toThrow('Not a delivery');
});

test('only a claim is not settled, and only what SES took was sent', () => {
  expect(DELIVERY_STATES.filter((state) => !isSettled({ state }))).toEqual(['claimed']);
  expect(DELIVERY_STATES.filter((state) => wasSent({ state }))).toEqual(['sent', 'delivered', 'bounced', 'complained']);
});

const RECEIPTS: Receipt[] = ['failed', 'sent', 'delivered', 'bounced', 'complained'];
const after = (before: Delivery | undefined, receipts: readonly Receipt[], attempt = 1): Delivery | undefined =>
  receipts.reduce((known, receipt, n) => afterReceipt(known, { receipt, epoch: 2000 + n, attempt }) ?? known, before);

test('receipts in any order, however often, and before or after our own writes, end in the same state', () => {
  const start = fc.option(anyDelivery, { nil: undefined });
  const receipts = fc.shuffledSubarray(RECEIPTS, { minLength: 1 });
  fc.assert(
    fc.property(
      start,
      receipts,
      fc.array(fc.nat(4), { maxLength: 8 }),
      fc.infiniteStream(fc.nat(99)),
      (before, came, twice, dice) => {
        const ordered = RECEIPTS.filter((receipt) => came.includes(receipt));
        const jumbled = [...came, ...twice.map((n) => came[n % came.length] as Receipt)]
          .map((receipt) => ({ receipt, key: dice.next().value as number }))
          .sort((a, b) => a.key - b.key)
          .map(({ receipt }) => receipt);
        expect(after(before, jumbled)?.state).toBe(after(before, ordered)?.state);
      },
    ),
    { numRuns: 1000 },
  );
});

test('a receipt never lowers what is known, and one that says nothing new changes nothing', () => {
  const rank = ({ state }: Delivery) => ['sent', 'delivered', 'bounced', 'complained'].indexOf(state);
  fc.assert(
    fc.property(anyDelivery, fc.constantFrom(...RECEIPTS), (before, receipt) => {
      const now = after(before, [receipt]) as Delivery;
      expect(rank(now)).toBeGreaterThanOrEqual(rank(before));
      expect(afterReceipt(now, { receipt, epoch: 3000, attempt: 1 })).toBeUndefined();
    }),
  );
});

test.each(['claimed', 'held', 'skipped', 'failed', 'merged'] as const)('what SES sent wins over %s', (state) => {
  const before: Delivery = { ...CLAIMED, state, reason: 'in-doubt' };
  expect(afterReceipt(before, { receipt: 'sent', epoch: 2000, attempt: 1 })).toEqual({
    ...CLAIMED,
    state: 'sent',
    epoch: 2000,
    toldAt: CLAIMED.epoch,
  });
});

test('a receipt for a mail nobody wrote down is written down', () => {
  expect(afterReceipt(undefined, { receipt: 'delivered', epoch: 2000, attempt: 2 })).toEqual({
    state: 'delivered',
    epoch: 2000,
    attempt: 2,
    owner: '',
  });
});

test('a mail that shows times keeps when it was claimed, whatever becomes of it and however often', () => {
  const sent = becoming(CLAIMED, { state: 'sent', epoch: 2000 });
  expect(readDelivery(writeDelivery(sent))).toMatchObject({ told: 3, toldAt: 1000, epoch: 2000 });
  expect(becoming(sent, { state: 'delivered', epoch: 3000 })).toMatchObject({ toldAt: 1000, epoch: 3000 });
  const { told: _, ...untold } = CLAIMED;
  expect(becoming(untold, { state: 'sent', epoch: 2000 })).not.toHaveProperty('toldAt');
});

test('a rejection by SES settles the doubt it belongs to, and no other', () => {
  const rejected = (before: Delivery | undefined, attempt = 1) =>
    afterReceipt(before, { receipt: 'failed', epoch: 2000, attempt });
  expect(rejected(CLAIMED)).toMatchObject({ state: 'failed', reason: 'rejected-by-ses' });
  expect(rejected({ ...CLAIMED, attempt: 2 })).toBeUndefined();
  expect(rejected({ ...CLAIMED, state: 'sent' })).toBeUndefined();
  expect(rejected(undefined)).toBeUndefined();
});

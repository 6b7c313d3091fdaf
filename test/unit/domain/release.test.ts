import { expect, test } from 'vitest';
import { readDelivery } from '#shared/domain/delivery.ts';
import { release } from '#shared/domain/release.ts';
import { aCampaign, anEvent, aRegistration, NOW_EPOCH } from '#test/support/builders.ts';

const campaign = aCampaign({ campaignId: '6', kind: 'reminder', trigger: { manual: true } });
const decision = (action: 'send' | 'drop') => ({
  event: anEvent(),
  mailing: campaign,
  occasion: 's1',
  action,
  now: NOW_EPOCH,
});
const HELD = 'held|1795425300|2|k2m4t8|1';
const aHeld = (given: object = {}) =>
  aRegistration({ deliveries: { '6@s1': HELD, '1@a1': 'sent|1|1|aaaaaa' }, ...given });

test('sent again, the person has no entry for it any more', () => {
  expect(release(aHeld(), decision('send'))).toMatchObject({
    outcome: 'owed',
    row: { deliveries: { '1@a1': 'sent|1|1|aaaaaa' } },
  });
  expect(release(aHeld(), decision('send'))?.row.deliveries).not.toHaveProperty('6@s1');
});

test('dropped, it is skipped with that reason, and what was tried stays', () => {
  const entry = release(aHeld(), decision('drop'))?.row.deliveries['6@s1'] ?? '';
  expect(readDelivery(entry)).toEqual({
    ...readDelivery(HELD),
    state: 'skipped',
    epoch: NOW_EPOCH,
    reason: 'dropped',
    toldAt: 1795425300,
  });
});

test('who is not addressed any more is skipped with the reason', () => {
  const cancelled = release(aHeld({ status: 'cancelled' }), decision('send'));
  expect(cancelled?.outcome).toBe('skipped');
  expect(cancelled?.row.deliveries['6@s1']).toMatch(/\|registration-cancelled$/);
  const late = { ...campaign, audience: { registeredBefore: '2026-01-01T00:00:00Z' } };
  expect(release(aHeld(), { ...decision('send'), mailing: late })?.row.deliveries['6@s1']).toMatch(
    /\|not-in-audience$/,
  );
});

test.each([undefined, 'claimed|1795425300|1|k2m4t8', 'sent|1795425300|1|k2m4t8', 'skipped|1|0||expired'])(
  'what is not held is left alone: %s',
  (entry) => {
    const row = aRegistration({ deliveries: entry === undefined ? {} : { '6@s1': entry } });
    for (const action of ['send', 'drop'] as const) expect(release(row, decision(action))).toBeUndefined();
  },
);

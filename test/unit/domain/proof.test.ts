import { describe, expect, test } from 'vitest';
import { moveAddress } from '#shared/domain/move-address.ts';
import { isProved, prove, proving, wantedAddress } from '#shared/domain/proof.ts';
import { anEvent, aRegistration, NOW_EPOCH } from '#test/support/builders.ts';

const asks = anEvent({ confirmAddress: true });
const plain = anEvent();
const entry = (state: string) => ({ deliveries: { '1@a1': `${state}|1|1|a1b2c3|1` } });
const MOMENT = { now: NOW_EPOCH, allowance: { delay: 0, dropped: false }, chance: 'abc123' };
const ELSEWHERE = { email: 'ada@example.com', addressHash: 'h', linkSeed: 'seed1seed1seed1s' };

describe('of a row of an earlier version an address is proved by', () => {
  test.each(['delivered', 'complained'])('a mail that was %s', (state) => {
    expect(isProved(aRegistration(entry(state)))).toBe(true);
  });

  test.each(['claimed', 'sent', 'bounced', 'failed', 'skipped', 'held', 'merged'])('no mail that is %s', (state) => {
    expect(isProved(aRegistration(entry(state)), plain)).toBe(false);
  });

  test.each([{ edits: 1 }, { muted: true }, { openedAt: 1 }, { joinedAt: 1 }, { answeredSurvey: true }])(
    'what only its owner did: %j',
    (trace) => {
      expect(isProved(aRegistration(trace))).toBe(true);
    },
  );

  test('a confirmation, where the event asks for one, but not by a registration that lapsed', () => {
    expect(isProved(aRegistration(), asks)).toBe(true);
    expect(isProved(aRegistration({ confirmBy: NOW_EPOCH }), asks)).toBe(false);
    expect(isProved(aRegistration({ status: 'cancelled' }), asks)).toBe(false);
    expect(isProved(aRegistration({ status: 'cancelled', confirmedAt: 1 }), asks)).toBe(true);
    expect(isProved(aRegistration(), plain)).toBe(false);
  });
});

test('a proof is of the present address: whatever the one before did says nothing of the next', () => {
  const proved = prove(aRegistration({ ...entry('delivered'), edits: 1 }), NOW_EPOCH);
  const moved = moveAddress(proved, ELSEWHERE, { ...MOMENT, mayTell: false })?.row;
  expect(moved && isProved(moved, asks)).toBe(false);
  expect(moved && isProved(prove(moved, NOW_EPOCH), plain)).toBe(true);
});

test('a proof stays that of the first time, and is written once', () => {
  const proved = prove(aRegistration(), 5);
  expect(proved).toMatchObject({ provedAt: 5 });
  expect(prove(proved, 6)).toBe(proved);
  const nothing = proving(() => undefined, 7);
  expect(nothing(aRegistration())?.row).toMatchObject({ provedAt: 7 });
  expect(nothing(proved)).toBeUndefined();
  expect(nothing(aRegistration(entry('delivered')))).toBeUndefined();
});

test('a new address that was wanted before the proof goes with it; one that is wanted afterwards is the owner’s', () => {
  const before = aRegistration({ newEmail: 'eve@example.org' });
  expect(prove(before, NOW_EPOCH)).not.toHaveProperty('newEmail');
  expect(wantedAddress(before, plain)).toBe('eve@example.org');
  expect(wantedAddress({ ...before, ...entry('delivered') }, plain)).toBeUndefined();
  expect(wantedAddress({ ...prove(before, NOW_EPOCH), newEmail: 'ada@example.com' }, plain)).toBe('ada@example.com');
});

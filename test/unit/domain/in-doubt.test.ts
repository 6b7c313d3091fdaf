import fc from 'fast-check';
import { expect, test } from 'vitest';
import { type ReceiptsSeen, receiptsCaughtUp, resolveDoubt, sightOf } from '#shared/domain/in-doubt.ts';
import { MAIL_RULES, type MailRule } from '#shared/domain/mail-kinds.ts';
import { TIMINGS as timings } from '#test/support/sending.ts';

const CLAIMED_AT = 10_000;
const GRACE_ENDS = CLAIMED_AT + 75;
const FAR = 1_000_000;
const caughtUpBy = (at: number): ReceiptsSeen => ({ emptySince: at - 600, emptyAt: at, deadLetters: false });
const BEHIND: ReceiptsSeen = { emptySince: 0, emptyAt: 0, deadLetters: false };
const HOLD: MailRule = { ...MAIL_RULES.confirmation, inDoubt: 'hold' };

const verdict = (given: {
  attempt?: number;
  now: number;
  notAfter?: number;
  seen?: ReceiptsSeen | undefined;
  rule?: MailRule;
}) => {
  const { attempt = 1, now, notAfter = FAR, seen, rule = MAIL_RULES.confirmation } = given;
  return resolveDoubt({ epoch: CLAIMED_AT, attempt }, { rule, now, notAfter, seen, timings });
};
const LONG_AFTER = GRACE_ENDS + 200;

test.each([
  ['within the grace of the claim', { now: GRACE_ENDS - 1, seen: caughtUpBy(GRACE_ENDS - 1) }, 'wait'],
  ['within the grace, though past its not after', { now: GRACE_ENDS - 1, notAfter: CLAIMED_AT }, 'wait'],
  ['at the end of the grace, past its not after', { now: GRACE_ENDS, notAfter: CLAIMED_AT }, 'hold'],
  [
    'while receipts have caught up with the claim, but not with its grace',
    { now: GRACE_ENDS + 100, seen: caughtUpBy(GRACE_ENDS + 100) },
    'wait',
  ],
  ['while receipts are behind', { now: LONG_AFTER, seen: BEHIND }, 'wait'],
  ['while nobody has looked at receipts', { now: LONG_AFTER, seen: undefined }, 'wait'],
  ['once receipts have caught up', { now: LONG_AFTER, seen: caughtUpBy(LONG_AFTER) }, 'take-over'],
  ['a second time', { now: LONG_AFTER, seen: caughtUpBy(LONG_AFTER), attempt: 2 }, 'hold'],
  ['of a kind that is never sent twice', { now: LONG_AFTER, seen: caughtUpBy(LONG_AFTER), rule: HOLD }, 'hold'],
  ['past its not after', { now: LONG_AFTER, notAfter: LONG_AFTER, seen: caughtUpBy(LONG_AFTER) }, 'hold'],
  ['past its not after, receipts behind', { now: LONG_AFTER, notAfter: LONG_AFTER - 1, seen: BEHIND }, 'hold'],
  ['a second before half an hour, receipts behind', { now: CLAIMED_AT + 1799, seen: BEHIND }, 'wait'],
  ['after half an hour, receipts behind', { now: CLAIMED_AT + 1800, seen: BEHIND }, 'take-over'],
  ['after half an hour, a second time', { now: CLAIMED_AT + 1800, seen: BEHIND, attempt: 2 }, 'hold'],
] as const)('a doubt %s: %o is %s', (_, given, expected) => {
  expect(verdict(given)).toBe(expected);
});

test('whatever the circumstances, nobody sends a third time, within the grace, or too late', () => {
  const seen = fc.option(
    fc.record({ emptySince: fc.nat(20_000), emptyAt: fc.nat(20_000), deadLetters: fc.boolean() }),
    { nil: undefined },
  );
  const given = fc.record({
    attempt: fc.integer({ min: 1, max: 5 }),
    now: fc.integer({ min: CLAIMED_AT, max: 20_000 }),
    notAfter: fc.nat(20_000),
    seen,
    rule: fc.constantFrom(MAIL_RULES.confirmation, HOLD),
  });
  fc.assert(
    fc.property(given, (circumstances) => {
      if (verdict(circumstances) !== 'take-over') return;
      const { attempt, now, notAfter, rule } = circumstances;
      expect([attempt, rule.inDoubt]).toEqual([1, 'resend-once']);
      expect(now).toBeGreaterThanOrEqual(GRACE_ENDS);
      expect(now).toBeLessThan(notAfter);
    }),
    { numRuns: 1000 },
  );
});

/** What sweep saw: minute by minute, how many messages the queue held, or nothing where it did not look. */
const watched = (since: number, waiting: readonly (number | undefined)[], deadLetters = 0) =>
  waiting.reduce<ReceiptsSeen | undefined>(
    (seen, count, minute) =>
      count === undefined ? seen : sightOf(seen, { now: since + minute * 60, waiting: count, deadLetters }),
    undefined,
  );
const caughtUp = (seen: ReceiptsSeen | undefined, since: number) => receiptsCaughtUp(seen, since, 60);

test.each([
  ['never seen', [], false],
  ['seen empty once', [0], false],
  ['seen empty twice, a minute apart', [0, 0, 0], true],
  ['empty, but not the last time', [0, 0, 0, 1], false],
  ['empty once after it was not', [0, 0, 5, 0], false],
  ['empty twice again after it was not', [0, 5, 0, 0], true],
  ['empty long ago, then nobody looked for an hour', [0, ...Array(60).fill(undefined), 0], false],
])('a queue of receipts %s, caught up or not', (_, waiting, expected) => {
  expect(caughtUp(watched(1000, waiting), 1000)).toBe(expected);
});

test('sights from before the doubt prove nothing about it', () => {
  const seen = watched(1000, [0, 0, 0, 0, 0]);
  expect(caughtUp(seen, 1000)).toBe(true);
  expect(caughtUp(seen, 1000 + 4 * 60)).toBe(false);
  expect(caughtUp(seen, 1000 + 3 * 60)).toBe(false);
});

test('while receipts lie unread among the dead letters, one of them may be the missing one', () => {
  expect(caughtUp(watched(1000, [0, 0, 0], 1), 1000)).toBe(false);
});

test('receipts count as caught up only after two sights of an empty queue since, a minute apart, and none that was not', () => {
  const minutes = fc.array(fc.constantFrom(0, 0, 0, 1, undefined, undefined), {
    minLength: 1,
    maxLength: 15,
    size: 'max',
  });
  fc.assert(
    fc.property(minutes, fc.nat(600), (waiting, doubtAfter) => {
      const since = 1000 + doubtAfter;
      if (!caughtUp(watched(1000, waiting), since)) return;
      const sights = waiting.flatMap((count, minute) =>
        count === undefined ? [] : [{ count, at: 1000 + minute * 60 }],
      );
      const lastFull = sights.findLast(({ count }) => count > 0)?.at ?? 0;
      const empty = sights.filter(({ at }) => at >= since && at > lastFull);
      expect((empty.at(-1)?.at ?? 0) - (empty[0]?.at ?? 0)).toBeGreaterThanOrEqual(60);
    }),
    { numRuns: 2000 },
  );
});

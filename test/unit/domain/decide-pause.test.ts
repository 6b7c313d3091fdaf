import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { MAIL_KINDS } from '#shared/domain/mail-kinds.ts';
import { Status } from '#shared/domain/registration.ts';
import { EventState } from '#shared/domain/schedule.ts';
import { NOW, NOW_EPOCH } from '#test/support/builders.ts';
import { DAY, decided, END, type Given, IN_RUNS, ONE_BY_ONE, STOPS, skip, WAITS } from '#test/support/decided.ts';

/** Later than any mail of these tests may go. */
const TOO_LATE = END + 30 * DAY;

describe.each(STOPS)('while %s is paused', (_, stopped, stops) => {
  const stoppedKinds = MAIL_KINDS.filter(stops);
  const inRuns = IN_RUNS.filter(stops);
  const oneByOne = ONE_BY_ONE.filter(stops);

  test.each(stoppedKinds)('%s waits', (kind) => {
    expect(decided(kind, stopped)).toEqual(WAITS);
  });

  test.each(stoppedKinds)('%s is not skipped for a reason that may pass', (kind) => {
    for (const row of [{ status: 'applied' }, { muted: true }, { bounced: true }] as const) {
      expect(decided(kind, { ...stopped, row })).toEqual(WAITS);
    }
    expect(decided(kind, { ...stopped, mayReach: () => false })).toEqual(WAITS);
    expect(decided(kind, { ...stopped, event: { ...stopped.event, state: 'postponed' } })).toEqual(WAITS);
  });

  test.each(inRuns)('%s, sent in a run, is skipped once it is too late: a run comes to its end', (kind) => {
    const { notAfter } = decided(kind) as { notAfter: number };
    expect(decided(kind, { ...stopped, now: notAfter - 1 })).toEqual(WAITS);
    expect(decided(kind, { ...stopped, now: notAfter })).toEqual(skip('expired'));
  });

  test.each(inRuns.filter((kind) => kind !== 'announcement'))('%s of an earlier schedule is superseded', (kind) => {
    const event = { ...stopped.event, startRevision: 3, endRevision: 4, scheduleRevision: 5 };
    expect(decided(kind, { ...stopped, event })).toEqual(skip('superseded'));
  });

  test.each(oneByOne)('%s, sent to one person, waits however late it gets', (kind) => {
    expect(decided(kind, { ...stopped, now: TOO_LATE })).toEqual(WAITS);
    expect(decided(kind, { ...stopped, row: { admissions: 3 } })).toEqual(WAITS);
  });
});

test.each(MAIL_KINDS)('%s goes again once mail flows, or is told why not', (kind) => {
  const control = { paused: false, changedAt: NOW };
  expect(decided(kind, { control })).toMatchObject({ do: 'send' });
  expect(decided(kind, { control, now: TOO_LATE })).toEqual(skip('expired'));
});

describe('while SES refuses our sender', () => {
  const refused = (refusedUntil: number) => ({ paused: false, refusedUntil });

  test.each(MAIL_KINDS)('%s waits, and goes once SES is to be asked again', (kind) => {
    const now = (decided(kind) as { notAfter: number }).notAfter - 1;
    expect(decided(kind, { now, control: refused(now + 1) })).toEqual({ do: 'wait', for: 'sender' });
    expect(decided(kind, { now, control: refused(now) })).toMatchObject({ do: 'send' });
  });

  test.each(IN_RUNS)('%s, sent in a run, is skipped all the same once it is too late', (kind) => {
    const { notAfter } = decided(kind) as { notAfter: number };
    expect(decided(kind, { control: refused(notAfter + 1000), now: notAfter })).toEqual(skip('expired'));
  });

  test('what is paused is said to be paused', () => {
    expect(decided('confirmation', { control: { ...refused(NOW_EPOCH + 10), paused: true } })).toEqual(WAITS);
  });
});

test('the pause of a campaign is no other mail’s', () => {
  for (const kind of ['waitlist', 'own-cancellation', 'resend', 'already-registered'] as const) {
    expect(decided(kind, { campaign: { state: 'paused' } })).toMatchObject({ do: 'send' });
  }
});

/** Whatever may be so, but for pauses. */
const anything = fc.record({
  event: fc.record({
    state: fc.constantFrom(...EventState.options),
    startRevision: fc.constantFrom(2, 2, 3),
    endRevision: fc.constantFrom(3, 3, 4),
  }),
  row: fc.record({
    status: fc.constantFrom(...Status.options),
    admissions: fc.constantFrom(2, 2, 3),
    muted: fc.boolean(),
    bounced: fc.boolean(),
  }),
  now: fc.integer({ min: NOW_EPOCH, max: END + 12 * DAY }),
}) satisfies fc.Arbitrary<Given>;

test('whatever the circumstances, a pause makes a mail wait or changes nothing: nobody is skipped for it', () => {
  const oneStop = fc.constantFrom(...STOPS);
  fc.assert(
    fc.property(fc.constantFrom(...MAIL_KINDS), anything, oneStop, (kind, given, [, stopped, stops]) => {
      fc.pre(stops(kind));
      const flowing = decided(kind, given);
      const paused = decided(kind, { ...given, ...stopped, event: { ...given.event, ...stopped.event } });
      if (paused.do === 'skip') expect(paused).toEqual(flowing);
      else expect(paused).toEqual(WAITS);
    }),
    { numRuns: 2000 },
  );
});

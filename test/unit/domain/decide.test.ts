import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { requestOccasion } from '#shared/domain/mail-key.ts';
import { MAIL_KINDS, MAIL_RULES, type MailKind } from '#shared/domain/mail-kinds.ts';
import { type Registration, Status } from '#shared/domain/registration.ts';
import { EventState } from '#shared/domain/schedule.ts';
import { NOW, NOW_EPOCH } from '#test/support/builders.ts';
import { DAY, decided, END, HOUR, OF_CAMPAIGNS, START, skip } from '#test/support/decided.ts';
import { TABLE } from '#test/support/mail-table.ts';

/** What else may come to be another than it was when the mail came to be owed. */
const OTHERS = [
  ['admission', { row: { admissions: 3 } }],
  ['start', { event: { startRevision: 3 } }],
  ['end', { event: { endRevision: 4 } }],
  ['schedule', { event: { scheduleRevision: 5 } }],
] as const;

const ELSEWHERE: readonly MailKind[] = ['new-address', 'address-moved'];
/** Whoever gets a mail of this kind, at another address. */
function at(address: string, kind: MailKind): Partial<Registration> {
  if (kind === 'new-address') return { newEmail: address };
  if (kind === 'address-moved') return { left: { [requestOccasion(NOW_EPOCH, 'chance')]: `||${address}` } };
  return { email: address };
}

const SENDS = expect.objectContaining({ do: 'send' });

describe.each(MAIL_KINDS)('%s', (kind) => {
  const row = TABLE[kind];

  test.each(row.notAfter)('owed since %i it goes, not after the moment the table names', (since, notAfter) => {
    expect(decided(kind, { since })).toEqual({ do: 'send', kind, notAfter });
    expect(decided(kind, { since, now: notAfter - 1 })).toEqual({ do: 'send', kind, notAfter });
    expect(decided(kind, { since, now: notAfter })).toEqual(skip('expired'));
  });

  test('of an event that is not over', () => {
    const before = { since: START - HOUR, now: START - 1 };
    expect(decided(kind, before)).toEqual(row.onceOver ? skip('event-not-over') : SENDS);
    if (!row.onceOver) return;
    expect(decided(kind, { since: START - HOUR, now: END - 1 })).toEqual(skip('event-not-over'));
    expect(decided(kind, { since: START - HOUR, now: END })).toEqual(SENDS);
  });

  test.each(EventState.options)('of a %s event', (state) => {
    expect(decided(kind, { event: { state } })).toEqual(row.eventIs.includes(state) ? SENDS : skip(`event-${state}`));
  });

  test.each(Status.options)('to somebody %s', (status) => {
    const expected = row.registrationIs.includes(status) ? SENDS : skip(`registration-${status}`);
    expect(decided(kind, { row: { status } })).toEqual(expected);
  });

  test('to somebody who stopped optional mail', () => {
    expect(decided(kind, { row: { muted: true } })).toEqual(row.stoppedByMute ? skip('muted') : SENDS);
  });

  test.each(OTHERS)('once there is another %s', (what, given) => {
    expect(decided(kind, given)).toEqual(row.oneFor === what ? skip('superseded') : SENDS);
  });

  test('is claimed, doubted and drawn as the table says', () => {
    const { inDoubt, lane, tellsSchedule, calendar } = MAIL_RULES[kind];
    expect({ inDoubt, lane, tellsSchedule, calendar }).toEqual({
      inDoubt: row.inDoubt,
      lane: row.lane,
      tellsSchedule: row.tellsSchedule,
      calendar: row.calendar,
    });
  });

  test('never goes to an address that bounced for good, or that the stage does not mail', () => {
    // What goes to the person's next address, or to one they left, does not care what their present one does.
    expect(decided(kind, { row: { bounced: true } })).toEqual(ELSEWHERE.includes(kind) ? SENDS : skip('bounced'));
    const mayReach = (address: string) => address !== 'ada@example.org';
    expect(decided(kind, { mayReach })).toEqual(skip('not-on-allow-list'));
    const grace = at('grace@example.org', kind);
    expect(decided(kind, { mayReach, row: grace })).toEqual(SENDS);
  });
});

test('whatever the circumstances, a mail goes only as every cell of its row allows', () => {
  const any = fc.record({
    kind: fc.constantFrom(...MAIL_KINDS),
    state: fc.constantFrom(...EventState.options),
    campaignIs: fc.constantFrom('active' as const, 'active' as const, 'paused' as const, 'draft' as const),
    paused: fc.constantFrom('nothing', 'nothing', 'the event', 'all mail'),
    status: fc.constantFrom(...Status.options),
    admissions: fc.constantFrom(2, 2, 3),
    startRevision: fc.constantFrom(2, 2, 3),
    endRevision: fc.constantFrom(3, 3, 4),
    scheduleRevision: fc.constantFrom(4, 4, 5),
    muted: fc.boolean(),
    bounced: fc.boolean(),
    chance: fc.nat(),
    now: fc.integer({ min: NOW_EPOCH, max: END + 11 * DAY }),
  });
  let sent = 0;
  fc.assert(
    fc.property(any, ({ kind, state, campaignIs, paused, chance, now, ...is }) => {
      const row = TABLE[kind];
      const [since, notAfter] = row.notAfter[chance % row.notAfter.length] ?? [0, 0];
      const decision = decided(kind, {
        event: {
          state,
          paused: paused === 'the event',
          startRevision: is.startRevision,
          endRevision: is.endRevision,
          scheduleRevision: is.scheduleRevision,
        },
        control: { paused: paused === 'all mail', changedAt: NOW },
        campaign: { state: campaignIs },
        row: { status: is.status, admissions: is.admissions, muted: is.muted, bounced: is.bounced },
        since,
        now,
      });
      const another = {
        admission: is.admissions !== 2,
        start: is.startRevision !== 2,
        end: is.endRevision !== 3,
        schedule: is.scheduleRevision !== 4,
        nothing: false,
      };
      const may =
        row.eventIs.includes(state) &&
        row.registrationIs.includes(is.status) &&
        !another[row.oneFor ?? 'nothing'] &&
        !(row.stoppedByMute && is.muted) &&
        (!is.bounced || ELSEWHERE.includes(kind)) &&
        paused === 'nothing' &&
        (campaignIs === 'active' || !OF_CAMPAIGNS.some((each) => each === kind)) &&
        (!row.onceOver || now >= END) &&
        now < notAfter;
      expect(decision.do === 'send').toBe(may);
      if (decision.do === 'send') sent += 1;
    }),
    { numRuns: 5000 },
  );
  expect(sent).toBeGreaterThan(50);
});

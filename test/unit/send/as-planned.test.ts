import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Campaign } from '#shared/domain/campaign.ts';
import type { Event } from '#shared/domain/event.ts';
import { outlookOf } from '#shared/domain/outlook.ts';
import { predict } from '#shared/domain/predict.ts';
import { type Registration, Status } from '#shared/domain/registration.ts';
import { scheduleOf } from '#shared/domain/schedule.ts';
import { aCampaign, anEvent, NOW_EPOCH } from '#test/support/builders.ts';
import { running } from '#test/support/running.ts';
import { TIMINGS } from '#test/support/sending.ts';

const FIRES = Date.parse('2027-02-18T08:30:00Z') / 1000;
const TOLD = `delivered|${NOW_EPOCH}|1|k2m4t8|1`;

/** Anybody at all: of any status, told of this or that, muted, bounced, early or late. */
const person: fc.Arbitrary<Partial<Registration>> = fc.record(
  {
    status: fc.constantFrom(...Status.options),
    muted: fc.constant(true),
    bounced: fc.constant(true),
    answeredSurvey: fc.boolean(),
    admissions: fc.constantFrom(1, 2),
    confirmedAt: fc.constantFrom(NOW_EPOCH, FIRES - 13 * 3600, FIRES - 901, FIRES - 899, FIRES - 1),
    deliveries: fc.constantFrom<Record<string, string>>(
      {},
      { '1@a1': TOLD },
      { '1@a1': TOLD, 'change@r2': `sent|${FIRES - 600}|1|k2m4t8|2` },
      { '1@a1': TOLD, 'change@r2': `skipped|${FIRES - 600}|0|||muted` },
      { '3@s1': `held|${FIRES - 60}|2|k2m4t8` },
    ),
  },
  { requiredKeys: ['status', 'deliveries'] },
);

const still = anEvent();
/** Moved ten minutes before the reminder fires: those who were told of it need no reminder. */
const justMoved: Event = anEvent({
  scheduleRevision: 2,
  schedules: { '1': { ...scheduleOf(still), startsAt: '2027-02-17T09:30' }, '2': scheduleOf(still) },
  notice: { since: FIRES - 900, at: FIRES - 600, moves: true },
});

const CAMPAIGNS: readonly (readonly [string, Event, Partial<Campaign>])[] = [
  ['a reminder', still, {}],
  ['a reminder just after a move', justMoved, {}],
  ['a joining mail', still, { kind: 'joining', trigger: { before: 'start', offset: 'P1D', at: '09:00' } }],
  ['a survey', still, { kind: 'survey', trigger: { after: 'end', offset: 'PT2H' } }],
  ['a nudge', still, { kind: 'nudge', trigger: { after: 'end', offset: 'P3D' }, audience: { answeredSurvey: false } }],
  [
    'an announcement',
    still,
    { kind: 'announcement', trigger: { at: '2027-02-01T10:00' }, audience: { status: ['confirmed', 'waitlisted'] } },
  ],
];

/** What the ledger says once the run has been worked off, for each outcome that was predicted. */
const BECOMES = {
  'will-be-sent': 'sent',
  sent: 'sent',
  waiting: 'none',
  'not-addressed': 'none',
  held: 'held',
} as const;

describe.each(CAMPAIGNS)('%s', (_, given, campaign) => {
  test('goes to those to whom it was planned to go, and is skipped for the reasons that were given', async () => {
    await fc.assert(
      fc.asyncProperty(fc.array(person, { minLength: 1, maxLength: 12 }), async (people) => {
        const world = await running({ event: { ...given }, campaign, people });
        const { event, dueAt } = world;
        const outlook = outlookOf(event, world.campaign, { runs: [], now: dueAt - 1 });
        expect(outlook).toMatchObject({ state: 'planned', firesAt: dueAt });
        const around = {
          event,
          control: undefined,
          confirmation: aCampaign(),
          gaps: TIMINGS,
          mayReach: () => true,
          now: dueAt - 1,
        };
        const predicted = new Map(world.rows.map((row) => [row.registrationId, predict(row, outlook, around)]));

        await world.start();
        await world.drive(4);

        for (const [registrationId, delivery] of await world.deliveries()) {
          const { outcome, reason } = predicted.get(registrationId) ?? { outcome: 'failed' };
          const told = outcome === 'skipped' ? `skipped: ${reason}` : BECOMES[outcome as keyof typeof BECOMES];
          const { state = 'none', reason: why } = delivery ?? {};
          expect(state === 'skipped' ? `skipped: ${why}` : state).toBe(told);
        }
      }),
      { numRuns: 25 },
    );
  });
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { Campaign, misfit, NewCampaign, pointless } from '#shared/domain/campaign.ts';
import { CAMPAIGN_KINDS, type CampaignKind } from '#shared/domain/mail-kinds.ts';
import { Trigger } from '#shared/domain/trigger.ts';
import { aCampaign, anEvent, aReminder } from '#test/support/builders.ts';

const TRIGGERS = {
  registration: { on: 'registration' },
  before: { before: 'start', offset: 'P1D' },
  after: { after: 'end', offset: 'PT2H' },
  at: { at: '2027-02-17T09:00' },
  manual: { manual: true },
} as const satisfies Record<string, Trigger>;

/** Which triggers a kind takes. */
const TAKES: Record<CampaignKind, (keyof typeof TRIGGERS)[]> = {
  confirmation: ['registration'],
  joining: ['before', 'at', 'manual'],
  reminder: ['before', 'at', 'manual'],
  survey: ['after', 'at', 'manual'],
  nudge: ['after', 'at', 'manual'],
  announcement: ['before', 'after', 'at', 'manual'],
};

test.each(
  CAMPAIGN_KINDS.flatMap((kind) =>
    (Object.keys(TRIGGERS) as (keyof typeof TRIGGERS)[]).map(
      (trigger) => [kind, trigger, TAKES[kind].includes(trigger)] as const,
    ),
  ),
)('a %s with a trigger of the kind “%s” is taken: %s', (kind, trigger, taken) => {
  const input = { name: 'A mail', kind, trigger: TRIGGERS[trigger] };
  expect(misfit(kind, TRIGGERS[trigger]) === undefined).toBe(taken);
  const { success, error } = NewCampaign.safeParse(input);
  expect(success).toBe(taken);
  if (!taken) expect(error?.issues.map(({ path }) => path)).toEqual([['trigger']]);
});

test('a new campaign is a draft for everybody its kind is for, in the built-in words', () => {
  const made = NewCampaign.parse({ name: ' One  day ', kind: 'reminder', trigger: TRIGGERS.before });
  expect(made).toEqual({
    name: expect.any(String),
    kind: 'reminder',
    trigger: TRIGGERS.before,
    state: 'draft',
    audience: {},
  });
});

test.each([
  ['no name', { name: '' }],
  ['a name of two lines', { name: 'One\nTwo' }],
  ['an unknown kind', { kind: 'newsletter' }],
  ['a kind that goes by itself', { kind: 'waitlist' }],
  ['an unknown state', { state: 'armed' }],
  ['a field nobody knows', { lane: 'now' }],
  ['its own number', { campaignId: '7' }],
  ['an audience of nobody by status', { audience: { status: [] } }],
  ['an audience by a status there is not', { audience: { status: ['attended'] } }],
  ['an audience by a wall time', { audience: { registeredBefore: '2027-02-17T09:00' } }],
  ['an audience by something unknown', { audience: { city: 'Leeds' } }],
  ['a subject of two lines', { template: { subject: 'One\nTwo', body: 'Words' } }],
  ['words without a subject', { template: { body: 'Words' } }],
  ['a subject that is too long', { template: { subject: 'x'.repeat(151), body: 'One' } }],
  ['a time of day for elapsed time', { trigger: { before: 'start', offset: 'PT24H', at: '09:00' } }],
])('a campaign with %s is refused', (_, given) => {
  const plain = { name: 'One day before', kind: 'reminder', trigger: TRIGGERS.before };
  expect(NewCampaign.safeParse(plain).success).toBe(true);
  expect(NewCampaign.safeParse({ ...plain, ...given }).success).toBe(false);
});

/** Times of the builders' event: 09:30 to 13:00 on 18 February 2027, in London. */
test.each([
  ['a reminder an hour before', 'reminder', TRIGGERS.before, undefined],
  ['a reminder at the start', 'reminder', { at: '2027-02-18T09:30' }, 'after the start'],
  ['a reminder a minute before the start', 'reminder', { at: '2027-02-18T09:29' }, undefined],
  ['a reminder while it is live', 'reminder', { at: '2027-02-18T10:00' }, 'after the start'],
  ['a joining mail at the start', 'joining', { at: '2027-02-18T09:30' }, 'after the start'],
  ['a survey before the end', 'survey', { at: '2027-02-18T12:59' }, 'before the end'],
  ['a survey at the end', 'survey', { at: '2027-02-18T13:00' }, undefined],
  ['a survey years later', 'survey', { at: '2030-02-18T13:00' }, undefined],
  ['a survey by hand', 'survey', TRIGGERS.manual, undefined],
  ['an announcement at any time', 'announcement', { at: '2030-02-18T13:00' }, undefined],
  ['the confirmation', 'confirmation', TRIGGERS.registration, undefined],
] as const)('what could never send anything says why: %s', (_, kind, trigger, why) => {
  const said = pointless({ kind, trigger, audience: {} }, anEvent());
  if (why === undefined) expect(said).toBeUndefined();
  else expect(said).toContain(why);
});

test('a reminder after the start by an offset is a misfit; by an overlong one before it is not', () => {
  expect(misfit('reminder', { after: 'end', offset: 'PT1H' })).toContain('"before": "start"');
  expect(pointless(aReminder({ trigger: { before: 'start', offset: 'P999D' } }), anEvent())).toBeUndefined();
});

test('whatever trigger is taken by shape is read without an error for any kind', () => {
  const text = fc.oneof(
    fc.constantFrom('P1D', 'PT1H', 'P2W', '09:00', '2027-02-18T09:30', 'start', 'end', 'registration'),
    fc.string(),
  );
  const record = fc.dictionary(
    fc.constantFrom('on', 'before', 'after', 'offset', 'at', 'manual'),
    fc.oneof(text, fc.boolean()),
  );
  fc.assert(
    fc.property(record, fc.constantFrom(...CAMPAIGN_KINDS), (given, kind) => {
      const { success, data } = Trigger.safeParse(given);
      if (!success) return;
      expect(() => [misfit(kind, data), pointless({ kind, trigger: data, audience: {} }, anEvent())]).not.toThrow();
    }),
    { numRuns: 500 },
  );
});

test('the number of a campaign fits a key, a tag and the name of a schedule', () => {
  for (const campaignId of ['1', '42', '999999'])
    expect(Campaign.safeParse(aCampaign({ campaignId })).success).toBe(true);
  for (const campaignId of ['0', '01', '1@s1', 'change', '1000000', '']) {
    expect(Campaign.safeParse(aCampaign({ campaignId })).success).toBe(false);
  }
});

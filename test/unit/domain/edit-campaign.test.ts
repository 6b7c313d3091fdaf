import { describe, expect, test } from 'vitest';
import { armingOf } from '#shared/domain/arming.ts';
import { NewCampaign } from '#shared/domain/campaign.ts';
import { editCampaign, newCampaign, pause, resume } from '#shared/domain/edit-campaign.ts';
import { anEvent } from '#test/support/builders.ts';

const event = anEvent();
const MADE = '2026-11-23T10:00:00Z';
const LATER = '2026-12-01T10:00:00Z';
const AFTERWARDS = '2027-02-17T10:00:00Z';
const edit = (campaign: ReturnType<typeof aReminder>, patch: Parameters<typeof editCampaign>[1], now = LATER) =>
  editCampaign(campaign, patch, { event, now });

/** A reminder on 17 February at 09:30, as it is after it was made. */
function aReminder(given: object = {}) {
  const input = NewCampaign.parse({
    name: 'The day before',
    kind: 'reminder',
    state: 'active',
    trigger: { before: 'start', offset: 'P1D' },
    ...given,
  });
  return newCampaign(input, { event, campaignId: '6', now: MADE });
}
const armed = { dueAt: 1_802_856_600, dueOccasion: 's1' };

describe('what arms a campaign is', () => {
  const isArmed = (campaign: ReturnType<typeof aReminder> | undefined) =>
    campaign !== undefined && armingOf(event, campaign).armed;

  test('making it before its time', () => {
    expect(isArmed(aReminder())).toBe(true);
    expect(isArmed(aReminder({ state: 'draft' }))).toBe(false);
  });

  test.each([
    ['a new name', { name: 'Tomorrow' }],
    ['another audience', { audience: { status: ['confirmed' as const] } }],
    ['other words', { template: { subject: 'x', body: 'y' } }],
    ['the built-in words', { template: null }],
    ['another trigger', { trigger: { before: 'start' as const, offset: 'P1D' } }],
    ['a pause together with a name', { name: 'x', state: 'paused' as const }],
  ])('an edit before its time, and not after: %s', (_, patch) => {
    const campaign = { ...aReminder(), ...armed };
    expect(edit(campaign, patch)).toMatchObject({ changedAt: LATER, revision: 2 });
    expect(edit(campaign, patch)).not.toHaveProperty('dueAt');
    expect(edit(campaign, patch)).not.toHaveProperty('dueOccasion');
    expect(isArmed(edit(campaign, patch))).toBe(true);
    expect(isArmed(edit(campaign, patch, AFTERWARDS))).toBe(false);
  });

  test.each(['active', 'paused'] as const)('making a draft %s before its time, and not after', (state) => {
    const draft = aReminder({ state: 'draft' });
    expect(isArmed(edit(draft, { state }))).toBe(true);
    expect(isArmed(edit(draft, { state }, AFTERWARDS))).toBe(false);
  });

  test('neither a pause nor its end: what was owed before is owed after', () => {
    const campaign = { ...aReminder(), ...armed };
    const paused = pause(campaign);
    expect(paused).toEqual({ ...campaign, state: 'paused', revision: 2 });
    expect(paused && resume(paused)).toEqual({ ...campaign, revision: 3 });
    expect(edit(campaign, { state: 'paused' })).toEqual(paused);
  });
});

test('pausing and resuming twice change nothing; a draft does neither', () => {
  expect(pause(aReminder({ state: 'paused' }))).toBeUndefined();
  expect(resume(aReminder())).toBeUndefined();
  for (const change of [pause, resume]) {
    expect(() => change(aReminder({ state: 'draft' }))).toThrow(
      expect.objectContaining({ code: 'invalid-transition' }),
    );
  }
});

test('why it paused itself is forgotten once it sends again, and kept while it does not', () => {
  const paused = { ...aReminder({ state: 'paused' }), pausedBecause: 'Too many bounces' };
  expect(resume(paused)).not.toHaveProperty('pausedBecause');
  expect(edit(paused, { state: 'active', name: 'x' })).not.toHaveProperty('pausedBecause');
  expect(edit(paused, { name: 'x' })).toHaveProperty('pausedBecause', 'Too many bounces');
});

test('a patch that says nothing new changes nothing', () => {
  expect(edit(aReminder(), {})).toBeUndefined();
  expect(edit(aReminder(), { state: 'active', name: undefined })).toBeUndefined();
});

test.each([
  ['a time of day with hours', { before: 'start', offset: 'PT24H', at: '09:00' }],
  ['after the end', { after: 'end', offset: 'PT1H' }],
  ['on registration', { on: 'registration' }],
  ['once the event has started', { at: '2027-02-18T09:30' }],
] as const)('a reminder triggered %s is refused when it is edited so', (_, trigger) => {
  expect(() => edit(aReminder(), { trigger })).toThrow(
    expect.objectContaining({ code: 'invalid-trigger', field: 'trigger' }),
  );
});

test('one that could never send anything is refused when it is made', () => {
  expect(() => aReminder({ trigger: { at: '2027-02-18T09:30' } })).toThrow(
    expect.objectContaining({ code: 'invalid-trigger', field: 'trigger' }),
  );
});

test('a name may change although the trigger has become pointless since', () => {
  const stranded = { ...aReminder(), trigger: { at: '2027-02-19T09:30' } };
  expect(edit(stranded, { name: 'x' })).toMatchObject({ name: 'x' });
});

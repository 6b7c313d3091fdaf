import { describe, expect, test } from 'vitest';
import { decide } from '#shared/domain/decide.ts';
import { DEFAULT_SURVEY, NO_SURVEY } from '#shared/domain/survey.ts';
import { aCampaign, anEvent, aRegistration, aReminder, NOW_EPOCH } from '#test/support/builders.ts';
import { DAY, decided, END, FIRED, HOUR, OF_CAMPAIGNS, skip } from '#test/support/decided.ts';
import { TIMINGS } from '#test/support/sending.ts';

describe.each(OF_CAMPAIGNS)('%s', (kind) => {
  test('is off while its campaign is a draft', () => {
    expect(decided(kind, { campaign: { state: 'draft' } })).toEqual(skip('campaign-off'));
  });

  test('goes to its audience only', () => {
    const [early, late] = ['2026-11-23T09:00:00Z', '2026-11-23T09:00:01Z'];
    const row = { registeredAt: early };
    expect(decided(kind, { row, campaign: { audience: { registeredBefore: early } } })).toEqual(
      skip('not-in-audience'),
    );
    expect(decided(kind, { row, campaign: { audience: { registeredBefore: late } } })).toMatchObject({ do: 'send' });
    expect(decided(kind, { row, campaign: { audience: { registeredAfter: late } } })).toEqual(skip('not-in-audience'));
  });
});

test.each(FIRED)('%s is off when its campaign is gone', (kind) => {
  expect(decided(kind, { campaign: 'gone' })).toEqual(skip('campaign-off'));
});

test.each([
  ['joining', 's1'],
  ['reminder', 's1'],
  ['survey', 'e2'],
  ['nudge', 'e2'],
] as const)('%s that was fired for an earlier schedule, %s, is superseded', (kind, occasion) => {
  expect(decided(kind, { occasion })).toEqual(skip('superseded'));
});

test.each(['survey', 'nudge'] as const)('a %s asks only while there is a survey that takes answers', (kind) => {
  expect(decided(kind, { event: { survey: NO_SURVEY } })).toEqual(skip('no-survey'));
  const closesAfter = { survey: { ...DEFAULT_SURVEY, closesAfter: 'P2D' } };
  const [since, closed] = [END + 2 * HOUR, END + 2 * DAY];
  expect(decided(kind, { since, event: closesAfter, now: closed - 1 })).toMatchObject({ do: 'send' });
  expect(decided(kind, { since, event: closesAfter, now: closed })).toEqual(skip('survey-closed'));
  expect(decided('announcement', { since: END, event: { survey: NO_SURVEY } })).toMatchObject({ do: 'send' });
});

test('a mail that is late is late, whether or not its survey has closed meanwhile', () => {
  expect(decided('survey', { now: END + 20 * DAY })).toEqual(skip('expired'));
});

test('an announcement goes whatever it was triggered by', () => {
  expect(decided('announcement', { occasion: 'm0123456789ab' })).toMatchObject({ do: 'send' });
});

test('the audience leaves cancelled and waiting people out unless it names them', () => {
  for (const status of ['cancelled', 'waitlisted'] as const) {
    const row = { status };
    expect(decided('announcement', { row, campaign: { audience: {} } })).toEqual(skip('not-in-audience'));
    expect(decided('announcement', { row, campaign: { audience: { status: [status] } } })).toMatchObject({
      do: 'send',
    });
  }
});

test('an audience names nobody whom the kind does not go to', () => {
  const campaign = { audience: { status: ['cancelled' as const] } };
  expect(decided('reminder', { row: { status: 'cancelled' }, campaign })).toEqual(skip('registration-cancelled'));
});

test('without the fire time of its run nobody can say whether a mail is late', () => {
  expect(() => decided('survey', { firedAt: undefined, event: { startInstant: '2026-11-01T09:00:00Z' } })).toThrow(
    'its run says when',
  );
});

test.each(['moved', 'warning', '7', 'reminder'])(
  'a name that says nothing on its own, %s, is skipped, not guessed',
  (campaign) => {
    const circumstances = {
      event: anEvent(),
      campaign: undefined,
      control: undefined,
      confirmation: aCampaign(),
      registration: aRegistration(),
      gaps: TIMINGS,
      mayReach: () => true,
      now: NOW_EPOCH,
    };
    expect(decide({ campaign, occasion: 's1' }, circumstances)).toEqual(skip('campaign-off'));
    expect(
      decide({ campaign: '3', occasion: 's1' }, { ...circumstances, campaign: aReminder(), firedAt: NOW_EPOCH }),
    ).toMatchObject({ do: 'send' });
  },
);

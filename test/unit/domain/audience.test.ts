import fc from 'fast-check';
import { expect, test } from 'vitest';
import { standingIn } from '#shared/domain/address-run.ts';
import { Audience, audienceFault, belongs } from '#shared/domain/audience.ts';
import { choicesIn } from '#shared/domain/choices.ts';
import { keptAudience } from '#shared/domain/chosen-audience.ts';
import { DELIVERY_STATES } from '#shared/domain/delivery.ts';
import { MAIL_RULES } from '#shared/domain/mail-kinds.ts';
import { Status } from '#shared/domain/registration.ts';
import { aCampaign, anEvent, aRegistration, aReminder, NOW_EPOCH } from '#test/support/builders.ts';

const around = { event: anEvent(), now: NOW_EPOCH };
const AT = '2026-11-23T09:00:00Z';

test.each<[string, Audience, boolean]>([
  ['nothing is asked', {}, true],
  ['their status is asked for', { status: ['confirmed'] }, true],
  ['theirs is one of several', { status: ['waitlisted', 'confirmed'] }, true],
  ['another status is asked for', { status: ['waitlisted'] }, false],
  ['they came before', { registeredBefore: '2026-11-23T09:00:01Z' }, true],
  ['they came at that instant, which is not before', { registeredBefore: AT }, false],
  ['they came at that instant, which counts as after', { registeredAfter: AT }, true],
  ['they came too early', { registeredAfter: '2026-11-23T09:00:01Z' }, false],
  ['they came in between', { registeredAfter: AT, registeredBefore: '2026-11-23T10:00:00Z' }, true],
  ['instants are written with fractions', { registeredAfter: '2026-11-23T08:59:59.999Z' }, true],
  ['nobody can match', { registeredAfter: '2027-01-01T00:00:00Z', registeredBefore: AT }, false],
])('who was confirmed at nine belongs when %s: %j, %s', (_, audience, belong) => {
  expect(Audience.parse(audience)).toEqual(audience);
  expect(belongs(aRegistration({ registeredAt: AT }), audience, around)).toBe(belong);
});

test('asking for more never lets more people in', () => {
  const instant = fc.date({ min: new Date('2026-01-01'), max: new Date('2027-01-01'), noInvalidDate: true });
  const status = fc.constantFrom(...Status.options);
  fc.assert(
    fc.property(
      instant,
      status,
      instant,
      instant,
      fc.uniqueArray(status, { minLength: 1 }),
      (at, is, from, to, asked) => {
        const row = aRegistration({ status: is, registeredAt: at.toISOString() });
        const parts: Audience[] = [
          { status: asked },
          { registeredAfter: from.toISOString() },
          { registeredBefore: to.toISOString() },
        ];
        const all = Object.assign({}, ...parts) as Audience;
        const anybody = { status: [...Status.options] };
        expect(belongs(row, all, around)).toBe(parts.every((part) => belongs(row, { ...anybody, ...part }, around)));
      },
    ),
  );
});

const event = anEvent();
const reminder = aReminder();
const KEY = '3@s1';
const entry = (state: string) => ({ deliveries: { [KEY]: `${state}|${NOW_EPOCH}|1|a1b2c3` } });

test.each(DELIVERY_STATES)('somebody whose mail is %s is counted so, whatever they are by now', (state) => {
  const counted = state === 'claimed' ? 'open' : ['skipped', 'failed', 'held'].includes(state) ? state : 'sent';
  for (const status of Status.options) {
    expect(
      standingIn(aRegistration({ status, ...entry(state) }), {
        event,
        mailing: reminder,
        occasion: 's1',
        now: NOW_EPOCH,
      }),
    ).toBe(counted);
  }
});

test('left to itself a campaign is for confirmed people, whatever its kind would allow', () => {
  for (const status of Status.options) {
    expect(belongs(aRegistration({ status }), {}, around)).toBe(status === 'confirmed');
    const standing = standingIn(aRegistration({ status }), {
      event,
      mailing: { ...reminder, kind: 'announcement' },
      occasion: 's1',
      now: NOW_EPOCH,
    });
    expect(standing).toBe(status === 'confirmed' ? 'open' : 'not-addressed');
  }
});

test.each(Status.options)('a run whose audience names everybody addresses who is %s if its kind does', (status) => {
  const audience = { status: [...Status.options] };
  for (const kind of ['reminder', 'survey', 'announcement'] as const) {
    const addressed = MAIL_RULES[kind].registrationIs;
    const expected = addressed !== 'any' && addressed.includes(status) ? 'open' : 'not-addressed';
    expect(
      standingIn(aRegistration({ status }), {
        event,
        mailing: { ...reminder, kind, audience },
        occasion: 's1',
        now: NOW_EPOCH,
      }),
    ).toBe(expected);
  }
});

test('a run addresses its audience only, and a mail of another occasion or campaign counts for nothing', () => {
  const early = aCampaign({ ...reminder, audience: { registeredBefore: '2026-01-01T00:00:00Z' } });
  expect(standingIn(aRegistration(), { event, mailing: early, occasion: 's1', now: NOW_EPOCH })).toBe('not-addressed');
  expect(standingIn(aRegistration(entry('sent')), { event, mailing: reminder, occasion: 's2', now: NOW_EPOCH })).toBe(
    'open',
  );
  expect(
    standingIn(aRegistration(entry('sent')), {
      event,
      mailing: { ...reminder, campaignId: '4' },
      occasion: 's1',
      now: NOW_EPOCH,
    }),
  ).toBe('open');
});

test('muted and bounced people are addressed: their mail is skipped with its reason, never in silence', () => {
  expect(
    standingIn(aRegistration({ muted: true, bounced: true }), {
      event,
      mailing: reminder,
      occasion: 's1',
      now: NOW_EPOCH,
    }),
  ).toBe('open');
});

const track = {
  id: 'track',
  label: 'Track',
  type: 'choices' as const,
  required: false,
  options: ['Data', 'Design', 'Law'],
  segment: true,
};
const vegan = { ...track, id: 'vegan', type: 'yes-no' as const, options: [] };

test('answers to questions that segment choose an audience: one of the options of each question named', () => {
  const event = anEvent({ questions: [track, vegan], sorted: ['track', 'vegan'] });
  const asked = { ...around, event };
  const row = aRegistration({ chose: choicesIn([track, vegan], { track: ['Data', 'Law'], vegan: 'no' }) });
  for (const inWhichForm of [(audience: Audience) => audience, (audience: Audience) => keptAudience(audience, event)]) {
    const isIn = (answers: Record<string, string[]>) => belongs(row, inWhichForm({ answers }), asked);
    expect(isIn({ track: ['Law'] })).toBe(true);
    expect(isIn({ track: ['Design', 'Data'] })).toBe(true);
    expect(isIn({ track: ['Design'] })).toBe(false);
    expect(isIn({ track: ['Law'], vegan: ['no'] })).toBe(true);
    expect(isIn({ track: ['Law'], vegan: ['yes'] })).toBe(false);
    expect(belongs(aRegistration(), inWhichForm({ answers: { vegan: ['no'] } }), asked)).toBe(false);
  }
});

test.each([
  [{ answers: { vegan: ['perhaps'] } }, 'audience/answers/vegan'],
  [{ answers: { shoes: ['42'] } }, 'audience/answers/shoes'],
  [{ answers: { diet: ['Law'] } }, 'audience/answers/diet'],
])('an audience that cannot be says which answer is none: %j', (audience, field) => {
  const event = anEvent({ questions: [track, vegan, { ...track, id: 'diet', segment: false }] });
  expect(audienceFault({ kind: 'survey', audience }, event)).toMatchObject({ field });
});

test('nobody can have come before it began', () => {
  expect(audienceFault({ kind: 'reminder', audience: { attendance: ['attended'] } }, anEvent())).toMatchObject({
    field: 'audience/attendance',
  });
  expect(audienceFault({ kind: 'survey', audience: { attendance: ['attended'] } }, anEvent())).toBeUndefined();
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import { armingOf } from '#shared/domain/arming.ts';
import { NewCampaign } from '#shared/domain/campaign.ts';
import { editCampaign, newCampaign, pause, resume } from '#shared/domain/edit-campaign.ts';
import { draftEvent, NewEvent, publishEvent } from '#shared/domain/edit-event.ts';
import type { Event } from '#shared/domain/event.ts';
import { instantAt } from '#shared/domain/time.ts';
import { fireTime } from '#shared/domain/trigger.ts';
import { aCampaign, aNewEvent, anEvent, aReminder } from '#test/support/builders.ts';

/** A reminder an hour before an event that starts at 09:30 in London, in winter. */
const FIRES = Date.parse('2027-02-18T08:30:00Z') / 1000;
const [EARLIER, LATER] = [instantAt(FIRES - 1), instantAt(FIRES + 1)];
const reminder = NewCampaign.parse({
  name: 'One hour before',
  kind: 'reminder',
  state: 'active',
  trigger: { before: 'start', offset: 'PT1H' },
});
const event = anEvent();
const made = (now: string, given = {}) => newCampaign({ ...reminder, ...given }, { event, campaignId: '3', now });
const armed = { armed: true, dueAt: FIRES, occasion: 's1' };
const tooLate = { armed: false, because: 'time-passed' };

test('made before its time, a campaign is armed for the occasion of now', () => {
  expect(armingOf(event, made(EARLIER))).toEqual(armed);
  expect(armingOf({ ...event, startRevision: 4 }, made(EARLIER))).toEqual({ ...armed, occasion: 's4' });
});

test('made at its time or later, it mails nobody', () => {
  expect(armingOf(event, made(instantAt(FIRES)))).toEqual(tooLate);
  expect(armingOf(event, made(LATER))).toEqual(tooLate);
});

test('a draft is not armed, however early', () => {
  expect(armingOf(event, made(EARLIER, { state: 'draft' }))).toEqual({ armed: false, because: 'draft' });
});

test('switched on before its time it is armed, later it mails nobody', () => {
  const draft = made('2026-12-01T09:00:00Z', { state: 'draft' });
  expect(armingOf(event, editCampaign(draft, { state: 'active' }, { event, now: EARLIER }) ?? draft)).toEqual(armed);
  expect(armingOf(event, editCampaign(draft, { state: 'active' }, { event, now: LATER }) ?? draft)).toEqual(tooLate);
});

test('edited after its time it mails nobody, even what it had not sent yet', () => {
  const edited = editCampaign(made(EARLIER), { name: 'Soon' }, { event, now: LATER });
  expect(edited && armingOf(event, edited)).toEqual(tooLate);
});

test('moved after its time to a time to come, it is armed for that', () => {
  const patch = { trigger: { before: 'start', offset: 'PT30M' } } as const;
  const moved = editCampaign(made(EARLIER), patch, { event, now: LATER });
  expect(moved && armingOf(event, moved)).toEqual({ ...armed, dueAt: FIRES + 1800 });
});

test('a start moved so near that how to join should have been told: it is told with the notice, other kinds are not', () => {
  const at = FIRES + 300;
  const moved = {
    ...event,
    startRevision: 2,
    timesChangedAt: LATER,
    notice: { since: FIRES + 1, at, moves: true },
  };
  const joining = made(EARLIER, { kind: 'joining' });
  expect(armingOf(moved, joining)).toEqual({ armed: true, dueAt: at, occasion: 's2' });
  expect(armingOf(moved, made(EARLIER))).toEqual(tooLate);
  // Who edits it after the move switches it on too late, as ever.
  expect(armingOf(moved, made(instantAt(FIRES + 2), { kind: 'joining' }))).toEqual(tooLate);
});

test('pausing and resuming change nothing about when it fires, before its time or after', () => {
  const campaign = made(EARLIER);
  const paused = pause(campaign) ?? campaign;
  const resumed = resume(paused) ?? paused;
  expect(paused).toMatchObject({ state: 'paused', revision: 2 });
  expect(resumed).toMatchObject({ state: 'active', revision: 3 });
  for (const each of [paused, resumed]) expect(armingOf(event, each)).toEqual(armed);
});

test('pausing and resuming by an edit does not disarm either', () => {
  const campaign = made(EARLIER);
  const paused = editCampaign(campaign, { state: 'paused' }, { event, now: EARLIER }) ?? campaign;
  const resumed = editCampaign(paused, { state: 'active' }, { event, now: LATER }) ?? paused;
  expect(resumed).toMatchObject({ state: 'active', revision: 3 });
  expect(armingOf(event, resumed)).toEqual(armed);
});

test('a pause of the event disarms nothing: its run will wait', () => {
  expect(armingOf({ ...event, paused: true }, made(EARLIER))).toEqual(armed);
});

const { event: unpublished } = draftEvent(NewEvent.parse(aNewEvent()), {
  eventId: '1000000000000000',
  slug: 'fraud',
  now: '2026-11-01T09:00:00Z',
});

test('publishing before its time arms it, later it mails nobody', () => {
  const campaign = made('2026-11-02T09:00:00Z');
  expect(armingOf(unpublished, campaign)).toEqual({ armed: false, because: 'event-not-published' });
  expect(armingOf(publishEvent(unpublished, EARLIER), campaign)).toEqual(armed);
  expect(armingOf(publishEvent(unpublished, LATER), campaign)).toEqual(tooLate);
});

test('an event published by an earlier version counts from when it was published', () => {
  const { timesChangedAt: _, ...published } = publishEvent(unpublished, LATER);
  expect(armingOf(published as Event, made('2026-11-02T09:00:00Z'))).toEqual(tooLate);
});

test('rescheduled in time it is armed for the new start; after the new fire time it mails nobody', () => {
  const campaign = made('2026-11-02T09:00:00Z');
  const moved = anEvent({ startsAt: '2027-03-01T09:30', endsAt: '2027-03-01T13:00', startRevision: 2 });
  const dueAt = Date.parse('2027-03-01T08:30:00Z') / 1000;
  expect(armingOf({ ...moved, timesChangedAt: LATER }, campaign)).toEqual({ armed: true, dueAt, occasion: 's2' });
  expect(armingOf({ ...moved, timesChangedAt: instantAt(dueAt) }, campaign)).toEqual(tooLate);
});

test.each(['draft', 'postponed', 'cancelled'] as const)('a %s event arms nothing', (state) => {
  expect(armingOf({ ...event, state }, made(EARLIER))).toEqual({ armed: false, because: 'event-not-published' });
});

test('what no clock fires is never armed', () => {
  expect(armingOf(event, aCampaign())).toEqual({ armed: false, because: 'no-clock' });
  expect(armingOf(event, aReminder({ trigger: { manual: true } }))).toEqual({ armed: false, because: 'no-clock' });
});

test('whatever changes in whatever order, an armed campaign fires after the last change that may arm it', () => {
  const step = fc.constantFrom('rename', 'off', 'on', 'pause', 'resume', 'later', 'earlier');
  const minutes = fc.integer({ min: -600, max: 120 });
  fc.assert(
    fc.property(fc.array(fc.tuple(step, minutes), { maxLength: 12 }), (steps) => {
      const ordered = steps.toSorted(([, a], [, b]) => a - b);
      let campaign = made('2026-12-01T09:00:00Z');
      let arming = FIRES - 86_400 * 30;
      for (const [what, minute] of ordered) {
        const now = FIRES + minute * 60;
        const patch = {
          rename: { name: `At ${minute}` },
          off: { state: 'draft' as const },
          on: { state: 'active' as const },
          pause: { state: 'paused' as const },
          resume: { state: 'active' as const },
          later: { trigger: { before: 'start' as const, offset: 'PT30M' } },
          earlier: { trigger: { before: 'start' as const, offset: 'PT2H' } },
        }[what];
        const next = editCampaign(campaign, patch, { event, now: instantAt(now) });
        if (!next) continue;
        const pausesOnly = 'state' in patch && patch.state !== 'draft' && campaign.state !== 'draft';
        if (!pausesOnly) arming = now;
        campaign = next;
      }
      const outcome = armingOf(event, campaign);
      const due = fireTime(campaign.trigger, event) ?? 0;
      expect(outcome.armed).toBe(campaign.state !== 'draft' && due > arming);
    }),
    { numRuns: 300 },
  );
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { publishEvent } from '#shared/domain/edit-event.ts';
import { Event } from '#shared/domain/event.ts';
import { cancelEvent, postpone, Rescheduling, reschedule } from '#shared/domain/move-event.ts';
import { scheduleOf } from '#shared/domain/schedule.ts';
import { epochOf } from '#shared/domain/time.ts';
import { anEvent, NOW, NOW_EPOCH } from '#test/support/builders.ts';
import { TIMINGS } from '#test/support/sending.ts';

const at = (now = NOW_EPOCH) => ({ now, timings: TIMINGS });
const moved = (event: Event, wish: Rescheduling, now?: number): Event => {
  const next = reschedule(event, wish, at(now));
  if (!next) throw new Error('Nothing changed');
  return next;
};
const refusal = (act: () => unknown) => {
  try {
    act();
  } catch (error) {
    const { code, field } = error as { code: string; field?: string };
    return field === undefined ? code : `${code} ${field}`;
  }
  return undefined;
};
const LATER = { startsAt: '2027-02-25T09:30', endsAt: '2027-02-25T13:00' };

test('another day is another start and another end, under a schedule of its own', () => {
  const event = anEvent();
  const next = moved(event, LATER);
  expect(Event.parse(next)).toEqual(next);
  expect(next).toMatchObject({
    ...LATER,
    startInstant: '2027-02-25T09:30:00Z',
    revision: event.revision + 1,
    scheduleRevision: 2,
    startRevision: 2,
    endRevision: 2,
    timesChangedAt: NOW,
    schedules: { 1: scheduleOf(event), 2: { ...scheduleOf(event), ...LATER } },
  });
});

test('a later end is not another start, and another room is neither', () => {
  expect(moved(anEvent(), { endsAt: '2027-02-18T14:00' })).toMatchObject({ startRevision: 1, endRevision: 2 });
  const elsewhere = moved(anEvent(), { place: 'Room 3', format: 'in-person' });
  expect(elsewhere).toMatchObject({ scheduleRevision: 2, startRevision: 1, endRevision: 1, place: 'Room 3' });
  expect(elsewhere).not.toHaveProperty('timesChangedAt');
  expect(elsewhere.notice).toMatchObject({ moves: false });
});

test('the same hour in another zone is another moment', () => {
  expect(moved(anEvent(), { timeZone: 'Europe/Paris' })).toMatchObject({
    startInstant: '2027-02-18T08:30:00Z',
    startRevision: 2,
  });
});

test('what changes nothing is no edit', () => {
  expect(reschedule(anEvent(), { place: 'Webinar', startsAt: '2027-02-18T09:30' }, at())).toBeUndefined();
  expect(Rescheduling.safeParse({}).success).toBe(false);
});

test('an event may be called back from a postponement, even to the hour it had: its start is another', () => {
  const back = moved(postpone(anEvent(), at()), { startsAt: '2027-02-18T09:30' });
  expect(back).toMatchObject({ state: 'published', scheduleRevision: 3, startRevision: 2, endRevision: 2 });
  expect(back.schedules).toMatchObject({ 2: { state: 'postponed' }, 3: { state: 'published' } });
});

describe('when people are told', () => {
  const noticeOf = ({ notice }: Event) => notice;

  test('five minutes after the edit', () => {
    expect(noticeOf(moved(anEvent(), LATER))).toEqual({ since: NOW_EPOCH, at: NOW_EPOCH + 300, moves: true });
  });

  test('five minutes after the last of several, fifteen after the first at most', () => {
    let event = moved(anEvent(), LATER);
    const notices = [240, 480, 720, 840].map((after) => {
      event = moved(event, { place: `Room ${after}` }, NOW_EPOCH + after);
      return (event.notice?.at ?? 0) - NOW_EPOCH;
    });
    expect(notices).toEqual([540, 780, 900, 900]);
    expect(noticeOf(event)).toMatchObject({ since: NOW_EPOCH, moves: true });
  });

  test('an edit after they were told is the first of others', () => {
    const event = moved(moved(anEvent(), LATER), { place: 'Room 3' }, NOW_EPOCH + 300);
    expect(noticeOf(event)).toEqual({ since: NOW_EPOCH + 300, at: NOW_EPOCH + 600, moves: false });
  });

  test.each([
    ['before the edit', '2026-11-23T10:59', '2027-02-25T09:30', true],
    ['after it', '2027-02-18T09:30', '2026-11-23T10:59', true],
    ['in neither case', '2026-11-23T11:00', '2026-11-23T11:01', false],
  ])('at once if the start is within the hour %s', (_, from, to, atOnce) => {
    const event = anEvent({ startsAt: from, endsAt: `${from.slice(0, 10)}T18:00`, timeZone: 'UTC' });
    const next = moved(event, { startsAt: to, endsAt: `${to.slice(0, 10)}T18:00` });
    expect(next.notice?.at).toBe(NOW_EPOCH + (atOnce ? 0 : 300));
  });

  test('of a postponement and of a cancellation after the wait, of one near the start at once', () => {
    expect(noticeOf(postpone(anEvent(), at()))).toMatchObject({ at: NOW_EPOCH + 300 });
    expect(noticeOf(cancelEvent(anEvent(), at()))).toMatchObject({ at: NOW_EPOCH + 300 });
    const near = epochOf(anEvent().startInstant) - 3000;
    expect(noticeOf(cancelEvent(anEvent(), at(near)))).toMatchObject({ at: near });
    // The date of a postponed event is near to nothing.
    expect(noticeOf(cancelEvent(postpone(anEvent(), at()), at(near)))).toMatchObject({ at: near + 300 });
  });

  test('has the organiser’s words, those of an earlier move too that is told with it, and none of another kind', () => {
    const first = reschedule(anEvent(), { ...LATER, message: 'The hall is taken' }, at()) ?? anEvent();
    expect(first.notice?.words).toBe('The hall is taken');
    expect(moved(first, { place: 'Room 9' }).notice?.words).toBe('The hall is taken');
    expect(moved(first, { place: 'Room 9', message: 'Room 9 is bigger' }).notice?.words).toBe('Room 9 is bigger');
    expect(moved(first, { place: 'Room 9' }, NOW_EPOCH + 400).notice).not.toHaveProperty('words');
    expect(cancelEvent(first, at()).notice).not.toHaveProperty('words');
    expect(cancelEvent(first, at(), { message: 'We are sorry' }).notice?.words).toBe('We are sorry');
  });

  test('other words of the same move take the place of the first, until they are told, and nothing else changes', () => {
    const first = moved(anEvent(), { ...LATER, message: 'The hall is taken' });
    const second = moved(first, { ...LATER, message: 'The town hall is taken' }, NOW_EPOCH + 299);
    expect(second).toEqual({
      ...first,
      revision: first.revision + 1,
      notice: { since: NOW_EPOCH, at: NOW_EPOCH + 300, moves: true, words: 'The town hall is taken' },
    });
    expect(moved(first, { ...LATER, message: '' }).notice).not.toHaveProperty('words');
    expect(moved(moved(anEvent(), LATER), { ...LATER, message: 'Sorry' }).notice?.words).toBe('Sorry');
    for (const [message, now] of [
      ['The hall is taken', NOW_EPOCH],
      [undefined, NOW_EPOCH],
      // Who repeats a request whose answer was lost.
      ['The hall is taken', NOW_EPOCH + 300],
    ] as const) {
      expect(reschedule(first, { ...LATER, ...(message && { message }) }, at(now))).toBeUndefined();
    }
  });

  test('words that would reach nobody are refused, and the way out is said', () => {
    const told = moved(anEvent(), { ...LATER, message: 'The hall is taken' });
    expect(() => reschedule(told, { ...LATER, message: 'Too late' }, at(NOW_EPOCH + 300))).toThrow(
      'People are being told already, and these words would reach nobody: send an announcement to say it',
    );
    expect(() => reschedule(anEvent(), { place: 'Webinar', message: 'Hello' }, at())).toThrow(
      'Nothing changes, so there is no mail that these words could go with: send an announcement to say it',
    );
  });

  test('whatever the edits: never before the wait but near the start, never fifteen minutes after the first', () => {
    fc.assert(
      fc.property(fc.array(fc.integer({ min: 1, max: 400 }), { minLength: 1, maxLength: 12 }), (gaps) => {
        let event = anEvent();
        let now = NOW_EPOCH;
        for (const gap of gaps) {
          now += gap;
          const pending = event.notice && event.notice.at > now ? event.notice : undefined;
          event = moved(event, { place: `Room ${now}` }, now);
          const { since, at: told } = event.notice ?? { since: 0, at: 0 };
          expect(since).toBe(pending?.since ?? now);
          expect(told).toBe(Math.min(now + 300, since + 900));
        }
      }),
    );
  });
});

test('postponed and cancelled are schedules of their own; times stay, so that people can be told which are off', () => {
  const postponed = postpone(anEvent(), at());
  expect(postponed).toMatchObject({
    state: 'postponed',
    scheduleRevision: 2,
    startRevision: 1,
    startsAt: '2027-02-18T09:30',
  });
  expect(cancelEvent(postponed, at())).toMatchObject({ state: 'cancelled', scheduleRevision: 3 });
});

test.each<[string, () => unknown, string]>([
  [
    'a draft is edited, not rescheduled',
    () => reschedule(anEvent({ state: 'draft' }), LATER, at()),
    'invalid-transition',
  ],
  [
    'a cancelled one stays cancelled',
    () => reschedule(anEvent({ state: 'cancelled' }), LATER, at()),
    'invalid-transition',
  ],
  ['twice postponed', () => postpone(postpone(anEvent(), at()), at()), 'invalid-transition'],
  ['a draft postponed', () => postpone(anEvent({ state: 'draft' }), at()), 'invalid-transition'],
  ['twice cancelled', () => cancelEvent(cancelEvent(anEvent(), at()), at()), 'invalid-transition'],
  ['cancelled, then published', () => publishEvent(cancelEvent(anEvent(), at()), NOW), 'invalid-transition'],
  ['one that has ended', () => reschedule(anEvent(), LATER, at(epochOf('2027-02-18T13:00:00Z'))), 'event-over'],
  ['one that has ended, postponed', () => postpone(anEvent(), at(epochOf('2027-02-18T13:00:00Z'))), 'event-over'],
  ['one that has ended, cancelled', () => cancelEvent(anEvent(), at(epochOf('2027-02-18T13:00:00Z'))), 'event-over'],
  [
    'a start in the past',
    () => reschedule(anEvent(), { startsAt: '2026-11-23T10:00', endsAt: '2026-11-23T12:00' }, at()),
    'invalid-times startsAt',
  ],
  [
    'a start after the end',
    () => reschedule(anEvent(), { startsAt: '2027-02-19T09:30' }, at()),
    'invalid-times endsAt',
  ],
  [
    'GMT in summer',
    () => reschedule(anEvent(), { startsAt: '2027-07-18T09:30', endsAt: '2027-07-18T13:00', timeZone: 'GMT' }, at()),
    'invalid-times timeZone',
  ],
  [
    'registration closing after the end',
    () =>
      reschedule(
        anEvent({ registrationClosesAt: '2027-02-17T12:00' }),
        { startsAt: '2027-01-18T09:30', endsAt: '2027-01-18T13:00' },
        at(),
      ),
    'invalid-times registrationClosesAt',
  ],
])('%s is refused', (_, act, expected) => {
  expect(refusal(act)).toBe(expected);
});

test('while it is live its end may move, but it cannot start anew in the past', () => {
  const live = epochOf('2027-02-18T10:00:00Z');
  expect(moved(anEvent(), { endsAt: '2027-02-18T14:00' }, live)).toMatchObject({ startRevision: 1, endRevision: 2 });
  expect(refusal(() => reschedule(anEvent(), { startsAt: '2027-02-18T09:45' }, at(live)))).toBe(
    'invalid-times startsAt',
  );
  expect(refusal(() => reschedule(anEvent(), { endsAt: '2027-02-18T09:59' }, at(live)))).toBe('invalid-times endsAt');
});

test('when registration closes may move along, or be left open', () => {
  const event = anEvent({ registrationClosesAt: '2027-02-17T12:00' });
  expect(moved(event, { ...LATER, registrationClosesAt: '2027-02-24T12:00' })).toMatchObject({
    registrationClosesAt: '2027-02-24T12:00',
  });
  expect(moved(event, { ...LATER, registrationClosesAt: null })).not.toHaveProperty('registrationClosesAt');
  expect(moved(event, LATER)).toMatchObject({ registrationClosesAt: '2027-02-17T12:00' });
});

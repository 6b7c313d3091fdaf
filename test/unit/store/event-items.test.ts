import { expect, test } from 'vitest';
import { draftEvent, NewEvent, publishEvent } from '#shared/domain/edit-event.ts';
import { Event } from '#shared/domain/event.ts';
import { DEFAULT_SURVEY } from '#shared/domain/survey.ts';
import { eventFrom } from '#shared/store/event-items.ts';
import { aNewEvent, NOW, NOW_EPOCH } from '#test/support/builders.ts';

/** An event that says everything an event can say. */
const full = (): Event => {
  const wish = NewEvent.parse(
    aNewEvent({
      strapline: 'Exploring innovative approaches',
      speakers: [{ name: 'Professor John Coxhead', role: 'Professor', organisation: 'De Montfort University' }],
      topics: ['Policing'],
      capacity: 300,
      registrationClosesAt: '2027-02-17T12:00',
      questions: [{ id: 'dietary', label: 'Diet', type: 'choice', options: ['None', 'Vegan'], segment: true }],
      joining: { url: 'https://meet.example.org/1', instructions: 'Bring a badge', opensBefore: 'PT20M' },
      recordingUrl: 'https://video.example.org/1',
      survey: { anonymous: true, closesAfter: 'P7D' },
    }),
  );
  const event = publishEvent(draftEvent(wish, { eventId: '0123456789abcdef', slug: 'crime', now: NOW }).event, NOW);
  return {
    ...event,
    notice: { since: NOW_EPOCH, at: NOW_EPOCH + 300, moves: true },
    organiserToProve: true,
    retired: [{ id: 'shoes', label: 'Shoes', type: 'choice', required: false, options: ['41', '42'], segment: true }],
    unexplained: { dietary: 3 },
    attendanceFinalAt: NOW,
    attendanceImportedAt: NOW,
    purgingAt: NOW,
    purgedAt: NOW,
  };
};
const itemOf = (event: object) => ({ pk: 'EVENT#0123456789abcdef', sk: 'EVENT', ...event });

test('an event is read back whole, every field of it', () => {
  const event = full();
  expect(Object.keys(event).toSorted()).toEqual(Object.keys(Event.shape).toSorted());
  expect(eventFrom(itemOf(event))).toEqual(event);
});

test('what was saved before a rule was made stricter can still be read', () => {
  const long = { ...full(), title: 'x'.repeat(500) };
  expect(Event.safeParse(long).success).toBe(false);
  expect(eventFrom(itemOf(long)).title).toHaveLength(500);
});

test('an event that was saved without a survey, or without its questions, asks what every event asks', () => {
  const { survey: _, ...before } = full();
  expect(eventFrom(itemOf(before)).survey).toEqual(DEFAULT_SURVEY);
  const survey = { anonymous: true, closesAfter: 'P7D' };
  expect(eventFrom(itemOf({ ...before, survey })).survey).toEqual({ ...DEFAULT_SURVEY, ...survey });
});

test('a corrupt item is no event', () => {
  expect(() => eventFrom(itemOf({ ...full(), schedules: 'none' }))).toThrow();
});

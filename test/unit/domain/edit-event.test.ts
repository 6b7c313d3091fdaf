import { expect, test } from 'vitest';
import { editEvent, NewEvent, publishEvent } from '#shared/domain/edit-event.ts';
import { Event, EventText } from '#shared/domain/event.ts';
import { EventPatch } from '#shared/domain/event-patch.ts';
import { MarkdownHtml } from '#shared/domain/markdown-html.ts';
import { DEFAULT_SURVEY, NO_SURVEY } from '#shared/domain/survey.ts';
import { aNewEvent, anEvent, aText, NOW } from '#test/support/builders.ts';

const aDraft = (given: Partial<Event> = {}) => anEvent({ state: 'draft', revision: 1, ...given });
/** The event after a patch as the API would take it. */
const edited = (event: Event, patch: Record<string, unknown>, text: EventText = aText()) =>
  editEvent(event, text, EventPatch.parse(patch));
const refusalOf = (event: Event, patch: Record<string, unknown>) => {
  try {
    edited(event, patch);
  } catch (error) {
    return error as { code: string; field: string };
  }
  throw new Error('It was not refused');
};

test('what a patch leaves out stays, and every edit is a new revision', () => {
  const before = anEvent({ strapline: 'What works', capacity: 300, topics: ['Crime'] });
  const { event, text } = edited(before, { title: 'Organised crime' });
  expect(event).toEqual({ ...before, title: 'Organised crime', revision: before.revision + 1 });
  expect(text).toEqual(aText());
});

test('long texts are edited apart from the event', () => {
  const { event, text } = edited(anEvent(), { description: 'Anew', programme: ['One'] });
  expect(text).toEqual(aText({ description: 'Anew', programme: ['One'] }));
  for (const field of Object.keys(EventText.shape)) expect(event).not.toHaveProperty(field);
});

test('what was made of the old words stays behind, and nobody can send it', () => {
  const rendered = aText({ descriptionHtml: MarkdownHtml.parse('<p>Old</p>'), summary: 'Old' });
  const { event, text } = edited(anEvent(), { description: 'Anew' }, rendered);
  expect(text).toEqual(aText({ description: 'Anew' }));
  expect(event).not.toHaveProperty('descriptionHtml');
  expect(EventPatch.safeParse({ descriptionHtml: '<p>' }).success).toBe(false);
  expect(NewEvent.safeParse(aNewEvent({ descriptionHtml: '<p>' })).success).toBe(false);
});

test('null removes what may be absent', () => {
  const before = anEvent({
    strapline: 'What works',
    registrationClosesAt: '2027-02-17T17:00',
    recordingUrl: 'https://example.org/film',
    joining: { opensBefore: 'PT15M' },
  });
  const gone = ['strapline', 'registrationClosesAt', 'recordingUrl', 'joining', 'privacyNotice'];
  const text = aText({ privacyNotice: { version: '1', text: 'We keep it.' } });
  const after = edited(before, Object.fromEntries(gone.map((field) => [field, null])), text);
  for (const field of gone) expect({ ...after.event, ...after.text }).not.toHaveProperty(field);
});

test.each(['title', 'place', 'startsAt', 'organiser', 'description', 'topics', 'visibility', 'retentionDays'])(
  'null does not remove %s',
  (field) => {
    expect(EventPatch.safeParse({ [field]: null }).error?.issues).toEqual([expect.objectContaining({ path: [field] })]);
  },
);

test.each(['slug', 'state', 'revision', 'eventId', 'paused', 'schedules', 'startInstant'])(
  '%s cannot be patched',
  (field) => {
    expect(EventPatch.safeParse({ [field]: 'x' }).success).toBe(false);
  },
);

test('a record is patched field by field (RFC 7396), so a new joining address keeps the instructions', () => {
  const before = anEvent({
    joining: { url: 'https://meet.example.org/1', instructions: 'Mute yourself.', opensBefore: 'PT30M' },
    survey: { anonymous: true, closesAfter: 'P7D', questions: DEFAULT_SURVEY.questions },
  });
  const { event } = edited(before, {
    joining: { url: 'https://meet.example.org/2' },
    survey: { closesAfter: 'P3D' },
    organiser: { name: 'Somebody else' },
  });
  expect(event.joining).toEqual({
    url: 'https://meet.example.org/2',
    instructions: 'Mute yourself.',
    opensBefore: 'PT30M',
  });
  expect(event.survey).toEqual({ anonymous: true, closesAfter: 'P3D', questions: DEFAULT_SURVEY.questions });
  expect(event.organiser).toEqual({ name: 'Somebody else', email: before.organiser.email });
});

test('within a record null removes what may be absent, and brings back what has a default', () => {
  const before = anEvent({ joining: { url: 'https://meet.example.org/1', instructions: 'Hi', opensBefore: 'PT30M' } });
  const { event } = edited(before, { joining: { instructions: null, opensBefore: null } });
  expect(event.joining).toEqual({ url: 'https://meet.example.org/1', opensBefore: 'PT15M' });
});

test('a record that was not there starts with its defaults', () => {
  const { event } = edited(anEvent(), { joining: { instructions: 'Ask at the door' } });
  expect(event.joining).toEqual({ instructions: 'Ask at the door', opensBefore: 'PT15M' });
});

test('a survey that is removed is none; what is removed of it has its default again', () => {
  expect(edited(anEvent(), { survey: null }).event.survey).toEqual(NO_SURVEY);
  const own = anEvent({ survey: { anonymous: true, closesAfter: 'P7D', questions: [] } });
  const { event } = edited(own, { survey: { questions: null, closesAfter: null } });
  expect(event.survey).toEqual({ ...DEFAULT_SURVEY, anonymous: true });
});

test('a privacy notice changes as a whole: other words are another version', () => {
  expect(EventPatch.safeParse({ privacyNotice: { text: 'Anew' } }).success).toBe(false);
});

test.each([
  ['organiser', { email: null }],
  ['organiser', { phone: '1' }],
  ['joining', { url: 'http://example.org' }],
  ['survey', { anonymous: 'yes' }],
])('a patch of %s with %j is refused at its place', (field, patch) => {
  const [issue] = EventPatch.safeParse({ [field]: patch }).error?.issues ?? [];
  expect(issue?.path[0]).toBe(field);
});

test('a draft may move: its instants and its one schedule follow', () => {
  const { event } = edited(aDraft(), { startsAt: '2027-07-01T09:00', endsAt: '2027-07-01T10:00', place: 'Town hall' });
  expect(Event.parse(event)).toMatchObject({
    startInstant: '2027-07-01T08:00:00Z',
    endInstant: '2027-07-01T09:00:00Z',
    scheduleRevision: 1,
    startRevision: 1,
    schedules: { 1: { startsAt: '2027-07-01T09:00', place: 'Town hall', state: 'draft' } },
  });
});

test.each([
  ['startsAt', '2027-02-18T10:00'],
  ['endsAt', '2027-02-18T12:00'],
  ['timeZone', 'Europe/Paris'],
  ['place', 'Town hall'],
  ['format', 'hybrid'],
])('once published, %s changes by rescheduling only', (field, value) => {
  for (const state of ['published', 'postponed', 'cancelled'] as const) {
    expect(refusalOf(anEvent({ state }), { [field]: value })).toMatchObject({ code: 'times-fixed', field });
  }
});

test('the schedules people were told stay on the event, whatever is edited', () => {
  const { schedules: told } = anEvent({ place: 'Town hall' });
  const event = anEvent({ scheduleRevision: 2 });
  const schedules = { ...told, ...event.schedules };
  expect(edited({ ...event, schedules }, { title: 'New' }).event.schedules).toEqual(schedules);
});

test('saying the same times again is no change', () => {
  const event = anEvent();
  const { startsAt, endsAt, timeZone, place, format } = event;
  expect(edited(event, { startsAt, endsAt, timeZone, place, format, title: 'New' }).event).toMatchObject({
    title: 'New',
    scheduleRevision: event.scheduleRevision,
    schedules: event.schedules,
  });
});

test('once published, a capacity may change but neither come nor go', () => {
  expect(edited(anEvent({ capacity: 10 }), { capacity: 11 }).event.capacity).toBe(11);
  expect(edited(anEvent({ capacity: 10 }), { capacity: 1 }).event.capacity).toBe(1);
  expect(edited(anEvent(), { capacity: null }).event).not.toHaveProperty('capacity');
  expect(refusalOf(anEvent(), { capacity: 10 })).toMatchObject({ code: 'capacity-fixed', field: 'capacity' });
  expect(refusalOf(anEvent({ capacity: 10 }), { capacity: null })).toMatchObject({ code: 'capacity-fixed' });
  expect(edited(aDraft(), { capacity: 10 }).event.capacity).toBe(10);
  expect(edited(aDraft({ capacity: 10 }), { capacity: null }).event).not.toHaveProperty('capacity');
});

test('once published, what one place is kept for stays: another key would give people a second one', () => {
  const event = anEvent({ onePlacePer: 'address' });
  expect(refusalOf(event, { onePlacePer: 'address-and-name' })).toMatchObject({
    code: 'invalid-transition',
    field: 'onePlacePer',
  });
  expect(edited(event, { onePlacePer: 'address' }).event.onePlacePer).toBe('address');
  expect(edited(aDraft(), { onePlacePer: 'address-and-name' }).event.onePlacePer).toBe('address-and-name');
});

test.each([
  ['an end before the start', { endsAt: '2027-02-18T09:00' }, 'endsAt'],
  ['registration that outlasts the event', { registrationClosesAt: '2027-02-18T14:00' }, 'registrationClosesAt'],
  ['GMT in summer', { timeZone: 'GMT', startsAt: '2027-07-01T09:00', endsAt: '2027-07-01T10:00' }, 'timeZone'],
])('%s is refused even if each field alone is fine', (_, patch, field) => {
  expect(refusalOf(aDraft(), patch)).toMatchObject({ code: 'invalid-times', field });
});

test('publishing tells the first schedule, and counts as an edit', () => {
  const published = publishEvent(aDraft(), NOW);
  expect(Event.parse(published)).toMatchObject({
    state: 'published',
    publishedAt: NOW,
    revision: 2,
    scheduleRevision: 1,
    schedules: { 1: { state: 'published' } },
  });
});

test.each(['published', 'postponed', 'cancelled'] as const)('a %s event is not published again', (state) => {
  expect(() => publishEvent(anEvent({ state }), NOW)).toThrow(expect.objectContaining({ code: 'invalid-transition' }));
});

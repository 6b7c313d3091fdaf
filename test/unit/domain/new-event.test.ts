import { expect, test } from 'vitest';
import { draftEvent, NewEvent } from '#shared/domain/edit-event.ts';
import { Event, EventText } from '#shared/domain/event.ts';
import { DEFAULT_SURVEY } from '#shared/domain/survey.ts';
import { aNewEvent, NOW } from '#test/support/builders.ts';

const faultsOf = (given: Record<string, unknown>) =>
  (NewEvent.safeParse(aNewEvent(given)).error?.issues ?? []).map(({ path, message }) => [path.join('.'), message]);
const fieldsAtFault = (given: Record<string, unknown>) => faultsOf(given).map(([field]) => field);

test('left out, what an event may lack has a plain default', () => {
  expect(NewEvent.parse(aNewEvent())).toEqual({
    ...aNewEvent(),
    visibility: 'public',
    speakers: [],
    topics: [],
    confirmAddress: false,
    onePlacePer: 'address',
    questions: [],
    survey: DEFAULT_SURVEY,
    attendedFrom: 'joined',
    retentionDays: 90,
    description: '',
    programme: [],
    audience: [],
  });
});

test('a draft keeps wall times as given, the instants they mean, and a first revision of everything', () => {
  const wish = NewEvent.parse(
    aNewEvent({ startsAt: '2027-07-01T09:00', endsAt: '2027-07-01T13:00', description: 'Hi' }),
  );
  const { event, text } = draftEvent(wish, { eventId: '0123456789abcdef', slug: 'crime', now: NOW });
  expect(Event.parse(event)).toMatchObject({
    eventId: '0123456789abcdef',
    slug: 'crime',
    state: 'draft',
    startsAt: '2027-07-01T09:00',
    startInstant: '2027-07-01T08:00:00Z',
    endInstant: '2027-07-01T12:00:00Z',
    revision: 1,
    scheduleRevision: 1,
    startRevision: 1,
    endRevision: 1,
    paused: false,
    createdAt: NOW,
  });
  expect(event).not.toHaveProperty('description');
  expect(EventText.parse(text)).toEqual({ description: 'Hi', programme: [], audience: [] });
});

test.each([
  ['a start that is no time', { startsAt: 'tomorrow' }, ['startsAt']],
  ['a day that does not exist', { startsAt: '2027-02-30T10:00' }, ['startsAt']],
  ['a zone nobody keeps', { timeZone: 'Mars/Olympus' }, ['timeZone']],
  ['a closing time that is none', { registrationClosesAt: 'soon' }, ['registrationClosesAt']],
  ['every time wrong at once', { startsAt: 'a', endsAt: 'b', timeZone: 'c' }, ['startsAt', 'endsAt', 'timeZone']],
  ['a wrong title and wrong times', { title: '', startsAt: 'a' }, ['startsAt', 'title']],
  ['a wrong title, and an end before the start', { title: '', endsAt: '2027-02-18T09:00' }, ['title', 'endsAt']],
  ['an end at the start', { endsAt: '2027-02-18T09:30' }, ['endsAt']],
  ['an event of months', { endsAt: '2027-05-18T09:30' }, ['endsAt']],
  ['registration that outlasts the event', { registrationClosesAt: '2027-02-18T13:01' }, ['registrationClosesAt']],
  ['a field nobody knows', { colour: 'red' }, ['']],
  ['a slug with capitals', { slug: 'Crime' }, ['slug']],
  ['no seats at all', { capacity: 0 }, ['capacity']],
  ['half a seat', { capacity: 1.5 }, ['capacity']],
  ['a speaker without a name', { speakers: [{ role: 'Professor' }] }, ['speakers.0.name']],
  ['an organiser without an address', { organiser: { name: 'A' } }, ['organiser.email']],
  ['two questions of one id', { questions: [1, 2].map(() => ({ id: 'a', label: 'A', type: 'text' })) }, ['questions']],
])('%s: each field is named, each once', (_, given, fields) => {
  expect(fieldsAtFault(given).toSorted()).toEqual(fields.toSorted());
});

test('every required field that is missing is named', () => {
  const issues = NewEvent.safeParse({}).error?.issues ?? [];
  expect(issues.map(({ path }) => path.join('.')).toSorted()).toEqual(
    ['endsAt', 'format', 'organiser', 'place', 'startsAt', 'timeZone', 'title'].toSorted(),
  );
});

import { type Campaign, confirmationCampaign } from '#shared/domain/campaign.ts';
import type { Event, EventText } from '#shared/domain/event.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { instantsOf, scheduleOf } from '#shared/domain/schedule.ts';
import { DEFAULT_SURVEY } from '#shared/domain/survey.ts';

/** When tests happen unless they say otherwise: three months before the event. */
export const NOW = '2026-11-23T10:00:00Z';
export const NOW_EPOCH = Date.parse(NOW) / 1000;

let made = 0;
/** An id of ours that nothing else in this process has. Neighbours fall into different shards. */
const anId = (): string => [...String(++made).padStart(16, '0')].reverse().join('');

/** An event as an organiser sends it to `POST /events`, with what every event must have. */
export const aNewEvent = (given: Record<string, unknown> = {}): Record<string, unknown> => ({
  title: 'Tackling Serious and Organised Crime in the UK',
  format: 'online',
  startsAt: '2027-02-18T09:30',
  endsAt: '2027-02-18T13:00',
  timeZone: 'Europe/London',
  place: 'Webinar',
  organiser: { name: 'Global Progressive Policing', email: 'events@example.org' },
  ...given,
});

/** A published, uncapped event. Instants and the schedules told follow from the times given, unless given too. */
export function anEvent(given: Partial<Event> = {}): Event {
  const plain = {
    eventId: anId(),
    slug: 'tackling-serious-crime-2027-02-18',
    title: 'Tackling Serious and Organised Crime in the UK',
    visibility: 'public' as const,
    format: 'online' as const,
    state: 'published' as const,
    startsAt: '2027-02-18T09:30',
    endsAt: '2027-02-18T13:00',
    timeZone: 'Europe/London',
    place: 'Webinar',
    speakers: [],
    topics: [],
    confirmAddress: false as const,
    onePlacePer: 'address' as const,
    questions: [],
    survey: DEFAULT_SURVEY,
    attendedFrom: 'joined',
    organiser: { name: 'Global Progressive Policing', email: 'events@example.org' },
    retentionDays: 90,
    revision: 2,
    scheduleRevision: 1,
    startRevision: 1,
    endRevision: 1,
    paused: false,
    createdAt: '2026-11-01T09:00:00Z',
    ...given,
  };
  return {
    ...(plain.state !== 'draft' && { publishedAt: '2026-11-02T09:00:00Z' }),
    ...instantsOf(plain),
    schedules: { [plain.scheduleRevision]: scheduleOf(plain) },
    ...plain,
  };
}

/** The long texts of an event. */
export const aText = (given: Partial<EventText> = {}): EventText => ({
  description: 'A morning on what works.',
  programme: ['What has changed', 'What works'],
  audience: ['Police Service'],
  ...given,
});

/** Somebody confirmed an hour ago, whose every mail is settled: nothing is owed. */
export const aRegistration = (given: Partial<Registration> = {}): Registration => ({
  eventId: '1000000000000000',
  registrationId: anId(),
  name: 'Ada Lovelace',
  email: 'ada@example.org',
  status: 'confirmed',
  registeredAt: '2026-11-23T09:00:00Z',
  admissions: 1,
  addressRevision: 1,
  linkSeed: 'seed0seed0seed0s',
  source: 'form',
  sequence: 0,
  deliveries: {},
  ...given,
});

/** The confirmation campaign every event is made with, unless given otherwise. */
export const aCampaign = (given: Partial<Campaign> = {}): Campaign => ({
  ...confirmationCampaign('2026-11-01T09:00:00Z'),
  ...given,
});

/** An active reminder an hour before the start, made with the event. */
export const aReminder = (given: Partial<Campaign> = {}): Campaign =>
  aCampaign({
    campaignId: '3',
    name: 'One hour before',
    kind: 'reminder',
    trigger: { before: 'start', offset: 'PT1H' },
    ...given,
  });

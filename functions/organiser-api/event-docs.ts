import * as z from 'zod';
import type { RouteDocs } from '#shared/http/route.ts';
import { EventSummary, EventView } from './event-view.ts';
import { clonedExample, draftExample, eventExample, eventsExample, newEvent, smallestEvent } from './examples.ts';
import { statsExample } from './stats-example.ts';
import { StatsView } from './stats-view.ts';

const tag = 'Events';
const ETAG = { etag: 'The revision, as `If-Match` takes it: `"3"`.' };

const EventPage = z.object({ events: z.array(EventSummary), next: z.string().optional() });

export const createEventDocs: RouteDocs = {
  operationId: 'createEvent',
  tag,
  summary: 'Make a draft',
  description:
    'Nobody sees a draft. Without a `slug` one is made from title and date; if that is taken, `-2`, `-3`, … is added. Wall times are those of `timeZone`: one that the clocks skip moves forward, one that they repeat means the earlier.',
  requests: { 'A webinar': newEvent, 'The least an event needs': smallestEvent },
  answer: {
    status: 201,
    description: 'The draft.',
    schema: EventView,
    example: draftExample,
    headers: { ...ETAG, location: 'Where the event is from now on.' },
  },
  refusals: ['slug-taken'],
};

export const listEventsDocs: RouteDocs = {
  operationId: 'listEvents',
  tag,
  summary: 'List events by their start',
  description:
    'All of them, drafts and unlisted ones too, without their long texts. A page may hold fewer events than `limit`, even none: there are more as long as `next` is there. A key limited to some events sees those.',
  answer: { status: 200, description: 'One page.', schema: EventPage, example: eventsExample },
};

export const getEventDocs: RouteDocs = {
  operationId: 'getEvent',
  tag,
  summary: 'One event in full',
  answer: { status: 200, description: 'The event.', schema: EventView, example: eventExample, headers: ETAG },
};

export const patchEventDocs: RouteDocs = {
  operationId: 'editEvent',
  tag,
  summary: 'Edit an event',
  description:
    'What is left out stays as it is; `null` removes what may be absent; lists and the privacy notice are replaced as a whole, other objects field by field. Once published, times, zone, place and format stay as people were told, a capacity may change but not come or go, and `onePlacePer` stays. Once somebody has answered the survey, its questions stay, and whether it is anonymous.',
  requests: { 'More seats': { capacity: 350 }, 'No strapline': { strapline: null } },
  answer: {
    status: 200,
    description: 'The event as it is now.',
    schema: EventView,
    example: eventExample,
    headers: ETAG,
  },
  refusals: ['times-fixed', 'capacity-fixed', 'invalid-transition', 'invalid-times', 'survey-answered'],
};

export const pauseEventDocs: RouteDocs = {
  operationId: 'pauseEvent',
  tag,
  summary: 'Stop all mail about an event',
  description:
    'No mail about it starts on its way later than two seconds after the answer. Nothing is lost: what is owed waits, and registrations go on. Pausing twice is harmless.',
  answer: {
    status: 200,
    description: 'Its mail is stopped.',
    schema: EventView,
    example: () => ({ ...eventExample(), paused: true }),
    headers: ETAG,
  },
};

export const resumeEventDocs: RouteDocs = {
  operationId: 'resumeEvent',
  tag,
  summary: 'Let mail about an event flow again',
  description: 'Sends everything about it that is still owed, once.',
  answer: { status: 200, description: 'Its mail flows.', schema: EventView, example: eventExample, headers: ETAG },
};

export const cloneEventDocs: RouteDocs = {
  operationId: 'cloneEvent',
  tag,
  summary: 'Make a draft of the same event at another time',
  description:
    'Texts, questions and settings come along, and so do its campaigns, as drafts: activate those you want. The confirmation stays as it is. Nobody’s registration, no mail, no recording and no closing time come along. Slugs are as for a new event.',
  requests: { 'In autumn': { startsAt: '2026-10-08T09:30', endsAt: '2026-10-08T13:00' } },
  answer: {
    status: 201,
    description: 'The draft.',
    schema: EventView,
    example: clonedExample,
    headers: { ...ETAG, location: 'Where the copy is from now on.' },
  },
  refusals: ['slug-taken', 'invalid-times'],
};

export const statsDocs: RouteDocs = {
  operationId: 'getStats',
  tag,
  summary: 'An event in numbers',
  description:
    'Seats, how many answered the survey, and what became of the mails of every campaign and notice, run by run.',
  answer: { status: 200, description: 'The numbers.', schema: StatsView, example: statsExample },
};

export const publishEventDocs: RouteDocs = {
  operationId: 'publishEvent',
  tag,
  summary: 'Publish a draft',
  description:
    'Opens its page and its registration, and adds the campaigns that most events want: how to join, a reminder, a survey and a nudge. Edit them, pause them, or make them drafts.',
  answer: { status: 200, description: 'The published event.', schema: EventView, example: eventExample, headers: ETAG },
  refusals: ['invalid-transition'],
};

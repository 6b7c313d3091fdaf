import * as z from 'zod';
import type { RouteDocs } from '#shared/http/route.ts';
import { EventView } from './event-view.ts';
import { eventExample, movedExample } from './examples.ts';
import { MoveForecast } from './forecast-view.ts';

const tag = 'Events';
const ETAG = { etag: 'The revision, as `If-Match` takes it: `"3"`.' };
const DRY =
  'With `dryRun`, in query or body, nothing changes: the answer says how many people would be told, and what becomes of each campaign.';

const WORDS = 'What `message` says stands in the mail that tells of it, under the organiser’s name.';

const answer = (description: string, example: () => unknown): RouteDocs['answer'] => ({
  status: 200,
  description: `${description} Of a dry run: what it would cause.`,
  schema: z.union([EventView, MoveForecast]),
  example,
  headers: ETAG,
});

export const rescheduleEventDocs: RouteDocs = {
  operationId: 'rescheduleEvent',
  tag,
  summary: 'Move a published event, or give a postponed one its date',
  description: `What is left out stays as it is. People are told what was and what is now, five minutes after the last edit, at most fifteen after the first, at once near the start: three edits are one mail, an edit that is undone is none. Until then the same request with another \`message\` changes the words alone. Reminders and joining mails run for the new start unless that notice comes so near to them that it says the same. ${WORDS} ${DRY}`,
  requests: {
    'Another place': { place: 'Town hall, Room 2, and online', format: 'hybrid' },
    'Another time': { startsAt: '2027-03-05T09:30', endsAt: '2027-03-05T13:00' },
    'Registration closes later': { registrationClosesAt: null },
  },
  answer: answer('The event as it is now.', movedExample),
  refusals: ['invalid-transition', 'event-over', 'invalid-times'],
};

export const postponeEventDocs: RouteDocs = {
  operationId: 'postponeEvent',
  tag,
  summary: 'Take a published event off its date',
  description: `Everything about it stops, people are told, and everybody keeps their place. To reschedule it is to publish it again. ${WORDS} ${DRY}`,
  requests: { 'In your own words': { message: 'The speaker is ill. We look for another day in March.' } },
  answer: answer('The postponed event.', () => ({
    ...eventExample(),
    state: 'postponed',
    phase: 'postponed',
    registrationOpen: false,
    registrationClosedBecause: 'This event has been postponed. Registration opens again when it has a new date.',
  })),
  refusals: ['invalid-transition', 'event-over'],
};

export const cancelEventDocs: RouteDocs = {
  operationId: 'cancelEvent',
  tag,
  summary: 'Call an event off',
  description: `Everything about it stops at once; people with a place and on the waiting list are told five minutes later, at once near the start; the page stays and says so. Until they are told it can be taken back: \`…/cancel/undo\`. ${WORDS} ${DRY}`,
  requests: { 'In your own words': { message: 'Too few of you could come. We are sorry.' } },
  answer: answer('The cancelled event.', () => ({
    ...eventExample(),
    state: 'cancelled',
    phase: 'cancelled',
    registrationOpen: false,
    registrationClosedBecause: 'This event has been cancelled.',
  })),
  refusals: ['invalid-transition', 'event-over'],
};

export const undoCancelDocs: RouteDocs = {
  operationId: 'undoCancelEvent',
  tag,
  summary: 'Take a cancellation back',
  description:
    'Until people are told of it: `noticeAt` of the answer to `…/cancel` says when that is. The event is as it was, published or postponed, with its seats, its campaigns armed and its place in the catalogue and the feed, and nobody is mailed. What came due meanwhile and was left out stays so. Once people are being told, it is 409.',
  answer: {
    status: 200,
    description: 'The event as it is again.',
    schema: EventView,
    example: eventExample,
    headers: ETAG,
  },
  refusals: ['invalid-transition', 'event-over'],
};

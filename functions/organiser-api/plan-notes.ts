import type { Cloning } from '#shared/domain/clone-event.ts';
import type { Notes } from './field-notes.ts';
import type { PlanCounts } from './plan-counts.ts';
import type { Preview, TestSent } from './plan-docs.ts';
import type { PlannedPerson, PlanView } from './plan-view.ts';
import type { CampaignStats, StatsView } from './stats-view.ts';
import type { TimelineEntry, TimelineView } from './timeline-view.ts';

/** What each field of plans, previews, timelines, numbers and copies means. */
export const PLAN_NOTES = {
  Plan: {
    campaignId: 'Which campaign, or which notice.',
    kind: 'Which kind of mail.',
    occasion: 'What it is sent for: the `runId` of its run. Absent where that differs for each person or request.',
    firesAt: 'When it fires, fired, or would fire.',
    when: 'The same as people read it, in the event’s zone.',
    state:
      '`planned`, `running`, `waiting` (something stops it), `finished`; `not-planned` where no clock will fire it, `by-hand` or `on-registration` where none is to.',
    note: 'What else there is to know, in a sentence.',
    counts: 'How many people each outcome has, of everybody. On the first page only.',
    people: 'One page of people, in no particular order.',
    next: 'Where the next page begins.',
  } satisfies Notes<typeof PlanView>,
  PlanCounts: {
    willBeSent: 'Will be sent when it fires.',
    sent: 'Was sent, on its own or with another mail.',
    waiting: 'Waits for the end of a pause, or for another mail.',
    skipped: 'Is not sent, or was not, by reason.',
    failed: 'Could not be sent.',
    held: 'Waits for your decision: nobody knows whether it arrived.',
    inDoubt: 'Is on its way, or nobody knows yet whether it went.',
    notAddressed: 'It is not for them.',
  } satisfies Notes<typeof PlanCounts>,
  PlannedPerson: {
    registrationId: 'Whose.',
    name: 'Their name, for keys with `registrations:read`.',
    outcome: 'What became of the mail, or will.',
    at: 'When it is sent, or since when it is as it is.',
    reason: 'Why it is not sent, what it waits for, or the mail that brings it along.',
  } satisfies Notes<typeof PlannedPerson>,
  Preview: {
    subject: 'The subject.',
    html: 'The mail as most programs show it.',
    text: 'The mail in plain text.',
  } satisfies Notes<typeof Preview>,
  TestSend: {
    campaignId: 'What is tested.',
    to: 'Where it goes: the organiser’s address.',
    reachable: 'Whether this stage sends mail to that address at all.',
  } satisfies Notes<typeof TestSent>,
  Timeline: {
    registrationId: 'Whose.',
    entries: 'Oldest first, what is to come last.',
  } satisfies Notes<typeof TimelineView>,
  TimelineEntry: {
    at: 'When, or since when.',
    what: 'What it is about. `mail` is one of the past, `released` that somebody had one sent again that had failed.',
    mail: 'Which kind of mail.',
    campaignId: 'Of which campaign, if it is of one.',
    occasion: 'What it was, or is, sent for.',
    state: 'What became of it.',
    attempts: 'How often somebody set out to send it.',
    reason: 'Why it is not sent, what it waits for, or the mail that brought it along.',
    note: 'The same in a sentence.',
  } satisfies Notes<typeof TimelineEntry>,
  Stats: {
    attendance: 'Who came, once that can be said of the event.',
    seats: 'Of events with a capacity.',
    survey: 'How many answered the survey, those erased since included, and from when until when they can.',
    campaigns: 'Campaigns and notices that have run.',
  } satisfies Notes<typeof StatsView>,
  CampaignStats: {
    campaignId: 'Which campaign, or which notice.',
    kind: 'Which kind of mail.',
    runs: 'Each run, the earliest first.',
    totals: 'All runs together.',
  } satisfies Notes<typeof CampaignStats>,
  Cloning: {
    slug: 'The end of the page’s address. Made from title and date if left out.',
    title: 'What the copy is called.',
    startsAt: 'Wall time in `timeZone`, without an offset.',
    endsAt: 'Wall time in `timeZone`; 31 days after the start at most.',
    timeZone: 'An IANA name.',
    place: 'Where, in words.',
    format: 'How people take part.',
  } satisfies Notes<typeof Cloning>,
};

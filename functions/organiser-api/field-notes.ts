import * as z from 'zod';
import type { NewEvent } from '#shared/domain/edit-event.ts';
import type { Speaker } from '#shared/domain/event.ts';
import { EventPatch } from '#shared/domain/event-patch.ts';
import type { GivenQuestion } from '#shared/domain/question.ts';
import type { registrationForm } from '#shared/domain/registration-details.ts';
import type { RegistrationPatch } from '#shared/domain/registration-patch.ts';
import { CAMPAIGN_NOTES } from './campaign-notes.ts';
import { DELIVERIES_NOTES } from './deliveries-notes.ts';
import type { EventSummary, EventView } from './event-view.ts';
import { FORECAST_NOTES } from './forecast-notes.ts';
import { JOB_NOTES } from './job-notes.ts';
import { PLAN_NOTES } from './plan-notes.ts';
import type { DeliveryView, EarlierAddress, RegistrationReceipt, RegistrationView } from './registration-view.ts';
import type { SendingView } from './sending-docs.ts';
import { SURVEY_NOTES } from './survey-notes.ts';

/** What each field of a schema means: a field without a note does not compile. */
export type Notes<Schema extends z.ZodObject> = Readonly<Record<keyof Schema['shape'], string>>;

const patchable: Notes<typeof EventPatch> = {
  title: 'What the event is called.',
  strapline: 'One line below the title.',
  visibility: '`unlisted` events are left out of the catalogue; whoever has the address can see them.',
  speakers: 'Who speaks, the key speaker first.',
  topics: 'What it is about; visitors find events by topic.',
  capacity: 'Seats. Left out: as many people as like. A full event has a waitlist.',
  confirmAddress: 'Not available yet.',
  registrationClosesAt: 'Wall time; the end of the event if left out.',
  onePlacePer: '`address-and-name` lets people who share a mailbox register one by one.',
  questions: 'The event’s own questions on the registration form.',
  joining: 'How to join online. People get a personal link, never this address, so it may change at any time.',
  recordingUrl: 'Where the recording is.',
  survey: 'What people are asked after the event. Left out, what most organisers ask; without questions, nothing.',
  attendedFrom:
    'What counts as attended: `joined`, or `provider-minutes:30` for so many minutes by the provider’s report.',
  organiser:
    'Who answers: mails name this person, and replies go there. Tests and alerts do once `proved`: its owner pressed the button of a mail that asks once for all events.',
  retentionDays: 'Days after the end until people’s data is deleted.',
  description: 'Markdown.',
  programme: 'The running order, a line each.',
  audience: 'Who should attend, a line each.',
  privacyNotice: 'Shown on the registration form; its version is kept with each registration.',
  startsAt: 'Wall time in `timeZone`, without an offset.',
  endsAt: 'Wall time in `timeZone`; 31 days after the start at most.',
  timeZone: 'An IANA name. `GMT` for a summer’s day is refused: London is on BST then.',
  place: 'Where, in words: a room and town, or “Webinar”.',
  format: 'How people take part.',
};

const { description, programme, audience, privacyNotice, ...short } = patchable;

const summary: Notes<typeof EventSummary> = {
  ...short,
  state: 'What was decided; `phase` adds the clock.',
  eventId: 'For life.',
  slug: 'The end of the page’s address.',
  startInstant: 'The start in UTC.',
  endInstant: 'The end in UTC.',
  revision: 'Rises with every edit; the `ETag`.',
  scheduleRevision: 'Rises when time, zone, place, format or state changes after publication.',
  createdAt: 'When the draft was made.',
  publishedAt: 'When it was published.',
  phase: 'The state and the clock together.',
  when: 'Date, times and zone as people read them.',
  registrationOpen: 'Whether people can register now.',
  registrationClosedBecause: 'Why not, as visitors read it.',
  noticeAt: 'When people are told of the last change, while that lies ahead. Another edit until then is told with it.',
  attendanceFinalAt: 'Since when it is final who came, once an import or you said so. Else it is a day after the end.',
  attendanceImportedAt: 'When the provider’s report was last imported.',
  purgedAt: 'When what is kept about its people was deleted: `retentionDays` after the end.',
  seats: 'Of events with a capacity: seats taken, free for newcomers, and people waiting.',
  removedQuestions: 'Questions that are not asked any more, and have answers.',
  unexplainedAnswers:
    'How many people’s answers to a question marked `segment` name what never was one of its options: they belong to no audience by it.',
  paused: 'Whether mail about it is stopped.',
  links: 'Where to go on.',
};

const question: Notes<typeof GivenQuestion> = {
  id: 'Names the answer; unique within the event.',
  label: 'The question as people read it.',
  type: 'How it is answered.',
  required: 'Whether it must be answered.',
  options:
    'What to choose from: for `choice` and `choices` only. Text, or `{ id, label }`: with its id an option keeps who chose it under another name; text is the option of that name, or a new one.',
  segment: 'Whether audiences of mail may be chosen by the answer.',
};

function isRemovable(field: string): boolean {
  const schema = EventPatch.shape[field as keyof typeof EventPatch.shape];
  return schema.unwrap() instanceof z.ZodNullable;
}

/** By component of the document, then by field. */
export const FIELD_NOTES = {
  ...CAMPAIGN_NOTES,
  ...FORECAST_NOTES,
  ...JOB_NOTES,
  ...DELIVERIES_NOTES,
  ...PLAN_NOTES,
  ...SURVEY_NOTES,
  NewEvent: {
    ...patchable,
    slug: 'The end of the page’s address. Made from title and date if left out.',
  } satisfies Notes<typeof NewEvent>,
  EventPatch: Object.fromEntries(
    Object.entries(patchable).map(([field, note]) => [
      field,
      isRemovable(field) ? `${note} \`null\` removes it.` : note,
    ]),
  ),
  EventSummary: summary,
  Event: { ...summary, description, programme, audience, privacyNotice } satisfies Notes<typeof EventView>,
  Speaker: {
    name: 'As it reads on the page.',
    role: 'What they do.',
    organisation: 'For whom.',
  } satisfies Notes<typeof Speaker>,
  Question: question,
  QuestionOutput: question,
  AskedQuestion: question,
  Registration: {
    registrationId: 'For life.',
    eventId: 'Which event.',
    status: '`applied` is not decided yet.',
    name: 'As they typed it.',
    email: 'Lower-case, host in ASCII.',
    organisation: 'For whom they work.',
    jobTitle: 'What they do.',
    answers: 'To the event’s own questions, by id; options by what they are called now.',
    removedQuestions: 'What those of them were that are not asked any more, by id.',
    registeredAt: 'When; the last time, for somebody who came back.',
    cancelledAt: 'When they gave up their place.',
    timeZone: 'Their browser’s.',
    privacyVersion: 'The privacy notice they saw.',
    earlierAddresses: 'Where the registration was before, for as long as somebody there may object; oldest first.',
    objectedAt:
      'Somebody at an earlier address said then that the move was not theirs: the address stays until you lift that.',
    muted: 'No optional mail, please.',
    bounced: 'Their mailbox refused mail for good.',
    attendance: 'Whether they came; `unknown` until that is final, and where nobody can tell.',
    evidence:
      'What is known of their coming: `none`, `opened` (stood at the gate before there was a way in), `joined`, or `provider-confirmed` by an imported report.',
    joinedAt: 'When they were first let in.',
    minutes: 'How long they were there, by the provider’s report.',
    deliveries: 'What became of every mail, oldest first.',
    owed: 'Mails still to be sent, not before that instant, and whether a seat is still to be decided.',
  } satisfies Notes<typeof RegistrationView>,
  RegistrationReceipt: {
    registrationId: 'For life.',
    eventId: 'Which event.',
    status: '`applied` is not decided yet.',
    revision: 'What an edit names: the `ETag`.',
  } satisfies Notes<typeof RegistrationReceipt>,
  EarlierAddress: {
    email: 'The address.',
    leftAt: 'When the registration moved away from it.',
    keptUntil: 'Until when somebody there may object; then it is deleted.',
    objected: 'Whether somebody there has.',
  } satisfies Notes<typeof EarlierAddress>,
  RegistrationForm: {
    name: 'Without links, brackets or symbols: it goes into mail.',
    email: 'Where the mails go; one place per address.',
    organisation: 'For whom they work.',
    jobTitle: 'What they do.',
    answers: 'To the event’s own questions, by id.',
    timeZone: 'Their IANA time zone; mails show their own time, too. An unknown one is passed over.',
  } satisfies Notes<ReturnType<typeof registrationForm>>,
  Delivery: {
    mail: 'Which kind: `confirmation`, `reminder`, `change`, `resend`, ….',
    campaignId: 'Of which campaign, if it is of one.',
    occasion: 'What it was sent for; one mail per kind and occasion.',
    state:
      '`claimed` (being sent, or in doubt), `sent`, `delivered`, `bounced`, `complained`, `failed`, `skipped`, `merged`, `held`.',
    at: 'Since when.',
    attempts: 'How often somebody set out to send it.',
    reason: 'Why it was skipped, failed or held.',
    scheduleRevision: 'The schedule it told.',
  } satisfies Notes<typeof DeliveryView>,
  RegistrationPatch: {
    name: 'As they write it.',
    email: 'Where their mail goes from now on.',
    organisation: 'For whom they work.',
    jobTitle: 'As what.',
    timeZone: 'Mails tell times there, too: an IANA name.',
    answers: 'By the id of the question; `null` removes an answer, what is not named stays.',
  } satisfies Notes<typeof RegistrationPatch>,
  Sending: {
    paused: 'Whether all mail is stopped.',
    changedAt: 'Since when.',
    reason: 'What whoever stopped it said.',
  } satisfies Notes<typeof SendingView>,
};

/** By operation and parameter, or by parameter alone. */
export const PARAMETER_NOTES = {
  eventId: 'Which event.',
  registrationId: 'Which registration.',
  jobId: 'Which job.',
  campaignId: 'Which campaign: its number. Of what has runs also a notice: `change`, `postponed` or `cancelled`.',
  runId: 'Which run: what the campaign is sent for.',
  slug: 'The end of the address of the event’s page.',
  'if-match': 'The `ETag` of the revision that is meant, such as `"3"`.',
  'idempotency-key':
    'A name for this request that no other request of yours has, such as a UUID. Sent again, it finds what it did.',
  cursor: '`next` of the page before. The filters must be the same.',
  limit: 'How many a page has at most.',
  'previewCampaign.registrationId': 'As whom; as a made-up person if left out.',
  dryRun: '`true`: say what it would cause, and change nothing.',
  'listEvents.status': 'A state, or what the clock makes of `published`: upcoming, live, ended.',
  'listEvents.q': 'Words that all occur in title, strapline, slug, place, topics or speakers.',
  'listEvents.from': 'The first day of start, in each event’s own zone.',
  'listEvents.to': 'The last day of start.',
  'listRegistrations.status': 'Only these.',
  'getSurveyResults.cursor': '`next` of the page before.',
  'getSurveyResults.limit': 'How many answers a page looks at, at most.',
  'getSurveyResultsCsv.cursor': 'As it is in `Link` of the part before.',
  parts: '`true`: only as many answers as fit, with a `Link` to the next.',
  'listDeliveries.state': '`failed` if left out, or `held`.',
  'listDeliveries.kind': 'Only mails of this kind.',
  'listDeliveries.campaign': 'Only mails of the campaign with this number.',
  'listDeliveries.reason': 'Only those with this reason.',
  'listRegistrations.attendance': 'Only these. Everybody is `unknown` until it is final.',
};

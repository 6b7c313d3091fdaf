import * as z from 'zod';
import type { RouteDocs } from '#shared/http/route.ts';
import { registrationExample, registrationsExample, resentExample } from './examples.ts';
import { RegistrationReceipt, RegistrationView } from './registration-view.ts';
import { timelineExample } from './timeline-example.ts';
import { TimelineView } from './timeline-view.ts';

const tag = 'Registrations';
const ETAG = { etag: 'The revision of what they said of themselves, as `If-Match` takes it: `"3"`.' };

/** What acts on a person answers. */
const Shown = z.union([RegistrationView, RegistrationReceipt]);
const TO_WHOM = 'Keys without `registrations:read` get ids, status and revision in answer.';

const RegistrationPage = z.object({ registrations: z.array(RegistrationView), next: z.string().optional() });

export const listRegistrationsDocs: RouteDocs = {
  operationId: 'listRegistrations',
  tag,
  summary: 'List the people of an event',
  description:
    'Each with what they answered and what became of every mail to them, in no particular order. A page may hold fewer people than `limit`, even none: there are more as long as `next` is there.',
  answer: { status: 200, description: 'One page.', schema: RegistrationPage, example: registrationsExample },
};

export const timelineDocs: RouteDocs = {
  operationId: 'getTimeline',
  tag,
  summary: 'Why did she not get it?',
  description:
    'What happened to one person, every mail to them and what is to come, oldest first, each with a sentence. What is to come is what the sender would decide if nothing changed until then.',
  answer: { status: 200, description: 'The timeline.', schema: TimelineView, example: timelineExample },
};

export const resendDocs: RouteDocs = {
  operationId: 'resendRegistration',
  tag,
  summary: 'Mail somebody their registration again',
  description: `The mail shows how things stand when it is sent, with the links to manage the registration. Asking twice before it went out is one mail. A first mail that was dropped, because too many were asked for to the mailbox, is what goes instead; from then on nothing more is kept from the person. ${TO_WHOM}`,
  answer: { status: 202, description: 'The mail is owed.', schema: Shown, example: resentExample },
  refusals: ['mail-under-way'],
};

export const getRegistrationDocs: RouteDocs = {
  operationId: 'getRegistration',
  tag,
  summary: 'See one person',
  description: 'All that is kept about them: what they ask for when they ask what you know.',
  answer: {
    status: 200,
    description: 'The registration.',
    schema: RegistrationView,
    example: registrationExample,
    headers: ETAG,
  },
};

export const patchRegistrationDocs: RouteDocs = {
  operationId: 'patchRegistration',
  tag,
  summary: 'Correct what somebody said of themselves',
  description: `What is left out stays, \`null\` removes it. Another address moves the registration there at once: every earlier link is dead, and the first mail goes anew to the new address. The earlier address is told, once, and whoever reads it may object for seven days: from then on the address stays as it is until you lift that. It moves three times within seven days at most. ${TO_WHOM}`,
  requests: { 'a typo in the address': { email: 'ada@example.org' }, 'another answer': { answers: { dietary: null } } },
  answer: {
    status: 200,
    description: 'As corrected.',
    schema: Shown,
    example: registrationExample,
    headers: ETAG,
  },
  refusals: ['address-taken', 'mail-under-way', 'move-objected', 'moved-too-often'],
};

export const liftObjectionDocs: RouteDocs = {
  operationId: 'liftObjection',
  tag,
  summary: 'Decide about an objection to a move',
  description: `Somebody at an earlier address has said that the move was not theirs: \`objectedAt\` says when, \`earlierAddresses\` from where. Nothing has moved back, and the address stays as it is. Look into it, then lift the objection: the address can be corrected again, and the link to object is dead for who has been heard. Nobody is mailed. Where nobody has objected, nothing changes. ${TO_WHOM}`,
  answer: {
    status: 200,
    description: 'With the objection lifted.',
    schema: Shown,
    example: registrationExample,
    headers: ETAG,
  },
};

export const cancelRegistrationDocs: RouteDocs = {
  operationId: 'cancelRegistration',
  tag,
  summary: 'Give up somebody’s place',
  description: `They are told by mail, and the next in line gets the place. Asking twice changes nothing more. ${TO_WHOM}`,
  answer: {
    status: 200,
    description: 'As cancelled.',
    schema: Shown,
    example: registrationExample,
    headers: ETAG,
  },
  refusals: ['event-over'],
};

export const eraseRegistrationDocs: RouteDocs = {
  operationId: 'eraseRegistration',
  tag,
  summary: 'Erase somebody',
  description:
    'Name, address, answers and the list of mails are deleted, and the place goes to the next in line. No mail tells them. It cannot be undone.',
  answer: { status: 204, description: 'They are gone; a seat they held is given on in a moment.' },
};

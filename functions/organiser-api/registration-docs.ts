import * as z from 'zod';
import type { RouteDocs } from '#shared/http/route.ts';
import { registrationsExample, resentExample } from './examples.ts';
import { RegistrationView } from './registration-view.ts';
import { timelineExample } from './timeline-example.ts';
import { TimelineView } from './timeline-view.ts';

const tag = 'Registrations';

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
  description:
    'The mail shows how things stand when it is sent, with the links to manage the registration. Asking twice before it went out is one mail.',
  answer: { status: 202, description: 'The mail is owed.', schema: RegistrationView, example: resentExample },
  refusals: ['mail-under-way'],
};

import * as z from 'zod';
import type { RouteDocs } from '#shared/http/route.ts';
import { planExample, previewExample, testSendExample } from './plan-examples.ts';
import { PlanView } from './plan-view.ts';

const tag = 'Campaigns';

/** A mail as somebody would read it. */
export const Preview = z.object({ subject: z.string(), html: z.string(), text: z.string() }).meta({ id: 'Preview' });

/** A test that is on its way. */
export const TestSent = z
  .object({ campaignId: z.string(), to: z.string(), reachable: z.boolean() })
  .meta({ id: 'TestSend' });

export const planDocs: RouteDocs = {
  operationId: 'planCampaign',
  tag,
  summary: 'Who gets it, who does not, and why',
  description:
    'Before anything is sent: for each person whether the mail will be sent and when, was sent, waits, or is skipped and why. It is what the sender itself would decide if nothing changed until then. Also of the notices `change`, `postponed` and `cancelled`, by their kind in place of a number. One that is sent by hand is planned as if it were triggered now. The counts are of everybody and come with the first page only; names are shown to keys with `registrations:read`.',
  answer: { status: 200, description: 'The plan, and one page of people.', schema: PlanView, example: planExample },
};

export const previewDocs: RouteDocs = {
  operationId: 'previewCampaign',
  tag,
  summary: 'The mail as somebody would get it',
  description:
    'As it reads when it fires. Without a `registrationId` it goes to a made-up Ada Example; with one it needs `registrations:read`, too. Its personal links lead nowhere.',
  answer: { status: 200, description: 'The mail.', schema: Preview, example: previewExample },
};

export const testSendDocs: RouteDocs = {
  operationId: 'testSendCampaign',
  tag,
  summary: 'Send the mail to the organiser',
  description:
    'To the address of the event’s organiser and nobody else, whatever the state of campaign and event. Ten of them may be on their way at once.',
  answer: { status: 202, description: 'The test is owed.', schema: TestSent, example: testSendExample },
  refusals: ['mail-under-way', 'organiser-not-proved'],
};

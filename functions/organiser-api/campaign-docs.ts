import * as z from 'zod';
import type { RouteDocs } from '#shared/http/route.ts';
import { campaignExample, campaignsExample, confirmationExample, newCampaignExample } from './campaign-examples.ts';
import { CampaignView } from './campaign-view.ts';

const tag = 'Campaigns';
const ETAG = { etag: 'The revision, as `If-Match` takes it: `"3"`.' };

const answer = (description: string, example: () => unknown = campaignExample): RouteDocs['answer'] => ({
  status: 200,
  description,
  schema: CampaignView,
  example,
  headers: ETAG,
});

export const createCampaignDocs: RouteDocs = {
  operationId: 'createCampaign',
  tag,
  summary: 'Make a campaign',
  description:
    'A draft, unless `state` says `active`. `firing` of the answer says whether it is armed, when it fires, and if not, why: switching on is not sending, so one whose time has passed is taken and mails nobody. `P…D` and `P…W` count calendar days in the event’s zone, `PT…` is elapsed time. A time that the clocks skip moves forward, one that they repeat means the earlier. An audience that matches nobody is allowed.',
  requests: {
    'The day before': newCampaignExample,
    'An hour before': {
      name: 'One hour before',
      kind: 'reminder',
      state: 'active',
      trigger: { before: 'start', offset: 'PT1H' },
    },
    'By hand': {
      name: 'Room change',
      kind: 'announcement',
      state: 'active',
      trigger: { manual: true },
      audience: { status: ['confirmed', 'waitlisted'] },
      template: { subject: 'We meet in Room 3', body: 'The lift is out of order: please use the stairs.' },
    },
  },
  answer: {
    ...answer('The campaign.'),
    status: 201,
    headers: { ...ETAG, location: 'Where the campaign is from now on.' },
  },
  refusals: ['invalid-trigger', 'invalid-audience', 'invalid-template', 'template-too-long', 'too-many-campaigns'],
};

export const listCampaignsDocs: RouteDocs = {
  operationId: 'listCampaigns',
  tag,
  summary: 'List the campaigns of an event',
  description: 'All of them by number: an event has 50 at most. Number 1 is the confirmation.',
  answer: {
    status: 200,
    description: 'The campaigns.',
    schema: z.object({ campaigns: z.array(CampaignView) }),
    example: campaignsExample,
  },
};

export const getCampaignDocs: RouteDocs = {
  operationId: 'getCampaign',
  tag,
  summary: 'One campaign',
  answer: answer('The campaign.', confirmationExample),
};

export const patchCampaignDocs: RouteDocs = {
  operationId: 'editCampaign',
  tag,
  summary: 'Edit a campaign',
  description:
    'What is left out stays as it is; trigger, audience and template are replaced as a whole; `template: null` goes back to the built-in words. The kind is for life. An edit arms it anew, and only if its time lies ahead: `firing` says so. To change `state` between `active` and `paused` and nothing else is to pause or to resume.',
  requests: {
    Activate: { state: 'active' },
    'Another time': { trigger: { before: 'start', offset: 'P2D', at: '10:00' } },
    'Built-in words': { template: null },
  },
  answer: answer('The campaign as it is now.'),
  refusals: ['invalid-trigger', 'invalid-audience', 'invalid-template', 'template-too-long'],
};

export const deleteCampaignDocs: RouteDocs = {
  operationId: 'deleteCampaign',
  tag,
  summary: 'Delete a campaign that never ran',
  description: 'The confirmation stays, and so does one that has a run: what became of its mails is kept.',
  answer: { status: 204, description: 'It is gone.' },
  refusals: ['campaign-kept'],
};

export const pauseCampaignDocs: RouteDocs = {
  operationId: 'pauseCampaign',
  tag,
  summary: 'Stop a campaign',
  description:
    'No mail of it starts on its way later than two seconds after the answer. It stays armed; what it owes waits. Pausing twice is harmless.',
  answer: answer('The campaign is stopped.', () => ({ ...campaignExample(), state: 'paused' })),
  refusals: ['invalid-transition'],
};

export const resumeCampaignDocs: RouteDocs = {
  operationId: 'resumeCampaign',
  tag,
  summary: 'Let a campaign send again',
  description: 'Sends what is still owed, once. Resuming arms nothing that was not armed before.',
  answer: answer('The campaign sends.'),
  refusals: ['invalid-transition'],
};

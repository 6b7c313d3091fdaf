import * as z from 'zod';
import { RELEASES } from '#shared/domain/release.ts';
import type { RouteDocs } from '#shared/http/route.ts';
import { REGISTRATION_ID, runExample, startedExample } from './campaign-examples.ts';
import { TriggerForecast } from './forecast-view.ts';
import { RunView } from './run-view.ts';

const tag = 'Campaigns';
const Count = z.int().min(0);

/** What became of held mails that were to be released. */
export const Released = z
  .object({ action: z.enum(RELEASES), owed: Count, dropped: Count, skipped: Count, more: z.boolean() })
  .meta({ id: 'Released' });

export const triggerDocs: RouteDocs = {
  operationId: 'triggerCampaign',
  tag,
  summary: 'Send a campaign now',
  description:
    'Starts a run at once. An announcement is sent anew for every `Idempotency-Key`; every other kind is sent for what it is for at present, early and once. A request that is repeated with its key starts nothing and finds its run. The same words to the same people within a day are a slip of the hand, whatever the key: 409, which names the first run, unless the request says `"again": true`. While the event, or everything, is paused, the run waits. More than 1,000 people are reached only by a request that says with `expect` how many; `dryRun`, in query or body, tells the number, and sends nothing.',
  requests: {
    'As it is': {},
    'Only as it was read': { revision: 3 },
    'To many': { expect: 4120 },
    'Once more, and meant': { again: true },
  },
  answer: {
    status: 202,
    description: 'The run has begun.',
    schema: RunView,
    example: startedExample,
    headers: { location: 'Where the run is.' },
    repeated: {
      status: 200,
      description: 'There is a run for it already: this one. Of a dry run: whom it would reach.',
      schema: z.union([RunView, TriggerForecast]),
    },
  },
  refusals: [
    'campaign-not-active',
    'event-not-published',
    'not-the-time',
    'stale-revision',
    'expectation-needed',
    'announced-already',
  ],
};

export const listRunsDocs: RouteDocs = {
  operationId: 'listRuns',
  tag,
  summary: 'List the runs of a campaign',
  description: 'All of them, the latest first.',
  answer: {
    status: 200,
    description: 'The runs.',
    schema: z.object({ runs: z.array(RunView) }),
    example: () => ({ runs: [runExample()] }),
  },
};

export const getRunDocs: RouteDocs = {
  operationId: 'getRun',
  tag,
  summary: 'How far a run is',
  description:
    'Counts are those of the latest pass over the people, and what was settled since; how the latter ended in detail is counted by the next pass, within a minute or two. Nobody of a finished run is open.',
  answer: { status: 200, description: 'The run.', schema: RunView, example: runExample },
};

export const releaseDocs: RouteDocs = {
  operationId: 'releaseRun',
  tag,
  summary: 'Decide about held mails',
  description:
    'A mail is held when nobody can know whether it was sent. `send` sends it again, at the risk that somebody has it twice, and only until `notAfter`; `drop` leaves it. Whoever is no longer addressed is skipped. Where `more` is true, call again for the rest.',
  requests: { 'Send all': { action: 'send' }, 'Drop one': { action: 'drop', registrationIds: [REGISTRATION_ID] } },
  answer: {
    status: 200,
    description: 'What became of them.',
    schema: Released,
    example: () => ({ action: 'send', owed: 3, dropped: 0, skipped: 1, more: false }),
  },
  refusals: ['campaign-not-active', 'event-not-published', 'not-the-time', 'stale-revision'],
};

import * as z from 'zod';
import type { RouteDocs } from '#shared/http/route.ts';
import { REGISTRATION_ID } from './campaign-examples.ts';
import { DeliveriesView } from './deliveries-view.ts';

const tag = 'Deliveries';
const Count = z.int().min(0);

/** What became of mails that were to be sent again. */
export const DeliveriesReleased = z
  .object({
    dryRun: z.literal(true).optional(),
    owed: Count,
    left: z.record(z.string(), Count),
    next: z.string().optional(),
  })
  .meta({ id: 'DeliveriesReleased' });

export const listDeliveriesDocs: RouteDocs = {
  operationId: 'listDeliveries',
  tag,
  summary: 'Which mails failed, and why',
  description:
    'Mails of every kind that the mail service refused for good (`failed`), or of which nobody can know whether they were sent (`held`): how many for each kind and reason, how many of them a release would send, and why not the others; and a page of people. A mail that another one brought along is listed with it. Counts are of everybody, mail to the organiser included, and come with the first page only; names are shown to keys with `registrations:read`. A page may hold fewer people than `limit`, even none: there are more as long as `next` is there.',
  answer: {
    status: 200,
    description: 'The counts, and one page of people.',
    schema: DeliveriesView,
    example: (): DeliveriesView => ({
      state: 'failed',
      counts: [
        {
          mail: 'confirmation',
          campaignId: '1',
          reason: 'MessageRejected',
          count: 3,
          releasable: 2,
          left: { 'registration-cancelled': 1 },
        },
      ],
      people: [
        {
          registrationId: REGISTRATION_ID,
          mails: [
            {
              mail: 'confirmation',
              campaignId: '1',
              occasion: 'a1',
              reason: 'MessageRejected',
              at: '2026-01-08T11:20:34Z',
              releasable: true,
            },
          ],
        },
      ],
    }),
  },
};

export const releaseDeliveriesDocs: RouteDocs = {
  operationId: 'releaseDeliveries',
  tag,
  summary: 'Send again what failed',
  description:
    'Once the cause is mended. Of the mails that are picked by state, kind, campaign and reason, each is owed again: under its own key, so once whoever else asks for it; while mail is paused it waits; and it goes at the pace of all mail. What would not be sent by the rules is left as it is and counted by its reason: `expired` if it would come too late. Mails that are `held` may have arrived, so somebody may have them twice. More than 1,000 are sent only by a request that says with `expect` how many at most; `dryRun=true` tells the number, and sends nothing. Where `next` is there, send the same request with it as `cursor`: it goes on, and leaves alone what failed again meanwhile.',
  requests: {
    'All that failed': {},
    'Confirmations that were refused': { kinds: ['confirmation'], reasons: ['MessageRejected'] },
    'Of which nobody knows': { state: 'held', campaigns: ['2'], expect: 1200 },
  },
  answer: {
    status: 200,
    description: 'How many are owed again, and how many are left.',
    schema: DeliveriesReleased,
    example: () => ({ owed: 41, left: { expired: 2 } }),
  },
  refusals: ['stale-revision', 'expectation-needed'],
};

import * as z from 'zod';
import type { RouteDocs } from '#shared/http/route.ts';

const tag = 'Sending';

/** Whether mail may flow, for everything. */
export const SendingView = z
  .object({
    paused: z.boolean(),
    changedAt: z.iso.datetime().optional(),
    reason: z.string().optional(),
  })
  .meta({ id: 'Sending' });

const stopped = { paused: true, changedAt: '2026-01-12T10:00:00Z', reason: 'Wrong joining link in the reminder' };
const flowing = { paused: false, changedAt: '2026-01-12T10:25:00Z' };
const answer = (description: string, example: unknown): RouteDocs['answer'] => ({
  status: 200,
  description,
  schema: SendingView,
  example: () => example,
});

export const sendingDocs: RouteDocs = {
  operationId: 'getSending',
  tag,
  summary: 'Whether mail may flow',
  answer: answer('The state of the stop for everything.', flowing),
};

export const pauseDocs: RouteDocs = {
  operationId: 'pauseSending',
  tag,
  summary: 'Stop all mail',
  description:
    'No mail starts on its way later than two seconds after the answer. Nothing is lost: what is owed waits, and registrations go on.',
  requests: { 'With a reason': { reason: stopped.reason }, 'Without one': {} },
  answer: answer('Mail is stopped.', stopped),
};

export const resumeDocs: RouteDocs = {
  operationId: 'resumeSending',
  tag,
  summary: 'Let mail flow again',
  description: 'Sends everything that is still owed, once.',
  answer: answer('Mail flows.', flowing),
};

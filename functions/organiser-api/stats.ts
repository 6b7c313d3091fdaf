import { ok } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import type { Deps } from './deps.ts';
import { statsDocs } from './event-docs.ts';
import { found } from './no-such-event.ts';
import { EventPath } from './paths.ts';
import { campaignStats } from './stats-view.ts';
import { surveyTimes } from './survey-view.ts';

/** What was counted already: four readings, however many people there are. */
export const stats = ({ events, runs, seats, surveyAnswers }: Deps) =>
  route(
    'GET',
    '/api/v1/events/{eventId}/stats',
    { path: EventPath, scope: 'events:read', docs: statsDocs },
    async ({ path: { eventId } }) => {
      const event = found(await events.get(eventId));
      const { capacity } = event;
      const [all, counted, { responses }] = await Promise.all([
        runs.ofEvent(eventId),
        capacity === undefined ? undefined : seats.get(eventId),
        surveyAnswers.count(eventId),
      ]);
      const seated = counted && { seats: { capacity, taken: counted.taken, waiting: counted.waiting } };
      const survey = event.survey.questions.length > 0 && { survey: { responses, ...surveyTimes(event) } };
      return ok({ ...seated, ...survey, campaigns: campaignStats(all) });
    },
  );

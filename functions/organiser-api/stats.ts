import { ok } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import { attendanceView } from './attendance-view.ts';
import type { Deps } from './deps.ts';
import { statsDocs } from './event-docs.ts';
import { found } from './no-such-event.ts';
import { EventPath } from './paths.ts';
import { campaignStats } from './stats-view.ts';
import { surveyTimes } from './survey-view.ts';

/** What was counted already: five readings, however many people there are. Who came is counted once, when it is final. */
export const stats = ({ events, runs, seats, surveyAnswers, attendance, now: clock }: Deps) =>
  route(
    'GET',
    '/api/v1/events/{eventId}/stats',
    { path: EventPath, scope: 'events:read', docs: statsDocs },
    async ({ path: { eventId } }) => {
      const event = found(await events.get(eventId, { consistent: true }));
      const { capacity, state } = event;
      const now = Math.floor(clock() / 1000);
      const isTold = state === 'published';
      const [all, counted, came, { responses }] = await Promise.all([
        runs.ofEvent(eventId),
        capacity === undefined ? undefined : seats.get(eventId),
        isTold ? attendance.counts(event, now) : undefined,
        surveyAnswers.count(eventId),
      ]);
      const seated = counted && { seats: { capacity, taken: counted.taken, waiting: counted.waiting } };
      const told = isTold && { attendance: attendanceView(event, now, came) };
      const survey = event.survey.questions.length > 0 && { survey: { responses, ...surveyTimes(event) } };
      return ok({ ...seated, ...told, ...survey, campaigns: campaignStats(all) });
    },
  );

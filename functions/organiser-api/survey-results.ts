import * as z from 'zod';
import { attendanceFinalAt, attendanceOf } from '#shared/domain/attendance.ts';
import type { Event } from '#shared/domain/event.ts';
import { resultsOf } from '#shared/domain/survey-results.ts';
import { ok } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { Deps } from './deps.ts';
import { meetEverybody } from './meet-everybody.ts';
import { found } from './no-such-event.ts';
import { Cursor, Limit } from './paging.ts';
import { EventPath } from './paths.ts';
import { surveyResultsDocs } from './survey-docs.ts';
import { hasClosed, surveyTimes, textsOf, unshownBecause } from './survey-view.ts';

const Query = z.strictObject({ cursor: Cursor.optional(), limit: Limit });
const Position = z.string().min(1).max(40);

/** What people answered: the numbers with the first page, and page by page what they wrote. */
export const surveyResults = (deps: Deps) =>
  route(
    'GET',
    '/api/v1/events/{eventId}/survey/results',
    { path: EventPath, query: Query, scope: 'events:read', docs: surveyResultsDocs },
    async ({ path: { eventId }, query: { cursor, limit } }) => {
      const event = found(await deps.events.get(eventId, { consistent: true }));
      const listing = JSON.stringify(['survey-texts', eventId]);
      const after = readCursor(cursor, listing, Position);
      const { responses } = await deps.surveyAnswers.count(eventId);
      const isShown = unshownBecause(event, { responses, now: deps.now() }) === undefined;
      const page = isShown ? await deps.surveyAnswers.page(eventId, { after, limit }) : { answers: [] };
      return ok({
        anonymous: event.survey.anonymous,
        ...surveyTimes(event),
        ...(cursor === undefined && { numbers: await numbersOf(deps, event) }),
        texts: textsOf(event, page.answers),
        ...('after' in page && page.after !== undefined && { next: writeCursor(page.after, listing) }),
      });
    },
  );

/** After a purge those that were kept before it. */
async function numbersOf({ surveyAnswers, registrations, now }: Deps, event: Event) {
  const kept = event.purgingAt === undefined ? undefined : (await surveyAnswers.count(event.eventId)).results;
  const results = kept ?? resultsOf(event.survey, await surveyAnswers.totals(event), hasClosed(event, now()));
  const nowEpoch = Math.floor(now() / 1000);
  let [confirmed, attended] = [0, 0];
  await meetEverybody({ registrations }, event.eventId, (row) => {
    if (row.status === 'confirmed') confirmed++;
    if (attendanceOf(event, row, nowEpoch) === 'attended') attended++;
  });
  return {
    ...results,
    confirmed,
    ...(nowEpoch >= attendanceFinalAt(event) && { attended }),
    ...(confirmed > 0 && { responseRate: Math.round((results.responses / confirmed) * 1000) / 1000 }),
  };
}

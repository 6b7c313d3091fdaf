import * as z from 'zod';
import { BYTE_ORDER_MARK } from '#shared/csv/csv-line.ts';
import { Refusal } from '#shared/domain/errors.ts';
import { csvFile } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { Deps } from './deps.ts';
import { found } from './no-such-event.ts';
import { Cursor } from './paging.ts';
import { EventPath } from './paths.ts';
import { seesPeople } from './show-registration.ts';
import { surveyCsvDocs } from './survey-docs.ts';
import { answerRows } from './survey-rows.ts';
import { unshownBecause } from './survey-view.ts';

const Query = z.strictObject({ parts: z.literal('true').optional(), cursor: Cursor.optional() });
const Position = z.string().min(1).max(40);
const PATH = '/api/v1/events/{eventId}/survey/results.csv';

/** Every answer as a line. People are named to who may see them, where the survey is not anonymous. */
export const surveyCsv = (deps: Deps) =>
  route(
    'GET',
    PATH,
    { path: EventPath, query: Query, scope: 'events:read', docs: surveyCsvDocs },
    async ({ path: { eventId }, query: { parts, cursor }, event: { caller } }) => {
      const event = found(await deps.events.get(eventId, { consistent: true }));
      const { responses } = await deps.surveyAnswers.count(eventId);
      const why = unshownBecause(event, { responses, now: deps.now() });
      if (why) throw new Refusal('survey-withheld', why);
      const listing = JSON.stringify(['survey-csv', eventId]);
      const after = readCursor(cursor, listing, Position);
      const mayName = seesPeople(caller);
      const { lines, next } = await answerRows(deps, event, { mayName, after });
      if (next !== undefined && !parts && !cursor) throw new Refusal('too-many-answers', TOO_MANY);
      const address = `${deps.siteUrl}${PATH.replace('{eventId}', eventId)}`;
      const more = next === undefined ? {} : { link: `<${address}?cursor=${writeCursor(next, listing)}>; rel="next"` };
      return csvFile(BYTE_ORDER_MARK + lines.join(''), `survey-${event.slug}.csv`, more);
    },
  );

const TOO_MANY =
  'The answers are more than fit into one file. Ask for ?parts=true, and follow the Link header to the next part.';

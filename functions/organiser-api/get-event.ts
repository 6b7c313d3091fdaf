import { route } from '#shared/http/route.ts';
import type { Deps } from './deps.ts';
import { getEventDocs } from './event-docs.ts';
import { EventPath } from './paths.ts';
import { answerWith, readWhole } from './whole-event.ts';

export const getEvent = (deps: Deps) =>
  route(
    'GET',
    '/api/v1/events/{eventId}',
    { path: EventPath, scope: 'events:read', docs: getEventDocs },
    async ({ path }) => answerWith(deps, await readWhole(deps, path.eventId)),
  );

import { withPause } from '#shared/domain/pause-event.ts';
import { type Route, route } from '#shared/http/route.ts';
import type { Deps } from './deps.ts';
import { pauseEventDocs, resumeEventDocs } from './event-docs.ts';
import { EventPath } from './paths.ts';
import { answerWith, revise } from './whole-event.ts';

const access = { path: EventPath, scope: 'events:write' } as const;

/** The stop for one event's mail: pull it, let go of it. */
export function pauseEvent(deps: Deps): Route[] {
  const change = async (eventId: string, paused: boolean) =>
    answerWith(
      deps,
      await revise(deps, eventId, 'any', ({ event, text }) => {
        const next = withPause(event, paused);
        return next && { event: next, text, fact: event.state === 'draft' ? undefined : 'event.changed' };
      }),
    );
  return [
    route('POST', '/api/v1/events/{eventId}/pause', { ...access, docs: pauseEventDocs }, ({ path }) =>
      change(path.eventId, true),
    ),
    route('POST', '/api/v1/events/{eventId}/resume', { ...access, docs: resumeEventDocs }, ({ path }) =>
      change(path.eventId, false),
    ),
  ];
}

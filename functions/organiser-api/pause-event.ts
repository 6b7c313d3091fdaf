import { withPause } from '#shared/domain/pause-event.ts';
import { type Route, route } from '#shared/http/route.ts';
import type { Deps } from './deps.ts';
import { pauseEventDocs, resumeEventDocs } from './event-docs.ts';
import { EventPath } from './paths.ts';
import { patiently, saved } from './patiently.ts';
import { answerWith, readWhole, type WholeEvent } from './whole-event.ts';

const access = { path: EventPath, scope: 'events:write' } as const;

/** The stop for one event's mail: pull it, let go of it. */
export function pauseEvent(deps: Deps): Route[] {
  const change = async (eventId: string, paused: boolean) =>
    answerWith(deps, await setEventPause(deps, eventId, paused));
  return [
    route('POST', '/api/v1/events/{eventId}/pause', { ...access, rate: 'never', docs: pauseEventDocs }, ({ path }) =>
      change(path.eventId, true),
    ),
    route('POST', '/api/v1/events/{eventId}/resume', { ...access, docs: resumeEventDocs }, ({ path }) =>
      change(path.eventId, false),
    ),
  ];
}

/** Stops an event's mail, or lets it flow: a write that no other edit can overtake, tried until it is in force. */
export const setEventPause = (
  deps: Pick<Deps, 'events' | 'now' | 'sleep' | 'chance'>,
  eventId: string,
  paused: boolean,
): Promise<WholeEvent> =>
  patiently(deps, async () => {
    const whole = await readWhole(deps, eventId);
    if (!withPause(whole.event, paused)) return whole;
    const isDone = await saved(deps.events.setPaused(whole.event, paused, Math.floor(deps.now() / 1000)));
    return isDone ? readWhole(deps, eventId) : undefined;
  });

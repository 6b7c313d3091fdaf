import type { Event } from '#shared/domain/event.ts';
import { cancelEvent, MoveNote, postpone, Rescheduling, reschedule } from '#shared/domain/move-event.ts';
import { instantAt } from '#shared/domain/time.ts';
import { ensureMatch, type IfMatch } from '#shared/http/if-match.ts';
import { ok } from '#shared/http/reply.ts';
import { type Route, route } from '#shared/http/route.ts';
import type { Deps } from './deps.ts';
import { forecastMove } from './forecast-move.ts';
import { cancelEventDocs, postponeEventDocs, rescheduleEventDocs } from './move-docs.ts';
import { EventPath } from './paths.ts';
import { undoCancel } from './undo-cancel.ts';
import { answerWith, readWhole, revise, viewWith } from './whole-event.ts';

const access = { path: EventPath, dryRun: true, ifMatch: 'optional', scope: 'events:write', rate: 'send' } as const;
const address = '/api/v1/events/{eventId}';
const Note = MoveNote.optional();

interface Move {
  readonly eventId: string;
  readonly ifMatch: IfMatch;
  /** The event after the move; undefined where it changes nothing. */
  readonly to: (event: Event) => Event | undefined;
}

/** What changes what people were told: another time or place, none for now, none at all. Each can be tried first. */
export function moveEvent(deps: Deps): Route[] {
  const moment = () => ({ now: Math.floor(deps.now() / 1000), timings: deps.timings });
  const answer = (dryRun: boolean, move: Move) => (dryRun ? tried(deps, move) : moved(deps, move));
  return [
    route(
      'POST',
      `${address}/reschedule`,
      { ...access, body: Rescheduling, docs: rescheduleEventDocs },
      ({ path, ifMatch, dryRun, body }) =>
        answer(dryRun, { ...path, ifMatch, to: (event) => reschedule(event, body, moment()) }),
    ),
    route(
      'POST',
      `${address}/postpone`,
      { ...access, body: Note, docs: postponeEventDocs },
      ({ path, ifMatch, dryRun, body }) =>
        answer(dryRun, { ...path, ifMatch, to: (event) => postpone(event, moment(), body) }),
    ),
    route(
      'POST',
      `${address}/cancel`,
      { ...access, body: Note, docs: cancelEventDocs },
      ({ path, ifMatch, dryRun, body }) =>
        answer(dryRun, { ...path, ifMatch, to: (event) => cancelEvent(event, moment(), body) }),
    ),
    undoCancel(deps),
  ];
}

async function moved(deps: Deps, { eventId, ifMatch, to }: Move) {
  const whole = await revise(deps, eventId, ifMatch, ({ event, text }) => {
    const next = to(event);
    return next && { event: next, text, fact: 'event.changed' };
  });
  return answerWith(deps, whole);
}

async function tried(deps: Deps, { eventId, ifMatch, to }: Move) {
  const { event: before, text } = await readWhole(deps, eventId);
  ensureMatch(ifMatch, before.revision);
  const next = to(before);
  const event = next ?? before;
  const { summary, ...forecast } = await forecastMove(deps, before, event);
  const noticeAt = next?.notice && { noticeAt: instantAt(next.notice.at) };
  return ok({ dryRun: true, summary, ...noticeAt, ...forecast, event: await viewWith(deps, { event, text }) });
}

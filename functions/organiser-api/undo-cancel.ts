import { Refusal } from '#shared/domain/errors.ts';
import { scheduleOccasion } from '#shared/domain/mail-key.ts';
import { undoCancel as takeBack } from '#shared/domain/move-event.ts';
import { route } from '#shared/http/route.ts';
import type { Deps } from './deps.ts';
import { undoCancelDocs } from './move-docs.ts';
import { EventPath } from './paths.ts';
import { answerWith, revise } from './whole-event.ts';

/** Takes a cancellation back, until the run exists by which people are told of it: both cannot be. */
export const undoCancel = (deps: Deps) =>
  route(
    'POST',
    '/api/v1/events/{eventId}/cancel/undo',
    { path: EventPath, ifMatch: 'optional', scope: 'events:write', docs: undoCancelDocs },
    async ({ path: { eventId }, ifMatch }) => {
      const whole = await revise(deps, eventId, ifMatch, async ({ event, text }) => {
        const next = takeBack(event, { now: Math.floor(deps.now() / 1000), timings: deps.timings });
        const notice = { eventId, campaignId: 'cancelled', occasion: scheduleOccasion(event) };
        if (await deps.runs.get(notice)) {
          throw new Refusal('invalid-transition', 'People are being told that it is cancelled: it is so for good');
        }
        return { event: next, text, fact: 'event.changed', unlessRun: notice };
      });
      return answerWith(deps, whole);
    },
  );

import { ensureStillAsked } from '#shared/domain/chosen-audience.ts';
import { editEvent } from '#shared/domain/edit-event.ts';
import { EventPatch } from '#shared/domain/event-patch.ts';
import { withOrganiserToProve } from '#shared/domain/organiser-proof.ts';
import { route } from '#shared/http/route.ts';
import { renderTexts } from '#shared/markdown/render-texts.ts';
import { askOrganiser } from './ask-organiser.ts';
import type { Deps } from './deps.ts';
import { patchEventDocs } from './event-docs.ts';
import { EventPath } from './paths.ts';
import { answerWith, revise } from './whole-event.ts';

export const patchEvent = (deps: Deps) =>
  route(
    'PATCH',
    '/api/v1/events/{eventId}',
    { path: EventPath, body: EventPatch, ifMatch: 'required', scope: 'events:write', docs: patchEventDocs },
    async ({ path, body, ifMatch, event: request }) => {
      const whole = await revise(deps, path.eventId, ifMatch, async ({ event, text }) => {
        const edited = editEvent(event, text, body);
        if (body.questions) ensureStillAsked(await deps.campaigns.list(path.eventId), event, edited.event);
        const fact = event.state === 'draft' ? undefined : 'event.changed';
        const own = deps.site.organiser.email;
        const next = withOrganiserToProve(edited.event, { before: event, own });
        return { event: next, text: renderTexts(edited.text), fact };
      });
      if (body.organiser && whole.event.state !== 'draft') await askOrganiser(deps, whole.event, request);
      return answerWith(deps, whole);
    },
  );

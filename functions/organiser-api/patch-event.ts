import { ensureStillAsked } from '#shared/domain/chosen-audience.ts';
import { editEvent } from '#shared/domain/edit-event.ts';
import { EventPatch } from '#shared/domain/event-patch.ts';
import { route } from '#shared/http/route.ts';
import { renderTexts } from '#shared/markdown/render-texts.ts';
import type { Deps } from './deps.ts';
import { patchEventDocs } from './event-docs.ts';
import { EventPath } from './paths.ts';
import { answerWith, revise } from './whole-event.ts';

export const patchEvent = (deps: Deps) =>
  route(
    'PATCH',
    '/api/v1/events/{eventId}',
    { path: EventPath, body: EventPatch, ifMatch: 'required', scope: 'events:write', docs: patchEventDocs },
    async ({ path, body, ifMatch }) =>
      answerWith(
        deps,
        await revise(deps, path.eventId, ifMatch, async ({ event, text }) => {
          const edited = editEvent(event, text, body);
          if (body.questions) ensureStillAsked(await deps.campaigns.list(path.eventId), event, edited.event);
          const fact = event.state === 'draft' ? undefined : 'event.changed';
          return { event: edited.event, text: renderTexts(edited.text), fact };
        }),
      ),
  );

import { route } from '#shared/http/route.ts';
import type { Deps } from './deps.ts';
import { createEventDocs } from './event-docs.ts';
import { newEventFor } from './new-event.ts';
import { createdDraft, saveDraft } from './save-draft.ts';

export const createEvent = (deps: Deps) =>
  route(
    'POST',
    '/api/v1/events',
    { body: newEventFor(deps.site), scope: 'events:write', everyEvent: true, docs: createEventDocs },
    async ({ body, settling }) => createdDraft(deps, await saveDraft(deps, body, { settling })),
  );

import { Cloning, clonedCampaigns, cloneOf } from '#shared/domain/clone-event.ts';
import { Refusal } from '#shared/domain/errors.ts';
import { scheduleFaults } from '#shared/domain/schedule.ts';
import { instantAt } from '#shared/domain/time.ts';
import { route } from '#shared/http/route.ts';
import type { Deps } from './deps.ts';
import { cloneEventDocs } from './event-docs.ts';
import { ensureNobodysLink } from './nobodys-link.ts';
import { EventPath } from './paths.ts';
import { createdDraft, saveDraft } from './save-draft.ts';
import { readWhole } from './whole-event.ts';

/** Makes a draft of the same event at another time. A key limited to some events could not see what it made. */
export const cloneEvent = (deps: Deps) =>
  route(
    'POST',
    '/api/v1/events/{eventId}/clone',
    { path: EventPath, body: Cloning, scope: 'events:write', everyEvent: true, docs: cloneEventDocs },
    async ({ path: { eventId }, body, settling }) => {
      const { event, text } = await readWhole(deps, eventId);
      const wish = cloneOf(event, text, body);
      ensureNobodysLink(wish);
      const [fault] = scheduleFaults(wish);
      if (fault) throw new Refusal('invalid-times', fault.message, fault.field);
      const now = instantAt(Math.floor(deps.now() / 1000));
      const campaigns = clonedCampaigns(await deps.campaigns.list(eventId), now);
      return createdDraft(deps, await saveDraft(deps, wish, { settling, campaigns }));
    },
  );

import { defaultCampaigns } from '#shared/domain/default-campaigns.ts';
import { publishEvent as publish } from '#shared/domain/edit-event.ts';
import { instantAt } from '#shared/domain/time.ts';
import { route } from '#shared/http/route.ts';
import { askOrganiser } from './ask-organiser.ts';
import type { Deps } from './deps.ts';
import { publishEventDocs } from './event-docs.ts';
import { EventPath } from './paths.ts';
import { answerWith, revise } from './whole-event.ts';

export const publishEvent = (deps: Deps) =>
  route(
    'POST',
    '/api/v1/events/{eventId}/publish',
    { path: EventPath, ifMatch: 'optional', scope: 'events:write', docs: publishEventDocs },
    async ({ path, ifMatch, event: request }) => {
      const whole = await revise(deps, path.eventId, ifMatch, async ({ event, text }) => {
        const now = instantAt(Math.floor(deps.now() / 1000));
        const published = publish(event, now);
        const campaigns = defaultCampaigns(await deps.campaigns.list(path.eventId), now);
        return { event: published, text, fact: 'event.published', campaigns };
      });
      await askOrganiser(deps, whole.event, request);
      return answerWith(deps, whole);
    },
  );

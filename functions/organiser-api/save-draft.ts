import type { Campaign } from '#shared/domain/campaign.ts';
import { draftEvent, type NewEvent } from '#shared/domain/edit-event.ts';
import { Refusal } from '#shared/domain/errors.ts';
import { newId, randomWord } from '#shared/domain/ids.ts';
import { withOrganiserToProve } from '#shared/domain/organiser-proof.ts';
import { slugFrom } from '#shared/domain/slug.ts';
import { instantAt } from '#shared/domain/time.ts';
import { etagOf } from '#shared/http/if-match.ts';
import { created } from '#shared/http/reply.ts';
import type { RouteInput } from '#shared/http/route.ts';
import { renderTexts } from '#shared/markdown/render-texts.ts';
import type { Deps } from './deps.ts';
import { eventView } from './event-view.ts';
import type { WholeEvent } from './whole-event.ts';

type Settling = RouteInput['settling'];

/**
 * Saves a draft under its slug, or under the first free one made from title and date; with these campaigns, or with its
 * confirmation.
 */
export async function saveDraft(
  { events, site, now, chance }: Pick<Deps, 'events' | 'site' | 'now' | 'chance'>,
  wish: NewEvent,
  { settling, campaigns }: { settling: Settling; campaigns?: readonly Campaign[] },
): Promise<WholeEvent> {
  const eventId = newId(chance);
  for (const slug of slugsFor(wish, () => randomWord(6, chance))) {
    const { event, text } = draftEvent(wish, { eventId, slug, now: instantAt(Math.floor(now() / 1000)) });
    const draft = {
      event: withOrganiserToProve(event, { own: site.organiser.email }),
      text: renderTexts(text),
    };
    try {
      await events.create(draft.event, draft.text, campaigns, settling({ status: 201, location: addressOf(eventId) }));
      return draft;
    } catch (error) {
      if (wish.slug !== undefined || !(error instanceof Refusal && error.code === 'slug-taken')) throw error;
    }
  }
  throw new Error('Even a slug made by chance was taken');
}

/** The answer to whoever made a draft. */
export const createdDraft = (deps: Pick<Deps, 'siteUrl' | 'now'>, { event, text }: WholeEvent) =>
  created(addressOf(event.eventId), eventView(event, text, { ...deps, seats: undefined }), {
    etag: etagOf(event.revision),
  });

const addressOf = (eventId: string): string => `/api/v1/events/${eventId}`;

const MOST_NUMBERED = 20;

/** `ada-2026-02-19`, `ada-2026-02-19-2`, …; after twenty of one name on one day, chance decides. */
function* slugsFor({ slug, title, startsAt }: NewEvent, word: () => string): Generator<string> {
  const first = slug ?? slugFrom(title, startsAt);
  yield first;
  for (let n = 2; n <= MOST_NUMBERED; n++) yield `${first}-${n}`;
  yield `${first}-${word()}`;
}

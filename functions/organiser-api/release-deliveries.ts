import * as z from 'zod';
import { SHARDS } from '#shared/domain/ids.ts';
import { ok } from '#shared/http/reply.ts';
import { type Again, type RouteInput, route } from '#shared/http/route.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { releaseDeliveriesDocs } from './deliveries-docs.ts';
import type { Deps } from './deps.ts';
import { EventPath, RegistrationId } from './paths.ts';
import { Releasing } from './pick-unsent.ts';
import { forecastRelease, releaseUnsent } from './release-unsent.ts';

/** Where the next call goes on, and since when this release has been under way. */
const Position = z.object({
  shard: z
    .int()
    .min(0)
    .max(SHARDS - 1),
  after: RegistrationId.optional(),
  since: z.int().min(0),
});

export const releaseDeliveries = (deps: Deps) => {
  const answer = async (eventId: string, asked: Asked) => {
    const { cursor, expect, ...picked } = asked.body;
    const listing = JSON.stringify(['release', eventId, picked]);
    const position = readCursor(cursor, listing, Position);
    const since = position?.since ?? asked.askedAt ?? Math.floor(deps.now() / 1000);
    const wish = { ...picked, eventId, expect, until: since, keyId: asked.event.caller?.keyId ?? '' };
    if (asked.dryRun) return ok({ dryRun: true, ...(await forecastRelease(deps, wish)) });
    const { next, ...counts } = await releaseUnsent(deps, { ...wish, from: position });
    return ok({ ...counts, ...(next && { next: writeCursor({ ...next, since }, listing) }) });
  };
  /**
   * What the first did is owed by now, and is no failure any more: a repeat finds the rest, and where to go on. What failed
   * again after the first was asked for waits for another word.
   */
  const again: Again = ({ path, ...repeat }) =>
    answer(EventPath.parse(path).eventId, { ...repeat, body: Releasing.parse(repeat.body) });
  return route(
    'POST',
    '/api/v1/events/{eventId}/deliveries/release',
    {
      path: EventPath,
      dryRun: true,
      body: Releasing.prefault({}),
      scope: 'campaigns:trigger',
      docs: releaseDeliveriesDocs,
      again,
    },
    ({ path: { eventId }, ...asked }) => answer(eventId, asked),
  );
};

type Asked = Pick<RouteInput, 'event' | 'dryRun' | 'askedAt'> & { readonly body: z.infer<typeof Releasing> };

import * as z from 'zod';
import { SHARDS } from '#shared/domain/ids.ts';
import { ok } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { releaseDeliveriesDocs } from './deliveries-docs.ts';
import type { Deps } from './deps.ts';
import { DryRun, isDryRun } from './dry-run.ts';
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

export const releaseDeliveries = (deps: Deps) =>
  route(
    'POST',
    '/api/v1/events/{eventId}/deliveries/release',
    {
      path: EventPath,
      query: DryRun,
      body: Releasing.prefault({}),
      scope: 'campaigns:trigger',
      docs: releaseDeliveriesDocs,
    },
    async ({ path: { eventId }, query, body: { cursor, expect, ...picked }, event: { caller } }) => {
      const listing = JSON.stringify(['release', eventId, picked]);
      const position = readCursor(cursor, listing, Position);
      const since = position?.since ?? Math.floor(deps.now() / 1000);
      const wish = { ...picked, eventId, expect, until: since, keyId: caller?.keyId ?? '' };
      if (isDryRun(query)) return ok({ dryRun: true, ...(await forecastRelease(deps, wish)) });
      const { next, ...counts } = await releaseUnsent(deps, { ...wish, from: position });
      return ok({ ...counts, ...(next && { next: writeCursor({ ...next, since }, listing) }) });
    },
  );

import * as z from 'zod';
import { Id } from '#shared/domain/ids.ts';
import { RELEASES } from '#shared/domain/release.ts';
import { ok } from '#shared/http/reply.ts';
import { type Again, route } from '#shared/http/route.ts';
import type { Deps } from './deps.ts';
import { RunPath } from './paths.ts';
import { releaseHeld } from './release-held.ts';
import { releaseDocs } from './run-docs.ts';

/** What to do with held mails, and with whose. */
export const Release = z
  .strictObject({
    action: z.enum(RELEASES, { error: `Choose one of ${RELEASES.join(', ')}` }),
    registrationIds: z.array(Id).min(1).max(100).optional(),
  })
  .meta({ id: 'Release' });

export const release = (deps: Deps) =>
  route(
    'POST',
    '/api/v1/events/{eventId}/campaigns/{campaignId}/runs/{runId}/release',
    { path: RunPath, body: Release, scope: 'campaigns:trigger', docs: releaseDocs, again },
    async ({ path: { runId, ...campaign }, body, askedAt, event: { caller } }) => {
      const wish = { ...campaign, occasion: runId, ...body, keyId: caller?.keyId, askedAt };
      return ok({ action: body.action, ...(await releaseHeld(deps, wish)) });
    },
  );

/** A repeat decides about nobody. */
const again: Again = async ({ body }) =>
  ok({ action: Release.parse(body).action, owed: 0, dropped: 0, skipped: 0, more: false });

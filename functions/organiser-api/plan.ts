import * as z from 'zod';
import { predict } from '#shared/domain/predict.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { ok } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import { afterRegistration, type ListCursor } from '#shared/store/people-pages.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { Deps } from './deps.ts';
import { meetEverybody } from './meet-everybody.ts';
import { Cursor, Limit } from './paging.ts';
import { MailingPath, RegistrationId } from './paths.ts';
import { planCounter } from './plan-counts.ts';
import { planDocs } from './plan-docs.ts';
import { planHead, plannedPerson } from './plan-view.ts';
import { readOutlook } from './read-outlook.ts';
import { seesPeople } from './show-registration.ts';
import { walk } from './walk.ts';

const PlanQuery = z.strictObject({ cursor: Cursor.optional(), limit: Limit });

/** Before anything is sent: who gets it, who does not, and why. Everybody is counted once, on the first page. */
export const plan = (deps: Deps) =>
  route(
    'GET',
    '/api/v1/events/{eventId}/campaigns/{campaignId}/plan',
    { path: MailingPath, query: PlanQuery, scope: 'campaigns:read', docs: planDocs },
    async ({ path, query: { cursor, limit }, event: { caller } }) => {
      const listing = JSON.stringify(['plan', path.eventId, path.campaignId]);
      const lastSeen = readCursor(cursor, listing, RegistrationId);
      const { outlook, around } = await readOutlook(deps, path);
      const ask = (row: Registration) => predict(row, outlook, around);
      const counter = planCounter();
      if (lastSeen === undefined) await meetEverybody(deps, path.eventId, (row) => counter.add(ask(row)));
      const { people, last } = await pageOf(deps, path.eventId, { limit, lastSeen });
      const named = seesPeople(caller);
      return ok({
        ...planHead(outlook, around.event),
        ...(lastSeen === undefined && { counts: counter.counts }),
        people: people.map((row) => plannedPerson(row, ask(row), named)),
        ...(last && { next: writeCursor(last.registrationId, listing) }),
      });
    },
  );

async function pageOf(
  { registrations }: Pick<Deps, 'registrations'>,
  eventId: string,
  { limit, lastSeen }: { limit: number; lastSeen: string | undefined },
) {
  const { items, last } = await walk<Registration, ListCursor>({
    from: lastSeen === undefined ? undefined : afterRegistration({ eventId, registrationId: lastSeen }),
    read: async (place) => {
      const page = await registrations.list(eventId, { limit, cursor: place });
      return { items: page.people, next: page.cursor };
    },
    keep: () => true,
    limit,
    mostRead: limit,
  });
  return { people: items, last };
}

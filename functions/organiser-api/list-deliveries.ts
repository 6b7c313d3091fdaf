import type { Registration } from '#shared/domain/registration.ts';
import { ok } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import { afterRegistration, type ListCursor } from '#shared/store/people-pages.ts';
import { readCursor, writeCursor } from './cursor.ts';
import { listDeliveriesDocs } from './deliveries-docs.ts';
import { unsentCounter, unsentPerson } from './deliveries-view.ts';
import type { Deps } from './deps.ts';
import { mailNames } from './mail-names.ts';
import { EventPath, RegistrationId } from './paths.ts';
import { DeliveriesQuery } from './pick-unsent.ts';
import { meetAddressees, readReleasing } from './read-releasing.ts';
import { seesPeople } from './show-registration.ts';
import { walk } from './walk.ts';

const BATCH = 100;
const MOST_READ = 1000;
/** Nothing is written. */
const NOBODY = '';

/** Which mails of an event did not go, and which of them a release would send. Everybody is counted once, on the first page. */
export const listDeliveries = (deps: Deps) =>
  route(
    'GET',
    '/api/v1/events/{eventId}/deliveries',
    { path: EventPath, query: DeliveriesQuery, scope: 'campaigns:read', docs: listDeliveriesDocs },
    async ({ path: { eventId }, query: { cursor, limit, ...query }, event: { caller } }) => {
      const { state, kind, campaign, reason } = query;
      const listing = JSON.stringify(['deliveries', eventId, state, kind, campaign, reason]);
      const lastSeen = readCursor(cursor, listing, RegistrationId);
      const only = <T>(value: T | undefined) => value && [value];
      const picked = { state, kinds: only(kind), campaigns: only(campaign), reasons: only(reason), until: Infinity };
      const { releasing, around } = await readReleasing(deps, eventId, picked);
      const fatesOf = (row: Registration) => releasing.release(row, NOBODY).fates;
      const names = mailNames(around.campaigns);
      const counter = unsentCounter(names);
      if (lastSeen === undefined) await meetAddressees(deps, eventId, (row) => counter.add(fatesOf(row)));
      const { items, last } = await walk<Registration, ListCursor>({
        from: lastSeen === undefined ? undefined : afterRegistration({ eventId, registrationId: lastSeen }),
        read: async (place) => {
          const page = await deps.registrations.list(eventId, { limit: BATCH, cursor: place });
          return { items: page.people, next: page.cursor };
        },
        keep: (row) => fatesOf(row).length > 0,
        limit,
        mostRead: MOST_READ,
      });
      const named = seesPeople(caller);
      return ok({
        state,
        ...(lastSeen === undefined && { counts: counter.counts() }),
        people: items.map((row) => unsentPerson(row, fatesOf(row), { names, named })),
        ...(last && { next: writeCursor(last.registrationId, listing) }),
      });
    },
  );

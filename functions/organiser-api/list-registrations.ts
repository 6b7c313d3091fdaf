import { attendanceOf } from '#shared/domain/attendance.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { ok } from '#shared/http/reply.ts';
import { route } from '#shared/http/route.ts';
import { afterRegistration, type ListCursor } from '#shared/store/people-pages.ts';
import { readCursor, writeCursor } from './cursor.ts';
import type { Deps } from './deps.ts';
import { mailNames } from './mail-names.ts';
import { found } from './no-such-event.ts';
import { EventPath, RegistrationId } from './paths.ts';
import { listRegistrationsDocs } from './registration-docs.ts';
import { RegistrationQuery } from './registration-query.ts';
import { registrationView } from './registration-view.ts';
import { walk } from './walk.ts';

const BATCH = 100;
const MOST_READ = 1000;

export const listRegistrations = ({ events, campaigns, registrations, now: clock }: Deps) =>
  route(
    'GET',
    '/api/v1/events/{eventId}/registrations',
    { path: EventPath, query: RegistrationQuery, scope: 'registrations:read', docs: listRegistrationsDocs },
    async ({ path: { eventId }, query: { status, attendance, cursor, limit } }) => {
      const event = found(await events.get(eventId));
      const now = Math.floor(clock() / 1000);
      const isPicked = status !== undefined || attendance !== undefined;
      const listing = JSON.stringify(['registrations', eventId, status ?? null, ...(attendance ? [attendance] : [])]);
      const lastSeen = readCursor(cursor, listing, RegistrationId);
      const { items, last } = await walk<Registration, ListCursor>({
        from: lastSeen === undefined ? undefined : afterRegistration({ eventId, registrationId: lastSeen }),
        read: async (place) => {
          const page = await registrations.list(eventId, { limit: isPicked ? BATCH : limit, cursor: place });
          return { items: page.people, next: page.cursor };
        },
        keep: (person) =>
          (status === undefined || person.status === status) &&
          (attendance === undefined || attendanceOf(event, person, now) === attendance),
        limit,
        mostRead: MOST_READ,
      });
      const details = await registrations.detailsOf(eventId, items);
      const around = { event, names: mailNames(await campaigns.list(eventId)), now };
      return ok({
        registrations: items.map((person, i) => registrationView(person, details[i] ?? {}, around)),
        ...(last && { next: writeCursor(last.registrationId, listing) }),
      });
    },
  );

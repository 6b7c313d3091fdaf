import { certificateStanding } from '#shared/domain/certificate.ts';
import { gateOf } from '#shared/domain/gate.ts';
import { type LinkKeys, type LinkPurpose, signLink, signPress } from '#shared/domain/link.ts';
import { ticketOf } from '#shared/domain/seats.ts';
import { surveyPhaseOf } from '#shared/domain/survey-phase.ts';
import { personalPage } from '#shared/http/page-reply.ts';
import { pageRoute } from '#shared/http/page-route.ts';
import { managePage } from '#shared/pages/manage-page.ts';
import { standingOf } from '#shared/pages/standing.ts';
import { findPerson, type LinkHolderFound } from '#shared/site/find-person.ts';
import type { PersonalDeps } from './deps.ts';

type Deps = Pick<PersonalDeps, 'site' | 'events' | 'registrations' | 'seats' | 'linkKeys' | 'now'>;

/** My registration, to see. */
export const showManage = (deps: Deps) =>
  pageRoute('GET', '/r/{token}', async ({ path }) => {
    const found = await findPerson(deps, 'manage', path.token);
    return personalPage(await manageView(deps, path.token ?? '', found));
  });

/** The page of a registration; `said` is why the last press changed nothing. */
export async function manageView(deps: Deps, token: string, found: LinkHolderFound, said?: string): Promise<string> {
  const { event, registration, keys } = found;
  const { eventId, capacity } = event;
  const ticket = registration.status === 'waitlisted' ? ticketOf(registration.seat) : undefined;
  const [number, seats, details] = await Promise.all([
    ticket === undefined ? undefined : deps.seats.placeOf(eventId, ticket),
    capacity === undefined ? undefined : deps.seats.get(eventId, { consistent: false }),
    deps.registrations.details(eventId, registration.registrationId),
  ]);
  const standing = standingOf(event, seats, deps.now());
  const place = number === undefined ? undefined : { number, of: Math.max(number, seats?.waiting ?? 0) };
  const doors = doorsOf(found, deps.now());
  const press = pressOf(keys, token, deps.now());
  const now = Math.floor(deps.now() / 1000);
  return managePage(deps.site, { event, registration, doors, details, standing, place, token, press, said, now });
}

/** Pages of theirs that have something for them now. */
function doorsOf({ event, registration, keys }: LinkHolderFound, now: number) {
  const door = (label: string, path: string, purpose: LinkPurpose) => ({
    label,
    path: `/${path}/${signLink(keys, purpose, registration)}`,
  });
  const epoch = Math.floor(now / 1000);
  const gate = gateOf(event, registration, epoch);
  const asks = registration.status === 'confirmed' && surveyPhaseOf(event, now) === 'open';
  return [
    ...(gate === 'before' || gate === 'open' ? [door('How to join', 'j', 'join')] : []),
    ...(asks ? [door(registration.answeredSurvey ? 'Your survey' : 'Answer the survey', 's', 'survey')] : []),
    ...(certificateStanding(event, registration, epoch).holds
      ? [door('Your certificate of attendance', 'c', 'certificate')]
      : []),
  ];
}

/** What each button must carry, for an hour or two. */
export const pressOf = (keys: LinkKeys, token: string, now: number) => (action: string) =>
  signPress(keys, token, action, now);

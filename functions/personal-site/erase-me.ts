import { erase } from '#shared/domain/erase.ts';
import { personalPage } from '#shared/http/page-reply.ts';
import { pageRoute } from '#shared/http/page-route.ts';
import { erasedPage, erasePage } from '#shared/pages/erase-page.ts';
import { findPerson, type LinkHolderFound } from '#shared/site/find-person.ts';
import type { PersonalDeps } from './deps.ts';
import { NOT_PRESSED, pressed } from './press.ts';
import { pressOf } from './show-manage.ts';
import { whileLinkLives } from './while-link-lives.ts';

const PATH = '/r/{token}/erase';
const ACTION = 'erase';

/** What erasing me means, and the button that does it. */
export const showErase = (deps: PersonalDeps) =>
  pageRoute('GET', PATH, async ({ path: { token = '' } }) =>
    personalPage(viewOf(deps, token, await findPerson(deps, 'manage', token))),
  );

/**
 * Erases the person: nobody mails them from the first write on, and what is left is gone before the answer. Where a seat is
 * to be given on, or the answer never comes, `admit` and `sweep` go on.
 */
export const eraseMe = (deps: PersonalDeps) =>
  pageRoute('POST', PATH, async (request) => {
    const { token = '' } = request.path;
    const found = await findPerson(deps, 'manage', token);
    if (!pressed(request, found, [ACTION], deps.now()))
      return personalPage(viewOf(deps, token, found, NOT_PRESSED), 409);
    const { eventId, registrationId } = found.registration;
    const erasing = whileLinkLives(found.registration, (row) => erase(row, Math.floor(deps.now() / 1000)));
    await deps.registrations.revise(found.registration, erasing);
    const tombstone = await deps.registrations.tombstone(eventId, registrationId);
    if (tombstone) {
      await deps.eraser.removeTraces(tombstone);
      await deps.eraser.removeRow(tombstone);
    }
    return personalPage(erasedPage(deps.site, found.event));
  });

const viewOf = (
  { site, now }: PersonalDeps,
  token: string,
  { event, registration, keys }: LinkHolderFound,
  said?: string,
) => erasePage(site, { event, registration, token, press: pressOf(keys, token, now())(ACTION), said });

import { mute } from '#shared/domain/change-registration.ts';
import { proving } from '#shared/domain/proof.ts';
import { isOneClick } from '#shared/http/form.ts';
import { personalPage, seeOther } from '#shared/http/page-reply.ts';
import { pageRoute } from '#shared/http/page-route.ts';
import { stopPage } from '#shared/pages/stop-page.ts';
import { findPerson, type LinkHolderFound } from '#shared/site/find-person.ts';
import type { PersonalDeps } from './deps.ts';
import { NOT_PRESSED, pressed } from './press.ts';
import { pressOf } from './show-manage.ts';
import { whileLinkLives } from './while-link-lives.ts';

type Deps = Pick<PersonalDeps, 'site' | 'events' | 'registrations' | 'linkKeys' | 'now'>;

/** Stop this event's optional mail: the question, or the answer once it is stopped. */
export const showStop = (deps: Deps) =>
  pageRoute('GET', '/u/{token}', async ({ path }) => {
    const found = await findPerson(deps, 'stop', path.token);
    return personalPage(viewOf(deps, path.token ?? '', found));
  });

/**
 * Stops it, by the button or by the mail program's own (RFC 8058): that request alone needs no press. Either proves the address:
 * RFC 8058 §3.2 lets nobody send it without the recipient's consent, and its link is in no mail but theirs.
 */
export const stopMail = (deps: Deps) =>
  pageRoute('POST', '/u/{token}', async (request) => {
    const token = request.path.token ?? '';
    const found = await findPerson(deps, 'stop', token);
    const byProgram = isOneClick(request.event);
    const action = byProgram ? 'mute' : pressed(request, found, ['mute', 'unmute'], deps.now());
    if (!action) return personalPage(viewOf(deps, token, found, NOT_PRESSED), 409);
    const muting = proving((row) => mute(row, action === 'mute'), Math.floor(deps.now() / 1000));
    const revised = await deps.registrations.revise(found.registration, whileLinkLives(found.registration, muting));
    if (!byProgram) return seeOther(`/u/${token}`);
    return personalPage(viewOf(deps, token, { ...found, registration: revised ?? found.registration }));
  });

function viewOf({ site, now }: Deps, token: string, { event, registration, keys }: LinkHolderFound, said?: string) {
  return stopPage(site, { event, muted: registration.muted ?? false, press: pressOf(keys, token, now()), said });
}

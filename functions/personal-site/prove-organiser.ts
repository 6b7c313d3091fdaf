import { personalPage, seeOther } from '#shared/http/page-reply.ts';
import { pageRoute } from '#shared/http/page-route.ts';
import { organiserPage } from '#shared/pages/organiser-page.ts';
import { findPerson, type LinkHolderFound } from '#shared/site/find-person.ts';
import type { PersonalDeps } from './deps.ts';
import { NOT_PRESSED, pressed } from './press.ts';
import { pressOf } from './show-manage.ts';

const PATH = '/o/{token}';
const ACTION = 'prove';

type Deps = Pick<PersonalDeps, 'site' | 'organisers' | 'registrations' | 'linkKeys' | 'now'>;

/** Is this address the organiser's? Opening the page changes nothing. */
export const showOrganiser = (deps: Deps) =>
  pageRoute('GET', PATH, async ({ path: { token = '' } }) =>
    personalPage(await viewOf(deps, token, await findPerson(deps, 'organiser', token))),
  );

/** It is: from now on tests and alerts may go there, whatever event names it. */
export const proveOrganiser = (deps: Deps) =>
  pageRoute('POST', PATH, async (request) => {
    const { token = '' } = request.path;
    const found = await findPerson(deps, 'organiser', token);
    if (!pressed(request, found, [ACTION], deps.now()))
      return personalPage(await viewOf(deps, token, found, NOT_PRESSED), 409);
    await deps.organisers.prove(found.registration.email, Math.floor(deps.now() / 1000));
    return seeOther(`/o/${token}`);
  });

async function viewOf(
  { site, organisers, now }: Deps,
  token: string,
  { registration: { email }, keys }: LinkHolderFound,
  said?: string,
): Promise<string> {
  const { provedAt } = await organisers.get(email);
  return organiserPage(site, {
    email,
    isProved: provedAt !== undefined,
    press: pressOf(keys, token, now())(ACTION),
    said,
  });
}

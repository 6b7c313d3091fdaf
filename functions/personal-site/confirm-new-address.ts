import { confirmAddress } from '#shared/domain/confirm-address.ts';
import { Refusal } from '#shared/domain/errors.ts';
import { randomWord } from '#shared/domain/ids.ts';
import { signLink } from '#shared/domain/link.ts';
import { moveAddress } from '#shared/domain/move-address.ts';
import { prove, wantedAddress } from '#shared/domain/proof.ts';
import { personalPage, seeOther } from '#shared/http/page-reply.ts';
import { pageRoute } from '#shared/http/page-route.ts';
import { newAddressPage } from '#shared/pages/new-address-page.ts';
import { findPerson, type LinkHolderFound, nobody } from '#shared/site/find-person.ts';
import type { Transition } from '#shared/store/registrations.ts';
import type { PersonalDeps } from './deps.ts';
import { NOT_PRESSED, pressed } from './press.ts';
import { pressOf } from './show-manage.ts';

const PATH = '/a/{token}';
const ACTION = 'use';

/** Is this address mine? Opening the page changes nothing. */
export const showNewAddress = (deps: PersonalDeps) =>
  pageRoute('GET', PATH, async ({ path: { token = '' } }) =>
    personalPage(viewOf(deps, token, await findPerson(deps, 'address', token))),
  );

/** It is: the registration moves there, the first mail goes anew, and every earlier link is dead. */
export const confirmNewAddress = (deps: PersonalDeps) =>
  pageRoute('POST', PATH, async (request) => {
    const { token = '' } = request.path;
    const found = await findPerson(deps, 'address', token);
    if (!pressed(request, found, [ACTION], deps.now()))
      return personalPage(viewOf(deps, token, found, NOT_PRESSED), 409);
    const moved = await deps.registrations
      .relocate(found.registration, await transitionOf(deps, found))
      .catch(unlessToStay);
    if (moved instanceof Refusal) return personalPage(viewOf(deps, token, found, moved.message), 409);
    if (!moved) throw nobody();
    if ('taken' in moved) return personalPage(viewOf(deps, token, found, TAKEN), 409);
    return seeOther(`/r/${signLink(found.keys, 'manage', moved)}`);
  });

const TAKEN =
  'This address has a registration for this event of its own. The mail about that one holds its link: please give up one of the two.';

/** That the address has to stay as it is, is said on the page. */
function unlessToStay(error: unknown): Refusal {
  if (error instanceof Refusal && (error.code === 'move-objected' || error.code === 'moved-too-often')) return error;
  throw error;
}

async function transitionOf(
  { placeHash, mayTellOld, chance, now }: PersonalDeps,
  { event, registration }: LinkHolderFound,
): Promise<Transition> {
  const { newEmail = registration.email, name } = registration;
  const addressHash = await placeHash(event, { email: newEmail, name });
  const address = { email: newEmail, addressHash, linkSeed: randomWord(16, chance) };
  const nowEpoch = Math.floor(now() / 1000);
  const moment = { now: nowEpoch, allowance: { delay: 0, dropped: false }, chance: randomWord(6, chance) };
  const mayTell = await mayTellOld(event, registration);
  const capped = event.capacity !== undefined;
  return (row) => {
    // Pressed twice at once, the other press has moved them there already.
    if (row.email === newEmail) return undefined;
    // Another address is wanted by now, or none: this link is dead, and its holder gets none that lives.
    if (wantedAddress(row, event) !== newEmail) throw nobody();
    const moved = moveAddress(row, address, { ...moment, mayTell });
    if (!moved) return undefined;
    const confirmed = confirmAddress(moved.row, { capped, now: nowEpoch }) ?? moved;
    return { ...confirmed, row: prove(confirmed.row, nowEpoch) };
  };
}

const viewOf = (
  { site, now }: PersonalDeps,
  token: string,
  { event, registration, keys }: LinkHolderFound,
  said?: string,
) => newAddressPage(site, { event, registration, press: pressOf(keys, token, now())(ACTION), said });

import { Address } from '#shared/domain/address.ts';
import { Refusal } from '#shared/domain/errors.ts';
import { randomWord } from '#shared/domain/ids.ts';
import { longestDelay } from '#shared/domain/longest-delay.ts';
import { askNewAddress } from '#shared/domain/move-address.ts';
import { proving } from '#shared/domain/proof.ts';
import { readForm } from '#shared/http/form.ts';
import { personalPage, seeOther } from '#shared/http/page-reply.ts';
import { pageRoute } from '#shared/http/page-route.ts';
import { type AddressView, addressPage } from '#shared/pages/address-page.ts';
import { findPerson, type LinkHolderFound } from '#shared/site/find-person.ts';
import type { PersonalDeps } from './deps.ts';
import { NOT_PRESSED, pressed } from './press.ts';
import { pressOf } from './show-manage.ts';
import { whileLinkLives } from './while-link-lives.ts';

const PATH = '/r/{token}/address';
const ACTION = 'move';

/** Another address for my mail: where to say it. */
export const showAddress = (deps: PersonalDeps) =>
  pageRoute('GET', PATH, async ({ path: { token = '' } }) =>
    personalPage(viewOf(deps, token, await findPerson(deps, 'manage', token))),
  );

/** Asks at the new address whether it is theirs; nothing changes until they say so from there. */
export const changeAddress = (deps: PersonalDeps) =>
  pageRoute('POST', PATH, async (request) => {
    const { token = '' } = request.path;
    const found = await findPerson(deps, 'manage', token);
    const form = readForm(request.event);
    const typed = form.get('email') ?? [];
    const again = (status: number, view: Partial<AddressView>) =>
      personalPage(viewOf(deps, token, found, { typed, ...view }), status);
    if (!pressed(request, found, [ACTION], deps.now(), form)) return again(409, { said: NOT_PRESSED });
    const address = Address.safeParse(typed[0] ?? '');
    const fault = address.success ? sameAddress(found, address.data) : address.error.issues[0]?.message;
    if (!address.success || fault !== undefined)
      return again(400, { faults: [{ field: 'email', message: fault ?? '' }] });
    try {
      await ask(deps, found, { email: address.data, ip: request.event.requestContext.http.sourceIp });
    } catch (error) {
      if (error instanceof Refusal && error.code !== 'not-found') return again(409, { said: error.message });
      throw error;
    }
    return seeOther(`/r/${token}/address`);
  });

const sameAddress = ({ registration }: LinkHolderFound, email: string): string | undefined =>
  email === registration.email ? 'That is the address you have' : undefined;

async function ask(
  { registrations, allowMail, chance, now }: PersonalDeps,
  { event, registration }: LinkHolderFound,
  { email, ip }: { email: string; ip: string },
): Promise<void> {
  const nowEpoch = Math.floor(now() / 1000);
  const wish = { email, now: nowEpoch, chance: randomWord(6, chance) };
  // Looked at first: what causes no mail counts for nothing.
  const isIdle = askNewAddress(registration, { ...wish, allowance: { delay: 0, dropped: false } }) === undefined;
  const longest = longestDelay(event, nowEpoch);
  const allowance = await allowMail({ eventId: event.eventId, email, ip, longest, isIdle });
  const asking = proving((row) => askNewAddress(row, { ...wish, allowance }), nowEpoch);
  await registrations.revise(registration, whileLinkLives(registration, asking));
}

const viewOf = (
  { site, now }: PersonalDeps,
  token: string,
  { event, registration, keys }: LinkHolderFound,
  view: Partial<AddressView> = {},
) =>
  addressPage(site, {
    event,
    registration,
    token,
    typed: [],
    faults: [],
    said: undefined,
    press: pressOf(keys, token, now())(ACTION),
    ...view,
  });

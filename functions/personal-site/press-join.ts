import { Refusal } from '#shared/domain/errors.ts';
import { joiningAddress } from '#shared/domain/gate.ts';
import { join, knock, mayEnter } from '#shared/domain/join.ts';
import { proving } from '#shared/domain/proof.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { seeOther, sendTo } from '#shared/http/page-reply.ts';
import { pageRoute } from '#shared/http/page-route.ts';
import { within } from '#shared/patience.ts';
import { findPerson, nobody } from '#shared/site/find-person.ts';
import type { Transition } from '#shared/store/registrations.ts';
import type { PersonalDeps } from './deps.ts';
import { NOT_PRESSED, pressed } from './press.ts';
import { gateAnswer } from './show-gate.ts';
import { whileLinkLives } from './while-link-lives.ts';

type Deps = Pick<PersonalDeps, 'site' | 'registrations' | 'linkKeys' | 'logger' | 'now'>;

/** "Join now": the address as it is at this very moment, and that they came. One reading, one write; again, no write. */
export const pressJoin = (deps: Deps) =>
  pageRoute('POST', '/j/{token}', async (request) => {
    const token = request.path.token ?? '';
    const found = await findPerson(deps, 'join', token);
    const press = { event: found.event, now: Math.floor(deps.now() / 1000) };
    if (!mayEnter(found.registration, press)) return gateAnswer(deps, token, found, { status: 409 });
    if (!pressed(request, found, ['join'], deps.now()))
      return gateAnswer(deps, token, found, { status: 409, said: NOT_PRESSED });
    const address = joiningAddress(found.event);
    const joining = proving((row) => (address ? join : knock)(row, press), press.now);
    const registration = await noted(deps, found.registration, whileLinkLives(found.registration, joining));
    if (registration.erased) throw nobody();
    if (!mayEnter(registration, press)) return gateAnswer(deps, token, { ...found, registration }, { status: 409 });
    return address ? sendTo(address) : seeOther(`/j/${token}`);
  });

/** A write that hangs keeps nobody at the gate for longer. */
const NOTED_WITHIN_MS = 6000;

/**
 * Writes down that they were here, and gives the row as it is then. Whoever may come in does, even if that cannot be
 * written: our books can be put right by the provider's report, a missed start cannot. An alarm counts the line.
 */
async function noted(
  { registrations, logger }: Pick<Deps, 'registrations' | 'logger'>,
  row: Registration,
  transition: Transition,
): Promise<Registration> {
  const { eventId, registrationId } = row;
  const revised = await within(NOTED_WITHIN_MS, () => registrations.revise(row, transition)).catch((error: unknown) => {
    if (error instanceof Refusal) throw error;
    logger.error('A press to join could not be written down', { eventId, registrationId, error });
    return row;
  });
  if (!revised) throw nobody();
  return revised;
}

import { cancel, mute, registerAgain } from '#shared/domain/change-registration.ts';
import { confirmAddress } from '#shared/domain/confirm-address.ts';
import { Refusal } from '#shared/domain/errors.ts';
import { closedBecause, type Event, ensureOpen, phaseOf } from '#shared/domain/event.ts';
import { longestDelay } from '#shared/domain/longest-delay.ts';
import { proving } from '#shared/domain/proof.ts';
import { wantMail } from '#shared/domain/send-after-all.ts';
import { epochOf, instantAt } from '#shared/domain/time.ts';
import { personalPage, seeOther } from '#shared/http/page-reply.ts';
import { pageRoute } from '#shared/http/page-route.ts';
import { findPerson, type LinkHolderFound } from '#shared/site/find-person.ts';
import type { Transition } from '#shared/store/registrations.ts';
import type { PersonalDeps } from './deps.ts';
import { NOT_PRESSED, pressed } from './press.ts';
import { manageView } from './show-manage.ts';
import { whileLinkLives } from './while-link-lives.ts';

const ACTIONS = ['confirm', 'cancel', 'undo', 'mute', 'unmute', 'send'] as const;
type Action = (typeof ACTIONS)[number];
type Deps = PersonalDeps;

/** My registration, to change: give the place up or take it back, stop optional mail or have it again. */
export const changeManage = (deps: Deps) =>
  pageRoute('POST', '/r/{token}', async (request) => {
    const token = request.path.token ?? '';
    const found = await findPerson(deps, 'manage', token);
    const again = async (status: number, said: string) =>
      personalPage(await manageView(deps, token, found, said), status);
    const action = pressed(request, found, ACTIONS, deps.now());
    if (!action) return again(409, NOT_PRESSED);
    try {
      const transition = await transitionOf(deps, action, found, request.event.requestContext.http.sourceIp);
      const change = proving(transition, Math.floor(deps.now() / 1000));
      await deps.registrations.revise(found.registration, whileLinkLives(found.registration, change));
    } catch (error) {
      if (error instanceof Refusal && error.code !== 'not-found') return again(409, error.message);
      throw error;
    }
    return seeOther(`/r/${token}`);
  });

/** Who registered in time may confirm it until the event is over, also where registration has closed meanwhile. */
function ensureAhead(event: Event, now: number): void {
  const phase = phaseOf(event, now);
  if (phase !== 'upcoming' && phase !== 'live')
    throw new Refusal('registration-closed', closedBecause(event, now) ?? 'Registration has closed.');
}

async function transitionOf(
  { allowMail, now }: Deps,
  action: Action,
  { event, registration }: LinkHolderFound,
  ip: string,
): Promise<Transition> {
  const nowInstant = instantAt(Math.floor(now() / 1000));
  const capped = event.capacity !== undefined;
  switch (action) {
    case 'confirm':
      ensureAhead(event, now());
      return (current) => confirmAddress(current, { capped, now: epochOf(nowInstant) });
    case 'mute':
    case 'unmute':
      return (current) => mute(current, action === 'mute');
    case 'send':
      ensureAhead(event, now());
      // Whoever presses it reads what is sent there: it counts against no budget, and nothing is kept from them any more.
      return (current) => (current.bounced ? undefined : wantMail(current, epochOf(nowInstant)));
    case 'cancel':
      if (phaseOf(event, now()) === 'ended') throw new Refusal('event-over', 'The event has ended.');
      return (current) => cancel(current, nowInstant);
    case 'undo': {
      ensureOpen(event, now());
      const { eventId } = event;
      const longest = longestDelay(event, epochOf(nowInstant));
      const isIdle = registration.status !== 'cancelled';
      const allowance = await allowMail({ eventId, email: registration.email, ip, longest, isIdle });
      return (current) => registerAgain(current, { capped, now: nowInstant, allowance });
    }
  }
}

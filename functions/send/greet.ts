import type { Clock } from '#shared/clock.ts';
import { carriesJoining } from '#shared/domain/bring-joining.ts';
import { decide } from '#shared/domain/decide.ts';
import { isSettled, readDelivery } from '#shared/domain/delivery.ts';
import type { Gaps } from '#shared/domain/late.ts';
import { automaticKindOf, readMailKey } from '#shared/domain/mail-key.ts';
import { isMailDue, type Registration } from '#shared/domain/registration.ts';
import { mayReturn, returnToLookAgain, returnWithoutSlot } from '#shared/domain/returns.ts';
import type { GreetMessage } from '#shared/queue/messages.ts';
import type { Outgoing } from '#shared/queue/sender.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';
import type { Deliver } from './deliver.ts';
import { LEAD } from './deliver-deps.ts';
import { eventful, type Guards, isStopped } from './guard.ts';
import type { Pace } from './pace.ts';
import { LEFT, type Standing } from './standing.ts';

export interface GreetDeps {
  readonly registrations: Pick<RegistrationStore, 'get'>;
  readonly deliver: Deliver;
  readonly guard: Guards;
  readonly pace: Pick<Pace, 'patiently'>;
  /** Puts a message back into this lane. Throws when the queue did not take it. */
  readonly again: (message: Outgoing) => Promise<void>;
  /** When this invocation began, monotonic milliseconds. */
  readonly startedAt: number;
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly jitter: () => number;
  readonly gaps: Gaps;
}

/** No slot came in time. */
const NO_SLOT = Symbol('no slot');

/**
 * Sends one person what they are owed now. The message is a hint, the row is the truth. What could not be settled goes
 * back into the lane as a new, delayed message before the old one is acknowledged; after so many returns `sweep` alone
 * looks after the person: it comes by every minute.
 */
export const greet =
  ({ registrations, deliver, guard, pace, again, startedAt, clock, jitter, gaps }: GreetDeps) =>
  async ({ eventId, registrationId, tries }: GreetMessage): Promise<void> => {
    const row = await registrations.get(eventId, registrationId);
    if (!row) return;
    const since = clock.monotonic();
    const delays: number[] = [];
    for (const mailKey of carriersFirst(row)) {
      if (!isMailDue(mailKey)) continue;
      const standing = await inItsSlot(row, mailKey);
      if (standing === NO_SLOT) delays.push(returnWithoutSlot(tries, jitter()));
      else if (standing.is === 'again') delays.push(returnToLookAgain(standing.after, tries, jitter()));
    }
    if (delays.length === 0 || !mayReturn(tries)) return;
    const body = { v: 1, eventId, registrationId, tries: tries + 1 } satisfies GreetMessage;
    await again({ body, delay: Math.min(...delays) });

    async function inItsSlot(person: Registration, mailKey: string): Promise<Standing | typeof NO_SLOT> {
      const { campaign } = readMailKey(mailKey);
      if (!(await needsCall(person, mailKey))) return deliver(person, { mailKey, callAt: clock.now(), since });
      const isHeldUp = async () => isStopped(await guard(eventId, campaign));
      const paced = await pace.patiently(1, { startedAt, isStopped: isHeldUp });
      // Whoever resumes has `sweep` send what is owed.
      if (paced === 'stopped') return LEFT;
      if (paced === 'no-slot') return NO_SLOT;
      const callAt = (typeof paced === 'object' && paced.slots[0]) || clock.now();
      await clock.sleep(callAt - LEAD - clock.now());
      return deliver(person, { mailKey, callAt, since });
    }

    /** Whether SES would be called now: who is stopped, delayed, skipped or settled takes no slot from others. */
    async function needsCall(registration: Registration, mailKey: string): Promise<boolean> {
      const entry = registration.deliveries[mailKey];
      if (entry !== undefined && isSettled(readDelivery(entry))) return false;
      const key = readMailKey(mailKey);
      const guarded = eventful(await guard(eventId, key.campaign));
      const now = Math.floor(clock.now() / 1000);
      return decide(key, { ...guarded, registration, gaps, mayReach: () => true, now }).do === 'send';
    }
  };

/** What a person is owed, in the order that takes the fewest mails: one that brings another along comes before it. */
function carriersFirst({ greetDue }: Registration): string[] {
  const carries = (mailKey: string): boolean => {
    const kind = !isMailDue(mailKey) ? undefined : automaticKindOf(readMailKey(mailKey).campaign);
    return kind !== undefined && carriesJoining(kind);
  };
  return [...(greetDue ?? [])].sort((a, b) => Number(carries(b)) - Number(carries(a)));
}

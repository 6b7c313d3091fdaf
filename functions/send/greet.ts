import type { Clock } from '#shared/clock.ts';
import { carriesJoining } from '#shared/domain/bring-joining.ts';
import { isSettled, readDelivery } from '#shared/domain/delivery.ts';
import { automaticKindOf, readMailKey } from '#shared/domain/mail-key.ts';
import { isMailDue, type Registration } from '#shared/domain/registration.ts';
import type { GreetMessage } from '#shared/queue/messages.ts';
import type { Outgoing } from '#shared/queue/sender.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';
import type { Deliver } from './deliver.ts';
import { LEAD } from './deliver-deps.ts';
import type { Pace } from './pace.ts';
import type { Standing } from './standing.ts';

export interface GreetDeps {
  readonly registrations: Pick<RegistrationStore, 'get'>;
  readonly deliver: Deliver;
  readonly pace: Pick<Pace, 'lease'>;
  /** Puts a message back into this lane. Throws when the queue did not take it. */
  readonly again: (message: Outgoing) => Promise<void>;
  readonly clock: Clock;
  /** A number in [0, 1). */
  readonly jitter: () => number;
}

const LONGEST = 900;
/** After so many returns `sweep` alone looks after a person: it comes by every minute. */
const TRIES = 6;

/**
 * Sends one person what they are owed now. The message is a hint, the row is the truth. What could not be settled goes
 * back into the lane as a new, delayed message before the old one is acknowledged.
 */
export const greet =
  ({ registrations, deliver, pace, again, clock, jitter }: GreetDeps) =>
  async ({ eventId, registrationId, tries }: GreetMessage): Promise<void> => {
    const row = await registrations.get(eventId, registrationId);
    if (!row) return;
    const since = clock.monotonic();
    const waits: number[] = [];
    for (const mailKey of carriersFirst(row)) {
      if (!isMailDue(mailKey)) continue;
      const standing = await inItsSlot(row, mailKey);
      if (standing.is === 'again') waits.push(standing.after);
    }
    if (waits.length === 0 || tries >= TRIES) return;
    const delay = Math.min(LONGEST, Math.ceil(Math.min(...waits) * 2 ** tries * (1 + jitter() / 2)));
    await again({ body: { v: 1, eventId, registrationId, tries: tries + 1 } satisfies GreetMessage, delay });

    async function inItsSlot(person: Registration, mailKey: string): Promise<Standing> {
      const entry = person.deliveries[mailKey];
      // What is settled needs no slot, only to be struck off.
      if (entry !== undefined && isSettled(readDelivery(entry)))
        return deliver(person, { mailKey, callAt: clock.now(), since });
      const paced = await pace.lease(1);
      if ('retryIn' in paced) return { is: 'again', after: paced.retryIn / 1000, called: false };
      const callAt = ('slots' in paced && paced.slots[0]) || clock.now();
      await clock.sleep(callAt - LEAD - clock.now());
      return deliver(person, { mailKey, callAt, since });
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

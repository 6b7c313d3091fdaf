import type { Registration } from '#shared/domain/registration.ts';
import { SEAT_DUE } from '#shared/domain/registration.ts';
import type { GreetMessage, PersonNudge } from '#shared/queue/messages.ts';
import type { Outgoing } from '#shared/queue/sender.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';
import type { Standing } from './deliver.ts';

interface GreetDeps {
  readonly registrations: Pick<RegistrationStore, 'get'>;
  readonly deliver: (row: Registration, mailKey: string) => Promise<Standing>;
  /** Puts a message back into this lane. Throws when the queue did not take it. */
  readonly again: (message: Outgoing) => Promise<void>;
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
  ({ registrations, deliver, again, jitter }: GreetDeps) =>
  async ({ eventId, registrationId, tries }: GreetMessage): Promise<void> => {
    const row = await registrations.get(eventId, registrationId);
    if (!row) return;
    const waits: number[] = [];
    for (const mailKey of row.greetDue ?? []) {
      if (mailKey === SEAT_DUE) continue;
      const standing = await deliver(row, mailKey);
      if (standing.is === 'again') waits.push(standing.after);
    }
    if (waits.length === 0 || tries >= TRIES) return;
    const delay = Math.min(LONGEST, Math.ceil(Math.min(...waits) * 2 ** tries * (1 + jitter() / 2)));
    const nudge: PersonNudge & { tries: number } = { v: 1, eventId, registrationId, tries: tries + 1 };
    await again({ body: nudge, delay });
  };

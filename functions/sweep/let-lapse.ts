import { lapse } from '#shared/domain/confirm-address.ts';
import type { Epoch } from '#shared/domain/time.ts';
import type { Logger } from '#shared/logger.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';

export interface LapseDeps {
  readonly registrations: Pick<RegistrationStore, 'unconfirmed' | 'get' | 'revise'>;
  readonly logger: Logger;
}

/** Cancels registrations whose address nobody confirmed in time. */
export async function letLapse({ registrations, logger }: LapseDeps, now: Epoch): Promise<void> {
  const people = await registrations.unconfirmed(now);
  for (const { eventId, registrationId } of people) {
    const row = await registrations.get(eventId, registrationId);
    if (row) await registrations.revise(row, (current) => lapse(current, now));
  }
  if (people.length > 0) logger.info('Registrations lapsed', { lapsed: people.length });
}

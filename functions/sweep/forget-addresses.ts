import { forgetLeft } from '#shared/domain/forget-left.ts';
import type { Epoch } from '#shared/domain/time.ts';
import type { Logger } from '#shared/logger.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';

export interface ForgetDeps {
  readonly registrations: Pick<RegistrationStore, 'leftLongAgo' | 'get' | 'revise'>;
  readonly logger: Logger;
}

/** Deletes the addresses that registrations have left once nobody there may object any more. */
export async function forgetAddresses({ registrations, logger }: ForgetDeps, now: Epoch): Promise<void> {
  const people = await registrations.leftLongAgo(now);
  for (const { eventId, registrationId } of people) {
    const row = await registrations.get(eventId, registrationId);
    if (row) await registrations.revise(row, (current) => forgetLeft(current, now));
  }
  if (people.length > 0) logger.info('Earlier addresses forgotten', { forgotten: people.length });
}

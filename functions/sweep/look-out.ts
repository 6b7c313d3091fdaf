import { lacksJoiningAddress, lookoutAt } from '#shared/domain/lookout.ts';
import { requestOccasion } from '#shared/domain/mail-key.ts';
import { organiserRow, oweOrganiser } from '#shared/domain/organiser-row.ts';
import type { Epoch } from '#shared/domain/time.ts';
import type { Logger } from '#shared/logger.ts';
import type { EventStore } from '#shared/store/events.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';

export interface LookOutDeps {
  readonly events: Pick<EventStore, 'get' | 'lookouts' | 'lookOut'>;
  readonly registrations: Pick<RegistrationStore, 'get' | 'revise' | 'addOrganiser'>;
  readonly logger: Logger;
}

/**
 * Alerts organisers of events that will start soon and that nobody can join yet. The alert is named after the moment it
 * belongs to, so that two sweeps owe one; then the event is listed for its next moment.
 */
export async function lookOut({ events, registrations, logger }: LookOutDeps, now: Epoch): Promise<void> {
  for (const { eventId, at } of await events.lookouts(now)) {
    const event = await events.get(eventId, { consistent: true });
    if (event && lacksJoiningAddress(event)) {
      const row = await registrations.addOrganiser(organiserRow(event, now));
      const occasion = requestOccasion(at, 'join');
      await registrations.revise(row, (current) => oweOrganiser(current, { event, kind: 'alert', occasion, now }));
      logger.info('People cannot tell where to join', { eventId });
    }
    await events.lookOut(eventId, event && lookoutAt(event, at));
  }
}

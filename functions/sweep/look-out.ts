import type { Event } from '#shared/domain/event.ts';
import { lacksJoiningAddress, lookoutAt } from '#shared/domain/lookout.ts';
import { requestOccasion } from '#shared/domain/mail-key.ts';
import { organiserRow, oweOrganiser } from '#shared/domain/organiser-row.ts';
import type { Epoch } from '#shared/domain/time.ts';
import type { Logger } from '#shared/logger.ts';
import type { EventStore } from '#shared/store/events.ts';
import type { OrganiserStore } from '#shared/store/organisers.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';

export interface LookOutDeps {
  readonly events: Pick<EventStore, 'get' | 'lookouts' | 'lookOut'>;
  readonly registrations: Pick<RegistrationStore, 'get' | 'revise' | 'addOrganiser'>;
  readonly organisers: Pick<OrganiserStore, 'get' | 'ask'>;
  readonly logger: Logger;
}

/**
 * Alerts organisers of events that will start soon and that nobody can join yet. The alert is named after the moment it
 * belongs to, so that two sweeps owe one; then the event is listed for its next moment.
 */
export async function lookOut({ events, registrations, organisers, logger }: LookOutDeps, now: Epoch): Promise<void> {
  for (const { eventId, at } of await events.lookouts(now)) {
    const event = await events.get(eventId, { consistent: true });
    if (event && lacksJoiningAddress(event)) {
      const kind = await mayTell(organisers, event, now);
      if (kind) {
        const row = await registrations.addOrganiser(organiserRow(event, now));
        const occasion = requestOccasion(at, 'join');
        await registrations.revise(row, (current) => oweOrganiser(current, { event, kind, occasion, now }));
      }
      logger.info('People cannot tell where to join', { eventId, told: kind === 'alert' });
    }
    await events.lookOut(eventId, event && lookoutAt(event, at));
  }
}

/** The alert, where the address may get it; else the question whether it is theirs, once a day; else nothing. */
async function mayTell(
  organisers: LookOutDeps['organisers'],
  { organiser: { email }, organiserToProve }: Event,
  now: Epoch,
): Promise<'alert' | 'prove-organiser' | undefined> {
  if (!organiserToProve || (await organisers.get(email)).provedAt !== undefined) return 'alert';
  return (await organisers.ask(email, now)) ? 'prove-organiser' : undefined;
}

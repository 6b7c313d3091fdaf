import type { Registration } from '#shared/domain/registration.ts';
import type { Deps } from './deps.ts';
import { mailNames } from './mail-names.ts';
import { type RegistrationView, registrationView } from './registration-view.ts';

/** A person as the organiser sees them, with what they answered. */
export async function showRegistration(
  { registrations, campaigns }: Pick<Deps, 'registrations' | 'campaigns'>,
  row: Registration,
): Promise<RegistrationView> {
  const { eventId, registrationId } = row;
  const [details, all] = await Promise.all([registrations.details(eventId, registrationId), campaigns.list(eventId)]);
  return registrationView(row, details, mailNames(all));
}

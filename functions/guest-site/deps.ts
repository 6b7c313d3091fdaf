import type { PageSite } from '#shared/pages/site.ts';
import type { Programme } from './programme.ts';
import type { RegistrationWish } from './take-registration.ts';

/** What the public pages work with. */
export interface GuestDeps {
  readonly site: PageSite;
  readonly programme: Programme;
  readonly takeRegistration: (wish: RegistrationWish) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

import type { LinkWish } from '#shared/domain/link-wish.ts';
import type { PageSite } from '#shared/pages/site.ts';
import type { AddressWish } from './correct-address.ts';
import type { Programme } from './programme.ts';
import type { Held } from './take-form.ts';
import type { RegistrationWish } from './take-registration.ts';

/** What the public pages work with. */
export interface GuestDeps {
  readonly site: PageSite;
  readonly programme: Programme;
  readonly takeRegistration: (wish: RegistrationWish) => Promise<void>;
  /** The same of a page: resolves to what the page behind it holds. */
  readonly takeForm: (wish: RegistrationWish) => Promise<Held>;
  readonly pretendToTake: () => Held;
  readonly correctAddress: (wish: AddressWish) => Promise<Held | undefined>;
  readonly askForLinks: (wish: LinkWish) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

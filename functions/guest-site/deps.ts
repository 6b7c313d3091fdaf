import type { Event } from '#shared/domain/event.ts';
import type { LinkWish } from '#shared/domain/link-wish.ts';
import type { PageSite } from '#shared/pages/site.ts';
import type { AddressWish } from './correct-address.ts';
import type { Programme } from './programme.ts';
import type { RegistrationWish } from './take-registration.ts';

/** What the public pages work with. */
export interface GuestDeps {
  readonly site: PageSite;
  readonly programme: Programme;
  /** Resolves to what whoever sent the form holds on the page behind it. */
  readonly takeRegistration: (wish: RegistrationWish) => Promise<{ readonly ticket: string }>;
  readonly pretendToTake: (event: Event) => Promise<{ readonly ticket: string }>;
  readonly correctAddress: (wish: AddressWish) => Promise<void>;
  readonly askForLinks: (wish: LinkWish) => Promise<void>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

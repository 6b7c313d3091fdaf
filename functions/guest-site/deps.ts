import type { LinkKeys } from '#shared/domain/link.ts';
import type { Allowance } from '#shared/domain/registration.ts';
import type { PageSite } from '#shared/pages/site.ts';
import type { EventReads } from '#shared/store/event-reads.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';
import type { SeatStore } from '#shared/store/seats.ts';
import type { MailWish } from './allow-mail.ts';
import type { Programme } from './programme.ts';
import type { RegistrationWish } from './take-registration.ts';

/** What the pages work with. */
export interface GuestDeps {
  readonly site: PageSite;
  readonly programme: Programme;
  readonly events: Pick<EventReads, 'get'>;
  readonly registrations: Pick<RegistrationStore, 'get' | 'revise'>;
  readonly seats: Pick<SeatStore, 'get' | 'placeOf'>;
  /** Read when first needed: most pages sign nothing. */
  readonly linkKeys: () => Promise<LinkKeys>;
  readonly takeRegistration: (wish: RegistrationWish) => Promise<void>;
  readonly allowMail: (wish: MailWish) => Promise<Allowance>;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

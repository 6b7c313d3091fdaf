import type { LinkKeys } from '#shared/domain/link.ts';
import type { PageSite } from '#shared/pages/site.ts';
import type { Faces } from '#shared/pdf/faces.ts';
import type { EventReads } from '#shared/store/event-reads.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';

/** What certificates are made and checked with: everything is read, nothing written. */
export interface CertificateDeps {
  readonly site: PageSite;
  readonly events: Pick<EventReads, 'get'>;
  readonly registrations: Pick<RegistrationStore, 'get' | 'withEvent'>;
  readonly linkKeys: () => Promise<LinkKeys>;
  readonly faces: Faces;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

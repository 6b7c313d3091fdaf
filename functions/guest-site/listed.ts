import type { Event } from '#shared/domain/event.ts';
import type { Listed } from '#shared/pages/catalogue.ts';
import { standingOf } from '#shared/pages/standing.ts';
import type { Listing } from './programme.ts';

/** An event of the listing as a list shows it. */
export const listed =
  ({ seats }: Listing, now: number) =>
  (event: Event): Listed => ({ event, standing: standingOf(event, seats.get(event.eventId), now) });

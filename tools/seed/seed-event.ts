import type * as z from 'zod';
import type { NewEvent } from '#shared/domain/edit-event.ts';

/** An event as `POST /api/v1/events` takes it; who organises it is left to the site's settings. */
export type EventInput = Omit<z.input<typeof NewEvent>, 'organiser'> & { slug: string };

/** An event of the seed, what becomes of it, and how many people register for it at once. */
export interface SeedEvent {
  readonly event: EventInput;
  readonly state: 'draft' | 'published' | 'cancelled';
  readonly registrations?: number;
}

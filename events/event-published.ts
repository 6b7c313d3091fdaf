import * as z from 'zod';
import { defineFact, ids } from './envelope.ts';

/** An event went from draft to published: people may register. */
export const eventPublished = defineFact('event.published', 1, z.object({ eventId: ids.eventId }), {
  eventId: 'zq3v8k2m5n7p9r4t',
});

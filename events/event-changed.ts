import * as z from 'zod';
import { defineFact, ids } from './envelope.ts';

/** A published event was edited; its capacity may have changed. */
export const eventChanged = defineFact('event.changed', 1, z.object({ eventId: ids.eventId }), {
  eventId: 'zq3v8k2m5n7p9r4t',
});

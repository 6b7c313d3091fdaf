import * as z from 'zod';
import { defineFact, ids } from './envelope.ts';

/** A campaign was made, edited, switched on, paused or resumed: when it fires may have changed. */
export const campaignChanged = defineFact('campaign.changed', 1, z.object({ eventId: ids.eventId }), {
  eventId: 'zq3v8k2m5n7p9r4t',
});

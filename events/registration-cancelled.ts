import * as z from 'zod';
import { defineFact, ids } from './envelope.ts';

/** Somebody gave up their place. */
export const registrationCancelled = defineFact('registration.cancelled', 1, z.object(ids), {
  eventId: 'zq3v8k2m5n7p9r4t',
  registrationId: '7h2k9m4p6r8t3w5x',
});

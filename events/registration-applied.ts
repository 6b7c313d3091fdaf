import * as z from 'zod';
import { defineFact, ids } from './envelope.ts';

/** Somebody asked for a place at a capped event; nobody has decided yet. */
export const registrationApplied = defineFact('registration.applied', 1, z.object(ids), {
  eventId: 'zq3v8k2m5n7p9r4t',
  registrationId: '7h2k9m4p6r8t3w5x',
});

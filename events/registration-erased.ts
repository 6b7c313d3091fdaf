import * as z from 'zod';
import { defineFact, ids } from './envelope.ts';

/** What was kept about somebody is being deleted, at their wish or the organiser's. Only the ids are left to tell of it. */
export const registrationErased = defineFact('registration.erased', 1, z.object(ids), {
  eventId: 'zq3v8k2m5n7p9r4t',
  registrationId: '7h2k9m4p6r8t3w5x',
});

import * as z from 'zod';
import { defineFact, ids } from './envelope.ts';

/** Somebody wants the links of an address mailed to it: whether anybody has that address is looked up later. */
export const linkRequested = defineFact('link.requested', 1, z.object({ wishId: ids.registrationId }), {
  wishId: '5m8p2r4t7v9w3x6y',
});

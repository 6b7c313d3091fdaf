import * as z from 'zod';

const LIMIT = 'Enter a whole number from 1 to 100';

/** How many things a page may have; a page may be shorter than that, and `next` says whether there are more. */
export const Limit = z.coerce.number({ error: LIMIT }).int(LIMIT).min(1, LIMIT).max(100, LIMIT).default(25);

/** Where an earlier page stopped. */
export const Cursor = z.string().max(500, { error: 'Send a cursor as you got it' });

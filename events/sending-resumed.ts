import * as z from 'zod';
import { defineFact } from './envelope.ts';

/** Mail may flow again: whatever is still owed goes out. */
export const sendingResumed = defineFact('sending.resumed', 1, z.object({}), {});

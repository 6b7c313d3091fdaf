import * as z from 'zod';
import { defineFact } from './envelope.ts';

/** The organiser stopped all mail. */
export const sendingPaused = defineFact('sending.paused', 1, z.object({}), {});

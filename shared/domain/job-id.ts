import * as z from 'zod';
import { type Chance, newId } from './ids.ts';

/** `<eventId>-<its own>`: whoever names a job names its event, so it is found beside it and a key may be checked unread. */
export const JobId = z.string().regex(/^[0-9a-hj-km-np-tv-z]{16}-[0-9a-hj-km-np-tv-z]{16}$/, 'Not an id of ours');
export const newJobId = (eventId: string, bytes: Chance): string => `${eventId}-${newId(bytes)}`;
/** Its event's id and its own. */
export function partsOf(jobId: string): { eventId: string; own: string } {
  const [eventId = '', own = ''] = jobId.split('-');
  return { eventId, own };
}

import { isProved } from './proof.ts';
import type { Registration } from './registration.ts';

/**
 * Whether a bounce of this person's says something about the organiser's list: they brought the person in, or the mailbox
 * took a mail before. What anybody typed into the form, and never took a mail, says nothing about anybody else.
 */
export const mayTrip = (row: Registration): boolean => row.source === 'organiser' || isProved(row);

import type * as z from 'zod';
import { requiredLine } from './text.ts';

/** What could turn a name into a message: links, addresses, markup, placeholders. `.` is fine only in initials and titles. */
const NOT_A_NAME = /[<>{}[\]\\|^~`=#$%*@/:;"!?_+]|\w\.\w{2,}|\bwww\b/iu;

/** A name as it may stand in mail to an address that has not proved itself: one line, no links, no markup. */
export const PersonName = requiredLine('Your name', 100).refine((name) => !NOT_A_NAME.test(name), {
  error: 'Enter your name without links, brackets or symbols',
});
export type PersonName = z.infer<typeof PersonName>;

import { createHash } from 'node:crypto';
import * as z from 'zod';
import type { Event } from './event.ts';
import type { Epoch } from './time.ts';

/*
 * Who may write events may name anybody as their organiser. So an address gets no tests and no alerts before its owner has
 * pressed a button in the one mail that asks for it. That is known of the address, whatever event names it.
 */

/** What is known of an organiser's address; epoch seconds. */
export const OrganiserProof = z.object({ askedAt: z.int().optional(), provedAt: z.int().optional() });
export type OrganiserProof = z.infer<typeof OrganiserProof>;

/** One mail a day asks for it, whatever is made or tested. */
export const ASK_EVERY = 24 * 3600;
/** So many addresses a day are asked by word of one API key. */
export const ASKED_PER_KEY = { limit: 20, seconds: 24 * 3600 } as const;

/** Under this an address is known: it is canonical already. */
export const organiserHash = (email: string): string => createHash('sha256').update(email).digest('base64url');

/** Whether it may be asked now. */
export const mayAsk = ({ askedAt }: OrganiserProof, now: Epoch): boolean =>
  askedAt === undefined || askedAt <= now - ASK_EVERY;

/**
 * The event as it is saved after an edit of its organiser: marked where the address is another than before, and not that of
 * whoever runs the site. What an earlier version saved has no mark: that address was in use, and goes on getting alerts.
 */
export function withOrganiserToProve(event: Event, { before, own }: { before?: Event; own: string }): Event {
  const { email } = event.organiser;
  if (before && before.organiser.email === email) return event;
  const { organiserToProve: _, ...rest } = event;
  return email === own ? rest : { ...rest, organiserToProve: true };
}

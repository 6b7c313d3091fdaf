import { DeliveriesReleased } from '#functions/organiser-api/deliveries-docs.ts';
import type { Ask } from './api-client.ts';
import type { Picked } from './deliveries-options.ts';

/** What a release came to. */
export interface Released {
  readonly owed: number;
  readonly left: Readonly<Record<string, number>>;
}

/**
 * Has an event's mails sent again, call by call until none is left to do. `expect` is how many were seen: more than those
 * are not sent. What an earlier try released is not released again.
 */
export async function releaseMails(
  ask: Ask,
  { eventId, pick, expect }: { eventId: string; pick: Picked; expect: number },
): Promise<Released> {
  let owed = 0;
  const left: Record<string, number> = {};
  let cursor: string | undefined;
  do {
    const body = { ...pick, expect, ...(cursor !== undefined && { cursor }) };
    const answer = await ask({ path: `/events/${eventId}/deliveries/release`, body }, DeliveriesReleased);
    owed += answer.owed;
    for (const [reason, count] of Object.entries(answer.left)) left[reason] = (left[reason] ?? 0) + count;
    cursor = answer.next;
  } while (cursor !== undefined);
  return { owed, left };
}

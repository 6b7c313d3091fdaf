import { isProved } from '#shared/domain/proof.ts';
import { keys } from '#shared/store/keys.ts';
import { fromItem } from '#shared/store/registration-items.ts';
import type { Item } from '#shared/store/table.ts';
import type { History } from './history.ts';
import type { Kind, Ref } from './promised.ts';

/** What goes to many at once, said apart from the code that keeps it. */
const OF_MANY: readonly Kind[] = [
  'reminder',
  'joining',
  'announcement',
  'survey',
  'nudge',
  'change',
  'postponed',
  'cancelled',
];

/** Whether somebody who came by the form has yet to get the first mail about the place they have now. */
function lacksFirst(item: Item): boolean {
  const { source, admissions, overBudget, greetDue, deliveries } = item;
  const entries = deliveries as Record<string, string>;
  const firsts = [`1@a${admissions}`, `waitlist@a${admissions}`];
  const went = firsts.some((key) => /^(sent|delivered|bounced|complained)/.test(entries[key] ?? ''));
  const isOwed = firsts.some((key) => greetDue instanceof Set && greetDue.has(key));
  // Whoever did something with their address is no stranger's victim, though that mail was dropped.
  const isDropped = overBudget !== undefined && !isProved(fromItem(item));
  return source === 'form' && !went && (overBudget === undefined ? isOwed : isDropped);
}

/** Whether a mail to many is too early: since that moment its person has lacked their first one, and confirmations were on. */
export function comesTooEarly(kind: Kind, { eventId, registrationId }: Ref, past: History, since: number): boolean {
  if (!OF_MANY.includes(kind)) return false;
  const isOff = past.everSince(keys.campaign(eventId, '1'), since, (item) => item?.state !== 'active');
  const hadFirst = (item: Item | undefined) => item !== undefined && !item.beyondCap && !lacksFirst(item);
  return !past.everSince(keys.registration(eventId, registrationId), since, hadFirst) && !isOff;
}

import { readDelivery } from '#shared/domain/delivery.ts';
import { keys } from '#shared/store/keys.ts';
import type { Item } from '#shared/store/table.ts';
import type { History } from './history.ts';

/** Whether a mail came back from an address that its person has left since, or was kept from it: it is told anew where they are. */
export function cameBackBefore(past: History, row: Item, mailKey: string): boolean {
  const key = keys.registration(String(row.eventId), String(row.registrationId));
  return past.everSince(key, 0, (item) => {
    const entry = (item?.deliveries as Record<string, string> | undefined)?.[mailKey];
    if (entry === undefined || Number(item?.addressRevision) >= Number(row.addressRevision)) return false;
    const { state, reason } = readDelivery(entry);
    return state === 'bounced' || reason === 'bounced';
  });
}

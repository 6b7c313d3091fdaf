import * as z from 'zod';
import { DeliveriesView, type UnsentCount } from '#functions/organiser-api/deliveries-view.ts';
import { textTable } from '../text-table.ts';
import type { Ask } from './api-client.ts';
import type { Picked } from './deliveries-options.ts';

/** So many mails of one event, kind and reason. */
export type UnsentMails = z.infer<typeof UnsentCount> & { readonly eventId: string; readonly title: string };

const EventPage = z.object({
  events: z.array(z.object({ eventId: z.string(), title: z.string() })),
  next: z.string().optional(),
});
const OneEvent = z.object({ eventId: z.string(), title: z.string() });

/** What of each event's mail did not go, of what is picked. */
export async function unsentMails(
  ask: Ask,
  { eventId, pick }: { eventId: string | undefined; pick: Picked },
): Promise<UnsentMails[]> {
  const found: UnsentMails[] = [];
  for (const event of eventId === undefined
    ? await allEvents(ask)
    : [await ask({ path: `/events/${eventId}` }, OneEvent)]) {
    const query = { state: pick.state, limit: '1' };
    const { counts = [] } = await ask({ path: `/events/${event.eventId}/deliveries`, query }, DeliveriesView);
    found.push(...counts.filter((each) => isPicked(each, pick)).map((each) => ({ ...event, ...each })));
  }
  return found;
}

async function allEvents(ask: Ask): Promise<z.infer<typeof OneEvent>[]> {
  const all: z.infer<typeof OneEvent>[] = [];
  let cursor: string | undefined;
  do {
    const { events, next } = await ask({ path: '/events', query: { limit: '100', cursor } }, EventPage);
    all.push(...events);
    cursor = next;
  } while (cursor !== undefined);
  return all;
}

const isPicked = ({ mail, campaignId, reason }: Named, { kinds, campaigns, reasons }: Picked): boolean =>
  (kinds?.some((kind) => kind === mail) ?? true) &&
  (campaigns === undefined || (campaignId !== undefined && campaigns.includes(campaignId))) &&
  (reasons?.includes(reason) ?? true);
type Named = { readonly mail: string; readonly campaignId?: string | undefined; readonly reason: string };

/** How many of them a release would send. */
export const releasableOf = (mails: readonly UnsentMails[]): number =>
  mails.reduce((sum, { releasable }) => sum + releasable, 0);

/** They as a table to read: whose, which, why, and what a release would do. */
export function tableOfUnsent(mails: readonly UnsentMails[]): string {
  const rows = mails.map(({ eventId, title, mail, campaignId = '', reason, count, releasable, left }) => [
    eventId,
    title.length > 40 ? `${title.slice(0, 39)}…` : title,
    mail,
    campaignId,
    reason,
    String(count),
    String(releasable),
    leftInWords(left),
  ]);
  return textTable(['EVENT', 'TITLE', 'MAIL', 'CAMPAIGN', 'REASON', 'MAILS', 'TO SEND', 'LEFT'], rows);
}

/** "3 expired, 1 bounced". */
export const leftInWords = (left: Readonly<Record<string, number>>): string =>
  Object.entries(left)
    .map(([reason, count]) => `${count} ${reason}`)
    .join(', ');

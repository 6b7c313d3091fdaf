import { createHash } from 'node:crypto';
import type { Event } from './event.ts';
import { type CampaignKind, MAIL_RULES } from './mail-kinds.ts';

/** What a campaign of this kind is sent for at the event as it is now; triggered by hand, what the key says. */
export function occasionOf(
  kind: CampaignKind,
  event: Pick<Event, 'startRevision' | 'endRevision'>,
  key?: string,
): string {
  switch (MAIL_RULES[kind].occasion) {
    case 'start':
      return `s${event.startRevision}`;
    case 'end':
      return `e${event.endRevision}`;
    default:
      return key === undefined ? 'm0' : `m${createHash('sha256').update(key).digest('hex').slice(0, 12)}`;
  }
}

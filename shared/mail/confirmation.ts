import { inShort, scheduleFacts } from './facts.ts';
import { isOnline } from './joining.ts';
import type { Letter } from './letter.ts';
import type { MailView } from './mail-view.ts';
import { standingOf } from './standing.ts';

/** You have a place: when, where, how to join and how to step back. */
export function confirmation(view: MailView): Letter {
  const standing = standingOf(view, true);
  const inside = isOnline(view.event) ? ' Your joining link is in this mail.' : '';
  return {
    ...standing,
    news: 'Your place is confirmed',
    preview: `${inShort(view)}${inside}`,
    lead: ['Please keep this mail: it has everything you need on the day.'],
    facts: scheduleFacts(view),
    why: 'You get this mail because this address was registered for the event.',
  };
}

import { bringsCalendar } from '#shared/domain/calendar-part.ts';
import { bareFacts } from './facts.ts';
import type { Letter } from './letter.ts';
import type { MailView } from './mail-view.ts';
import { standingOf } from './standing.ts';

/** You have cancelled: it worked, and this is how to take it back. It tells no schedule. */
export function ownCancellation(view: MailView): Letter {
  const standing = standingOf(view);
  const calendar = bringsCalendar('own-cancellation', view.registration)
    ? ['A cancellation for your calendar is attached. If the event is still there afterwards, please delete it.']
    : [];
  return {
    ...standing,
    preview: standing.action.note ?? '',
    lead: [`${standing.lead.join(' ')} There is nothing else to do.`, ...calendar],
    facts: bareFacts(view),
    why: 'You get this mail because the registration of this address was cancelled.',
  };
}

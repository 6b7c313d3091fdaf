import { isOnline } from '#shared/domain/gate.ts';
import { inShort, scheduleFacts } from './facts.ts';
import { howSoon, isSoon } from './how-soon.ts';
import { joiningAdvice } from './joining.ts';
import type { Letter } from './letter.ts';
import type { MailView } from './mail-view.ts';
import { withWords } from './organisers-words.ts';
import { cannotCome, standingOf } from './standing.ts';

/** How soon it is; and shortly before, all that helps to get in. */
export function reminder(view: MailView): Letter {
  const standing = standingOf(view);
  const online = isOnline(view.event);
  const atLast = [...joiningAdvice(view), ...(online ? [cannotCome(view)] : [])];
  return withWords(view, {
    ...standing,
    news: howSoon(view),
    preview: inShort(view),
    lead: [leadOf(view)],
    facts: scheduleFacts(view),
    sections: isSoon(view) ? atLast : standing.sections,
    why: 'You get this mail because this address was registered for the event.',
  });
}

function leadOf(view: MailView): string {
  const online = isOnline(view.event);
  if (!isSoon(view))
    return `A reminder that you have a place at this event${online ? '; your joining link is below' : ''}.`;
  return online
    ? 'It is nearly time. Your joining link is below.'
    : 'It is nearly time. The organiser looks forward to seeing you.';
}

import { inShort, scheduleFacts } from './facts.ts';
import type { Letter } from './letter.ts';
import type { MailView } from './mail-view.ts';
import { standingOf } from './standing.ts';

const AGAIN = 'Somebody, most likely you, has just registered this address again. Nothing has changed.';

/** Somebody filled in the form again: nothing changed, and here is what there is already. */
export function alreadyRegistered(view: MailView): Letter {
  const standing = standingOf(view);
  return {
    ...standing,
    news: standing.already ?? standing.news,
    preview: `Nothing has changed. ${inShort(view)}`.trim(),
    lead: [AGAIN, ...standing.lead],
    facts: scheduleFacts(view),
    why: 'You get this mail because this address was entered in the registration form of the event. If that was not you, you can ignore it.',
  };
}

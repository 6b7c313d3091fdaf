import { scheduleFacts } from './facts.ts';
import type { Letter } from './letter.ts';
import type { MailView } from './mail-view.ts';
import { standingOf } from './standing.ts';

/** You are in line: where, what happens next and how to leave it. */
export function waitlist(view: MailView): Letter {
  const standing = standingOf(view);
  return {
    ...standing,
    preview: 'All places are taken at the moment. We write to you as soon as one is yours.',
    facts: scheduleFacts(view),
    why: 'You get this mail because this address was registered for the event.',
  };
}

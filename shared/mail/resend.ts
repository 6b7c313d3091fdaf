import { inShort, scheduleFacts } from './facts.ts';
import type { Letter } from './letter.ts';
import type { MailView } from './mail-view.ts';
import { standingOf } from './standing.ts';

/** Your link once more, with how things stand now. */
export function resend(view: MailView): Letter {
  const standing = standingOf(view);
  return {
    ...standing,
    preview: `Here is your link again. ${inShort(view)}`.trim(),
    lead: ['Here is your link again, as asked.', ...standing.lead],
    facts: scheduleFacts(view),
    why: 'You get this mail because the link of this registration was asked for again.',
  };
}

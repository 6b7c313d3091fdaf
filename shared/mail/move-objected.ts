import { bareFacts } from './facts.ts';
import type { Letter } from './letter.ts';
import type { MailView } from './mail-view.ts';

/** To the present address: somebody at an earlier one says that the move was not theirs, and what that means. */
export const moveObjected = (view: MailView): Letter => ({
  news: 'Somebody objected to the change of your address',
  preview: 'Your registration stays as it is. The organiser will decide.',
  tone: 'waiting',
  lead: [
    'The address of this registration was changed within the last seven days. Somebody who reads the earlier address says that it was not they who changed it.',
    'Nothing has been changed back: your registration and your links stay as they are. But the address cannot be changed again until the organiser has looked into it.',
    'If you know what happened, please reply to this mail and tell the organiser.',
  ],
  facts: bareFacts(view),
  action: { label: 'See your registration', url: view.links.manage },
  sections: [],
  why: 'You get this mail because this address belongs to a registration for the event.',
});

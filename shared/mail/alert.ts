import { scheduleFacts } from './facts.ts';
import type { Letter } from './letter.ts';
import type { MailView } from './mail-view.ts';

/** To the organiser: people will soon want to join, and nobody can tell them where. */
export const alert = (view: MailView): Letter => ({
  news: 'The joining address is missing',
  preview: 'People cannot join before it is there.',
  tone: 'off',
  lead: ['People cannot join before it is there.'],
  facts: scheduleFacts(view),
  action: { label: 'See the event page', url: view.links.event },
  sections: [],
  why: 'You get this mail because you organise the event.',
});

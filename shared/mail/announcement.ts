import { bareFacts } from './facts.ts';
import type { Letter } from './letter.ts';
import type { MailView } from './mail-view.ts';
import { withWords } from './organisers-words.ts';
import { standingOf } from './standing.ts';

const LEAD = 'The organiser has news about this event. You find it on the event’s page.';

/** What the organiser has to say; without words of their own, where the news is. It tells no times. */
export const announcement = (view: MailView): Letter =>
  withWords(view, {
    news: 'News about your event',
    preview: LEAD,
    tone: standingOf(view).tone,
    lead: [LEAD],
    facts: bareFacts(view),
    action: view.template
      ? { label: 'See your registration', url: view.links.manage }
      : { label: 'See the event page', url: view.links.event },
    sections: [],
    why: 'You get this mail because this address was registered for the event.',
  });

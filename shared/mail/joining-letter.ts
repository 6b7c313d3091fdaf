import { isOnline } from '#shared/domain/gate.ts';
import { inShort, scheduleFacts } from './facts.ts';
import { joiningAdvice } from './joining.ts';
import type { Letter } from './letter.ts';
import type { MailView } from './mail-view.ts';
import { withWords } from './organisers-words.ts';
import { standingOf } from './standing.ts';

const IN_PERSON = {
  news: 'Before you come',
  lead: 'The event is coming up. Here is where to go, and what to know before you set out.',
};
const ONLINE = {
  news: 'How to join',
  lead: 'The event is coming up. Here is all you need to join.',
};

/** How to get in, or there: the link and when it opens, what to have ready, what to do when it fails. */
export function joining(view: MailView): Letter {
  const standing = standingOf(view);
  const { news, lead } = isOnline(view.event) ? ONLINE : IN_PERSON;
  return withWords(view, {
    ...standing,
    news,
    preview: `${inShort(view)}${isOnline(view.event) ? ' Your joining link is in this mail.' : ''}`,
    lead: [lead],
    facts: scheduleFacts(view),
    sections: [...joiningAdvice(view), ...standing.sections],
    why: 'You get this mail because this address was registered for the event.',
  });
}

import { scheduleFacts } from './facts.ts';
import type { Letter } from './letter.ts';
import type { MailView } from './mail-view.ts';
import { standingOf } from './standing.ts';

/** What people were told of an event is true no more: what was, and what is now. */
const notice =
  (news: string) =>
  (view: MailView): Letter => ({
    ...standingOf(view),
    news,
    preview: news,
    facts: scheduleFacts(view),
    why: 'You get this mail because this address was registered for the event.',
  });

export const change = notice('Changed');
export const postponed = notice('Postponed');
export const cancelled = notice('Cancelled');

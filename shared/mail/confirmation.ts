import { phaseOf } from '#shared/domain/event.ts';
import { isOnline } from '#shared/domain/gate.ts';
import { inShort, scheduleFacts } from './facts.ts';
import { joiningAdvice } from './joining.ts';
import type { Letter } from './letter.ts';
import type { MailView } from './mail-view.ts';
import { withWords } from './organisers-words.ts';
import { cannotCome, standingOf } from './standing.ts';

const WHY = 'You get this mail because this address was registered for the event.';

/** You have a place: when, where, how to join and how to step back. To somebody who registers during it: join now. */
export function confirmation(view: MailView): Letter {
  const isLive = phaseOf(view.event, view.now * 1000) === 'live';
  if (isLive && isOnline(view.event)) return joinNow(view);
  const standing = standingOf(view, true);
  const inside = isOnline(view.event) ? ' Your joining link is in this mail.' : '';
  return withWords(view, {
    ...standing,
    news: 'Your place is confirmed',
    preview: `${inShort(view)}${inside}`,
    lead: [
      isLive
        ? 'The event has started: please come along as soon as you can.'
        : 'Please keep this mail: it has everything you need on the day.',
    ],
    facts: scheduleFacts(view),
    sections: [...(view.bringsJoining ? joiningAdvice(view) : []), ...standing.sections],
    why: WHY,
  });
}

/** Short, and in our words: the organiser's were written for people who register in good time. */
const joinNow = (view: MailView): Letter => ({
  news: 'Join now: it has started',
  preview: `Your place is confirmed, and the event is on. ${inShort(view)}`,
  tone: 'good',
  lead: ['Your place is confirmed, and the event is on.'],
  facts: scheduleFacts(view),
  action: {
    label: 'Join now',
    url: view.links.join,
    note: 'The link is yours alone, so please do not pass it on.',
  },
  sections: [...joiningAdvice(view), cannotCome(view)],
  why: WHY,
});

import { phaseOf } from '#shared/domain/event.ts';
import { isOnline } from '#shared/domain/gate.ts';
import type { EventFormat } from '#shared/domain/schedule.ts';
import { changesOf } from './changes.ts';
import { inShort, scheduleFacts } from './facts.ts';
import { joiningAction, joiningAdvice, joiningSection } from './joining.ts';
import type { Letter, Section } from './letter.ts';
import type { MailView } from './mail-view.ts';
import { noticeWords } from './notice-words.ts';
import { cannotCome, manageAction, standingOf } from './standing.ts';

/** When or where it is, is not what people were told: what was, what is, and that they keep what they had. */
export function change(view: MailView): Letter {
  const { news, ...before } = changesOf(view.before, view.event);
  const isWaiting = view.registration.status === 'waitlisted';
  const { action, sections } = isWaiting ? waiting(view) : placed(view);
  return {
    action,
    sections: [...noticeWords(view), ...sections],
    news,
    preview: inShort(view),
    tone: 'moved',
    lead: [what(view), isWaiting ? stillWaiting(view) : KEPT],
    facts: scheduleFacts(view, before),
    why: 'You get this mail because this address was registered for the event.',
  };
}

function what({ before, event }: MailView): string {
  if (before === undefined) return 'Please note when and where this event takes place.';
  const news =
    before.state === 'postponed'
      ? 'This event was postponed. Now it has a new date.'
      : 'The organiser has changed this event. What is new is below.';
  return before.format === event.format ? news : `${news} ${FORMATS[event.format]}`;
}

const FORMATS: Record<EventFormat, string> = {
  online: 'It takes place online now, so there is no need to travel.',
  'in-person': 'It takes place in person now: the joining link is no longer needed.',
  hybrid: 'You can come or join online now, as you like.',
};

const KEPT = 'Your place is kept: if you can come, there is nothing you need to do.';

const stillWaiting = ({ place }: MailView): string =>
  `You are still on the waiting list${place === undefined ? '' : `, as number ${place}`}. We write to you as soon as a place is yours; you need do nothing until then.`;

const waiting = (view: MailView): Pick<Letter, 'action' | 'sections'> => {
  const { action, sections } = standingOf(view);
  return { action, sections };
};

/** So soon that it brings the way in, that is the button; else whether they can come is the question. */
function placed(view: MailView): Pick<Letter, 'action' | 'sections'> {
  const online = isOnline(view.event);
  const isOpen = view.bringsJoining || phaseOf(view.event, view.now * 1000) === 'live';
  const advice = isOpen ? joiningAdvice(view) : [];
  return isOpen && online
    ? { action: joiningAction(view), sections: [...advice, calendarOf(view), cannotCome(view)] }
    : {
        action: manageAction(view),
        sections: [...advice, ...(online ? [joiningSection(view)] : []), calendarOf(view)],
      };
}

const calendarOf = ({ links, before }: MailView): Section => ({
  heading: 'Your calendar',
  paragraphs: [
    before?.state === 'published'
      ? 'An updated invitation is attached. If your calendar has not moved the event by itself, add it from this file.'
      : 'A new invitation is attached. If your calendar has not picked it up, add it from this file.',
  ],
  link: { label: 'Add to your calendar', url: links.calendar },
});

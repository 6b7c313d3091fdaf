import { bringsCalendar } from '#shared/domain/calendar-part.ts';
import { scheduleFacts } from './facts.ts';
import type { Letter, Section } from './letter.ts';
import type { MailView } from './mail-view.ts';
import { noticeWords } from './notice-words.ts';

const WHY = 'You get this mail because this address was registered for the event.';

const calendar = (text: string): Section => ({ heading: 'Your calendar', paragraphs: [text] });

/** The old date does not hold, and there is no new one yet: nobody has to do anything. */
export const postponed = (view: MailView): Letter => ({
  news: 'Postponed',
  preview: 'The old date no longer holds. You keep your registration, and we write to you when there is a new date.',
  tone: 'moved',
  lead: [
    'This event does not take place on the date you were told. There is no new date yet.',
    `${isWaiting(view) ? 'You stay on the waiting list, and keep your number' : 'Your place is kept'}. We write to you as soon as there is a new date; you need do nothing until then.`,
  ],
  facts: scheduleFacts(view),
  action: {
    label: 'See your registration',
    url: view.links.manage,
    note: `If you do not want to wait for it, you can give up your ${isWaiting(view) ? 'place in line' : 'place'} there.`,
  },
  sections: [
    ...noticeWords(view),
    ...(bringsCalendar('postponed', view.registration)
      ? [
          calendar(
            'The cancellation attached to this mail takes the event out of your calendar. If it is still there afterwards, please delete it. A new invitation comes with the new date.',
          ),
        ]
      : []),
  ],
  why: WHY,
});

/** It will not be: nobody should set out, and everybody knows whom to ask. */
export const cancelled = (view: MailView): Letter => ({
  news: 'Cancelled',
  preview: 'This event will not take place. You need do nothing.',
  tone: 'off',
  lead: [
    'This event has been cancelled and will not take place. We are sorry if you had planned for it.',
    `You need do nothing: your ${isWaiting(view) ? 'place on the waiting list' : 'registration'} ends with it.`,
  ],
  facts: scheduleFacts(view),
  action: {
    label: 'See the event page',
    url: view.links.event,
    note: `The page stays, and says that the event is cancelled. If you have a question, ask ${view.event.organiser.name}: just reply to this mail.`,
  },
  sections: [
    ...noticeWords(view),
    ...(bringsCalendar('cancelled', view.registration)
      ? [
          calendar(
            'The cancellation attached to this mail takes the event out of your calendar. If it is still there afterwards, please delete it.',
          ),
        ]
      : []),
  ],
  why: WHY,
});

const isWaiting = ({ registration }: MailView): boolean => registration.status === 'waitlisted';

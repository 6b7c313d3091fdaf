import { closedBecause, phaseOf } from '#shared/domain/event.ts';
import { isOnline } from '#shared/domain/gate.ts';
import { joiningAction } from './joining.ts';
import type { Action, Letter, Section } from './letter.ts';
import type { MailView } from './mail-view.ts';

/** How things are for a person at this moment: their status and the state of the event together. */
export type Standing = Pick<Letter, 'news' | 'lead' | 'tone' | 'action' | 'sections'> & {
  /** The news for somebody who registers once more. */
  readonly already?: string;
};

/** What every mail about a registration says of where it stands; `attached` when it brings the event as a file. */
export function standingOf(view: MailView, attached = false): Standing {
  const { event, registration, now } = view;
  if (registration.status === 'cancelled') return cancelled(view);
  const phase = phaseOf(event, now * 1000);
  if (phase === 'cancelled' || phase === 'postponed' || phase === 'ended') return { ...off(phase), ...toLookAt(view) };
  switch (registration.status) {
    case 'confirmed':
      return confirmed(view, attached);
    case 'waitlisted':
      return waitlisted(view);
    case 'applied':
      return {
        news: 'We have your registration',
        lead: ['Your registration has reached us. We write as soon as we know whether there is a place for you.'],
        already: 'We already have your registration',
        tone: 'waiting',
        ...toLookAt(view),
      };
  }
}

const toLookAt = ({ links }: MailView): Pick<Standing, 'action' | 'sections'> => ({
  action: { label: 'See your registration', url: links.manage },
  sections: [],
});

function off(phase: 'cancelled' | 'postponed' | 'ended'): Pick<Standing, 'news' | 'lead' | 'tone'> {
  switch (phase) {
    case 'cancelled':
      return {
        news: 'This event is cancelled',
        lead: ['This event has been cancelled and will not take place.'],
        tone: 'off',
      };
    case 'postponed':
      return {
        news: 'This event is postponed',
        lead: ['This event has been postponed. Your registration is kept, and we write when there is a new date.'],
        tone: 'moved',
      };
    case 'ended':
      return { news: 'This event has ended', lead: ['This event has ended.'], tone: 'quiet' };
  }
}

function confirmed(view: MailView, attached: boolean): Standing {
  const told = {
    news: 'You have a place',
    lead: ['You have a place at this event.'],
    already: 'You are already registered',
    tone: 'good',
  } as const;
  const calendar = calendarSection(view, attached);
  return isOnline(view.event)
    ? { ...told, action: joiningAction(view), sections: [calendar, cannotCome(view)] }
    : { ...told, action: manageAction(view), sections: [calendar] };
}

const stepBack = ({ event }: MailView): string =>
  `cancel your registration, ${event.capacity ? 'so that somebody else can have the place' : 'so that the organiser knows'}. Do the same if it was not you who registered.`;

const manageLink = ({ links }: MailView) => ({ label: 'See or cancel your registration', url: links.manage });

/** The registration as the button of a mail. */
export const manageAction = (view: MailView): Action => ({
  ...manageLink(view),
  note: `If you cannot come: please ${stepBack(view)}`,
});

/** The way out, for mails whose button is another. */
export const cannotCome = (view: MailView): Section => ({
  heading: 'If you cannot come',
  paragraphs: [`Please ${stepBack(view)}`],
  link: manageLink(view),
});

const calendarSection = ({ links }: MailView, attached: boolean): Section => ({
  heading: 'Your calendar',
  paragraphs: [
    attached
      ? 'The event is attached to this mail. If your calendar has not picked it up, add it from this file.'
      : 'If the event is not in your calendar yet, add it from this file.',
  ],
  link: { label: 'Add to your calendar', url: links.calendar },
});

function waitlisted({ place, links }: MailView): Standing {
  const isKnown = place !== undefined;
  return {
    news: isKnown ? `You are number ${place} on the waiting list` : 'You are on the waiting list',
    lead: [
      'All places are taken at the moment. When one comes free, it goes to the first in line. We write to you as soon as one is yours; you need do nothing until then.',
    ],
    already: `You are already on the waiting list${isKnown ? `, as number ${place}` : ''}`,
    tone: 'waiting',
    action: {
      label: 'See or leave the waiting list',
      url: links.manage,
      note: 'If you no longer want to come, or it was not you who registered, please give up your place in line there.',
    },
    sections: [],
  };
}

function cancelled({ event, links, now }: MailView): Standing {
  const closed = closedBecause(event, now * 1000);
  const full = event.capacity ? ' If the event is full by then, you join its waiting list.' : '';
  const again: Action = {
    label: 'Register again',
    url: links.manage,
    note: `If you have changed your mind, or it was not you who cancelled, you can take it back there.${full}`,
  };
  return {
    news: 'Your registration is cancelled',
    lead: ['You are no longer registered for this event.'],
    tone: 'quiet',
    action: closed ? { label: 'See the event page', url: links.event, note: closed } : again,
    sections: [],
  };
}

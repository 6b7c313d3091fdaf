import { type Attendance, attendanceOf } from '#shared/domain/attendance.ts';
import { bareFacts } from './facts.ts';
import type { Letter, Section } from './letter.ts';
import type { MailView } from './mail-view.ts';
import { withWords } from './organisers-words.ts';

/** What a mail that asks says first, to those who came, and to those of whom nobody knows. */
type Asking = Record<Exclude<Attendance, 'no-show'>, { readonly news: string; readonly lead: string }>;

const FIRST: Asking = {
  attended: { news: 'Thank you for coming', lead: 'Thank you for being there. Please say how it was.' },
  unknown: {
    news: 'How was it?',
    lead: 'Thank you for registering. If you were there, please say how it was.',
  },
};
const ONCE_MORE: Asking = {
  attended: {
    news: 'Your answer is still welcome',
    lead: 'Thank you for coming. The survey about the event is still open: please say how it was.',
  },
  unknown: {
    news: 'Your answer is still welcome',
    lead: 'The survey about this event is still open. If you were there, please say how it was.',
  },
};

/** How was it? Nobody is thanked for coming, or told that they were missed, before it is final who came. */
export const survey = (view: MailView): Letter => asking(view, FIRST);

/** The same once more, to who has not answered. */
export const nudge = (view: MailView): Letter => asking(view, ONCE_MORE);

/** A test is not about the organiser's own coming, and the organiser's words know whom they are for. */
function asking(view: MailView, words: Asking): Letter {
  const { event, registration, now, template, tested } = view;
  const attendance = tested ? 'unknown' : attendanceOf(event, registration, now);
  if (attendance !== 'no-show') return asked(view, words[attendance], attendance);
  return template ? asked(view, words.unknown, 'unknown') : missed(view);
}

/** It tells no times: what was, everybody knows. */
const asked = (view: MailView, { news, lead }: Asking['unknown'], attendance: keyof Asking): Letter =>
  withWords(view, {
    news,
    preview: aboutTheAnswer(view),
    tone: 'quiet',
    lead: [`${lead} ${aboutTheAnswer(view)}`],
    facts: bareFacts(view),
    action: { label: 'Answer the survey', url: view.links.survey },
    sections: [...recording(view), ...(attendance === 'attended' ? [certificate(view)] : [])],
    why: WHY,
  });

/** To who was not there: what they can still see comes first. */
function missed(view: MailView): Letter {
  const { event, links } = view;
  const still =
    event.recordingUrl === undefined
      ? { words: 'We hope to see you another time.', action: { label: 'See the event page', url: links.event } }
      : {
          words: 'You can still watch the recording, whenever it suits you.',
          action: { label: 'Watch the recording', url: event.recordingUrl },
        };
  return {
    news: 'Sorry we missed you',
    preview: still.words,
    tone: 'quiet',
    lead: [`You had a place, and it seems that you could not be there. ${still.words}`],
    facts: bareFacts(view),
    action: still.action,
    sections: [
      {
        heading: 'Something to tell the organiser?',
        paragraphs: [`The survey is open to you, too. ${aboutTheAnswer(view)}`],
        link: { label: 'Answer the survey', url: links.survey },
      },
    ],
    why: WHY,
  };
}

const WHY = 'You get this mail because this address was registered for the event.';

const aboutTheAnswer = ({ event }: MailView): string =>
  `Your answer helps the organiser to make the next one better. It takes about two minutes${event.survey.anonymous ? ', and it is anonymous' : ''}.`;

/** Once: organisers' words may lead there already. */
const recording = ({ event, template }: MailView): Section[] =>
  event.recordingUrl === undefined || template?.body.includes('recordingLink')
    ? []
    : [
        {
          heading: 'The recording',
          paragraphs: ['You can watch the event again, or for the first time.'],
          link: { label: 'Watch the recording', url: event.recordingUrl },
        },
      ];

const certificate = ({ links }: MailView): Section => ({
  heading: 'Your certificate of attendance',
  paragraphs: ['It is on the page of the survey, whether or not you answer.'],
  link: { label: 'Get your certificate', url: links.survey },
});

import { bareFacts } from './facts.ts';
import type { Letter, Section } from './letter.ts';
import type { MailView } from './mail-view.ts';
import { withWords } from './organisers-words.ts';

const ANSWER = 'Your answer helps the organiser to make the next one better. It takes about two minutes.';

/** How was it? Not everybody who had a place was there, and nobody knows yet who was. */
export const survey = (view: MailView): Letter =>
  asking(view, 'How was it?', `Thank you for registering. If you were there, please say how it was. ${ANSWER}`);

/** The same once more, to who has not answered. */
export const nudge = (view: MailView): Letter =>
  asking(
    view,
    'Your answer is still welcome',
    `The survey about this event is still open. If you were there, please say how it was. ${ANSWER}`,
  );

/** It tells no times: what was, everybody knows. */
const asking = (view: MailView, news: string, lead: string): Letter =>
  withWords(view, {
    news,
    preview: ANSWER,
    tone: 'quiet',
    lead: [lead],
    facts: bareFacts(view),
    action: { label: 'Answer the survey', url: view.links.survey },
    sections: recording(view),
    why: 'You get this mail because this address was registered for the event.',
  });

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

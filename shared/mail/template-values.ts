import { phaseOf } from '#shared/domain/event.ts';
import { isOnline } from '#shared/domain/gate.ts';
import type { PlaceholderValues } from '#shared/domain/placeholder.ts';
import { whenForReader, whenOfEvent, whereOf } from './facts.ts';
import type { MailView } from './mail-view.ts';

/** What each placeholder is for this person. A link that is not for them is empty, and so hides its sections. */
export function templateValues(view: MailView): PlaceholderValues {
  const { event, registration, links } = view;
  const hasPlace = registration.status === 'confirmed';
  return {
    name: registration.name || UNNAMED,
    event: event.title,
    when: when(view),
    where: whereOf(event),
    joinLink: hasPlace && isOnline(event) && event.state === 'published' ? links.join : '',
    manageLink: links.manage,
    surveyLink: hasPlace && event.state === 'published' && event.survey.questions.length > 0 ? links.survey : '',
    recordingLink: event.recordingUrl ?? '',
    eventLink: links.event,
    organiser: event.organiser.name,
  };
}

/** Whom a template greets while an address has not proved itself: its words are written around a name. */
const UNNAMED = 'guest';

function when(view: MailView): string {
  const { event, now } = view;
  if (phaseOf(event, now * 1000) === 'postponed') return 'a date to be announced';
  const elsewhere = whenForReader(view);
  return `${whenOfEvent(event)}${elsewhere === undefined ? '' : ` (for you: ${elsewhere})`}`;
}

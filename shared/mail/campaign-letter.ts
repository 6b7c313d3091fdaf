import { type CampaignKind, MAIL_RULES } from '#shared/domain/mail-kinds.ts';
import { bareFacts, inShort, scheduleFacts } from './facts.ts';
import type { Action, Letter } from './letter.ts';
import type { MailView } from './mail-view.ts';
import { standingOf } from './standing.ts';
import { oneLine } from './subject.ts';

type ScheduledKind = Exclude<CampaignKind, 'confirmation'>;

interface Words {
  readonly news: string;
  readonly lead: string;
  /** The button; the one of the person's standing where there is none. */
  readonly action?: (view: MailView) => Action;
}

const WORDS: Record<ScheduledKind, Words> = {
  joining: { news: 'How to join', lead: 'Here is everything you need on the day.' },
  reminder: { news: 'Starting soon', lead: 'This is a reminder of an event you registered for.' },
  survey: {
    news: 'How was it?',
    lead: 'Thank you for coming. Please tell the organiser how it was: it takes two minutes.',
    action: ({ links }) => ({ label: 'Answer the survey', url: links.survey }),
  },
  nudge: {
    news: 'Your answer is still welcome',
    lead: 'The survey is still open. Please tell the organiser how it was: it takes two minutes.',
    action: ({ links }) => ({ label: 'Answer the survey', url: links.survey }),
  },
  announcement: {
    news: 'News about your event',
    lead: 'The organiser has news about this event.',
    action: ({ links }) => ({ label: 'See your registration', url: links.manage }),
  },
};

/**
 * A campaign's mail in plain words: the organiser's where the campaign has some, else those of its kind. It shows times
 * only if its rule keeps which ones a person was told.
 */
export const campaignLetter =
  (kind: ScheduledKind) =>
  (view: MailView): Letter => {
    const { news, lead, action } = WORDS[kind];
    const { template } = view;
    const standing = standingOf(view);
    const tellsSchedule = MAIL_RULES[kind].tellsSchedule;
    const paragraphs = template ? template.body.split(/\n{2,}/) : [lead];
    return {
      ...standing,
      news: template?.subject ?? news,
      lead: paragraphs,
      preview: tellsSchedule ? inShort(view) : oneLine(paragraphs[0] ?? lead),
      facts: tellsSchedule ? scheduleFacts(view) : bareFacts(view),
      action: action?.(view) ?? standing.action,
      why: 'You get this mail because this address was registered for the event.',
    };
  };

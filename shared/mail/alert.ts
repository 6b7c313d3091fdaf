import { opensAt } from '#shared/domain/gate.ts';
import { alertObjection } from './alert-objection.ts';
import { scheduleFacts } from './facts.ts';
import { roughly, untilStart } from './how-soon.ts';
import { opensInWords } from './joining.ts';
import type { Letter } from './letter.ts';
import type { MailView } from './mail-view.ts';

/** To the organiser: somebody objected to a move; or people will soon want to join, and nobody can tell them where. */
export function alert(view: MailView): Letter {
  if (view.objection !== undefined) return alertObjection(view, view.objection);
  const { site, event, links, now } = view;
  const left = opensAt(event) - now;
  const time =
    left > 0
      ? `People are let in from ${opensInWords(event)}, so you have ${roughly(left)} to add it.`
      : 'People are at the door now, so please add it at once.';
  return {
    news: 'The joining address is missing',
    preview: `${startsIn(view)} ${time}`,
    tone: 'off',
    lead: [
      `${startsIn(view)} Nobody can join it yet, because there is no address to send people to.`,
      `${time} Until it is there, people read that the event starts soon, and the page looks again by itself.`,
    ],
    facts: scheduleFacts(view),
    action: { label: 'See the event page', url: links.event },
    sections: [
      {
        heading: 'How to add it',
        paragraphs: [
          'Send this request with a key that may write events. The address can be changed in the same way, at any time.',
        ],
        code: [
          `PATCH ${site.url}/api/v1/events/${event.eventId}`,
          'Authorization: Bearer <your API key>',
          `If-Match: "${event.revision}"`,
          'Content-Type: application/json',
          '',
          '{"joining": {"url": "https://…"}}',
        ].join('\n'),
      },
      {
        heading: 'What happens then',
        paragraphs: ['It holds at once. Everybody’s link leads there from then on, and no mail has to go out again.'],
      },
    ],
    why: 'You get this mail because you organise this event.',
  };
}

const startsIn = (view: MailView): string => {
  const left = untilStart(view);
  return left > 0 ? `Your event starts in ${roughly(left)}.` : 'Your event has started.';
};

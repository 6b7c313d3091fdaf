import { OBJECT_WITHIN } from '#shared/domain/left-address.ts';
import { instantAt } from '#shared/domain/time.ts';
import { momentOf } from '#shared/domain/when.ts';
import { bareFacts } from './facts.ts';
import type { Letter } from './letter.ts';
import type { MailView } from './mail-view.ts';

/**
 * To the address that a registration has left: that it has, and how to object. Whoever reads it may be anybody, so it says
 * nothing of the new address, nor of the person; and the person may be a stranger to them, so nothing that was typed either.
 */
export function addressMoved(view: MailView): Letter {
  const { event, left, links, now } = view;
  const until = momentOf(instantAt((left?.since ?? now) + OBJECT_WITHIN), event.timeZone);
  const calendar =
    left?.sequence === undefined
      ? []
      : ['A cancellation for your calendar is attached. It takes the event out of the calendar of this address only.'];
  return {
    news: 'Your registration has another email address now',
    preview: 'Mail about it goes there from now on. If that was not you, you can object.',
    tone: 'moved',
    lead: [
      'Mail about this registration goes to another address from now on. This address gets none any more, and the links in earlier mails have stopped working.',
      'If you changed it, or asked the organiser to, there is nothing to do.',
      ...calendar,
    ],
    facts: bareFacts(view),
    action: {
      label: 'That was not me',
      url: links.object,
      note: `The page that opens has a button to object, until ${until}. Then the address cannot be changed again until the organiser has looked into it. Nothing is changed back by itself.`,
    },
    sections: [],
    why: 'You get this mail because this address belonged to a registration for the event until now. There will be no other about this change.',
  };
}

import { instantAt } from '#shared/domain/time.ts';
import { momentOf } from '#shared/domain/when.ts';
import { inShort, scheduleFacts } from './facts.ts';
import type { Letter } from './letter.ts';
import type { MailView } from './mail-view.ts';

/** Somebody registered this address: whoever reads it says whether they want the place. */
export function confirmAddress(view: MailView): Letter {
  const { event, registration, links } = view;
  const by = registration.confirmBy === undefined ? undefined : instantAt(registration.confirmBy);
  const until = by === undefined ? '' : ` Please do so before ${momentOf(by, event.timeZone)}.`;
  return {
    news: 'Please confirm your registration',
    preview: `One press, and your registration counts. ${inShort(view)}`.trim(),
    tone: 'waiting',
    lead: [
      `This address was registered for this event. Your registration counts once you confirm that the address is yours.${until}`,
    ],
    facts: scheduleFacts(view),
    action: {
      label: 'Confirm my registration',
      url: links.manage,
      note: 'The button on the page that opens confirms it. Without that the registration is cancelled by itself.',
    },
    sections: [],
    why: 'You get this mail because this address was entered in the registration form of the event. If that was not you, you can ignore it: no more will come.',
  };
}

import { bareFacts } from './facts.ts';
import type { Letter } from './letter.ts';
import type { MailView } from './mail-view.ts';

/** To the organiser: somebody says that a registration was moved away from their address, and the organiser decides. It names nobody. */
export function alertObjection(view: MailView, registrationId: string): Letter {
  const { site, event, links } = view;
  const path = `${site.url}/api/v1/events/${event.eventId}/registrations/${registrationId}`;
  return {
    news: 'Somebody objected to the change of an address',
    preview: 'The address of a registration was changed, and somebody at the earlier address says it was not they.',
    tone: 'waiting',
    lead: [
      `The address of registration ${registrationId} was changed. Somebody who reads the earlier address says that it was not they who changed it.`,
      'Nothing has been changed back. The address cannot be changed again until you have decided; both addresses know that you will.',
    ],
    facts: bareFacts(view),
    action: { label: 'See the event page', url: links.event },
    sections: [
      {
        heading: 'How to decide',
        paragraphs: [
          'See both addresses, and ask whom you can reach. The earlier one is kept for seven days after the change.',
          'Then lift the objection. After that the address can be corrected again, by you or by whoever holds the registration.',
        ],
        code: [`GET ${path}`, '', `POST ${path}/lift-objection`, 'Authorization: Bearer <your API key>'].join('\n'),
      },
    ],
    why: 'You get this mail because you organise this event.',
  };
}

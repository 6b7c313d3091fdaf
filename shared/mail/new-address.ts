import { bareFacts } from './facts.ts';
import type { Letter } from './letter.ts';
import type { MailView } from './mail-view.ts';

/** To the address that a person wants to have instead: is it theirs? Nothing changes until they say so from there. */
export const newAddress = (view: MailView): Letter => ({
  news: 'Please confirm your new address',
  preview: 'One press, and mail about your registration comes here.',
  tone: 'waiting',
  lead: [
    'You asked for mail about your registration to come to this address from now on. Once you confirm it, the earlier address gets none any more, and the links in earlier mails stop working.',
  ],
  facts: bareFacts(view),
  action: {
    label: 'Use this address',
    url: view.links.address,
    note: 'The button on the page that opens confirms it. Until then everything stays as it is.',
  },
  sections: [],
  why: 'You get this mail because this address was entered on the page of a registration for the event. If that was not you, you can ignore it: no more will come.',
});

import type { Letter } from './letter.ts';
import type { MailView } from './mail-view.ts';

/** To an address that is to get mail as an organiser's: is it theirs? It says nothing that anybody typed. */
export const proveOrganiser = ({ site, links }: MailView): Letter => ({
  news: 'Please confirm that you organise events',
  preview: 'One press, and tests and alerts about your events come here.',
  tone: 'waiting',
  lead: [
    `Somebody who prepares an event at ${site.name} named this address as its organiser’s. Once you confirm it, tests of its mails and alerts about events that name you come here.`,
  ],
  facts: { title: site.name, rows: [] },
  action: {
    label: 'This is my address',
    url: links.address,
    note: 'The button on the page that opens confirms it. You are asked once for all events.',
  },
  sections: [],
  why: 'You get this mail because this address was entered as an organiser’s. If you know nothing of it, you can ignore it: without your press nothing else comes.',
});

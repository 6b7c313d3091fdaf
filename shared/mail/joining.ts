import type { Event } from '#shared/domain/event.ts';
import { isOnline, opensAt, opensBefore } from '#shared/domain/gate.ts';
import { clockOf, zoneName } from '#shared/domain/when.ts';
import type { Action, Section } from './letter.ts';
import type { MailView } from './mail-view.ts';

/** The button that leads to the joining page, and when that opens. */
export const joiningAction = (view: MailView): Action => ({
  label: 'Your joining link',
  url: view.links.join,
  note: joiningNote(view),
});

/** The same as a section, for mails whose button is another. */
export const joiningSection = (view: MailView): Section => ({
  heading: 'Joining online',
  paragraphs: [joiningNote(view)],
  link: { label: 'Your joining link', url: view.links.join },
});

/** What to have ready, in the organiser's words, and what to do when it does not work. */
export const joiningAdvice = (view: MailView): Section[] => [
  ...instructions(view),
  ...(isOnline(view.event) ? [IF_IT_FAILS] : []),
];

/** "15 minutes before the start, at 09:15 GMT". */
export function opensInWords(event: Event): string {
  const opensInstant = new Date(opensAt(event) * 1000).toISOString();
  const clock = `${clockOf(opensInstant, event.timeZone)} ${zoneName(opensInstant, event.timeZone)}`;
  return `${inWords(opensBefore(event))} before the start, at ${clock}`;
}

function joiningNote({ event, now }: MailView): string {
  const when = now >= opensAt(event) ? 'It is open now.' : `It opens ${opensInWords(event)}.`;
  const inPerson = event.format === 'hybrid' ? ' If you come in person, you do not need it.' : '';
  return `${when} It is yours alone, so please do not pass it on.${inPerson}`;
}

const HEADINGS = {
  online: 'Before you join',
  'in-person': 'Before you come',
  hybrid: 'Before you come or join',
} as const satisfies Record<Event['format'], string>;

/** The real address is looked up at the press: somebody who wrote it here as well gets the link that knows the latest. */
function instructions({ event, links }: MailView): Section[] {
  const { instructions: written = '', url } = event.joining ?? {};
  const text = url === undefined ? written : written.replaceAll(url, links.join);
  return text === '' ? [] : [{ heading: HEADINGS[event.format], paragraphs: text.split(/\n{2,}/) }];
}

const IF_IT_FAILS: Section = {
  heading: 'If it does not work',
  paragraphs: [
    'Try the link in another browser or on your phone: it works on every device. If the page says that it starts soon, leave it open, it looks again by itself. Still stuck? Reply to this mail.',
  ],
};

const MINUTE = 60;
const HOUR = 3600;

function inWords(seconds: number): string {
  const [count, unit] = seconds % HOUR === 0 ? [seconds / HOUR, 'hour'] : [seconds / MINUTE, 'minute'];
  return `${count} ${unit}${count === 1 ? '' : 's'}`;
}

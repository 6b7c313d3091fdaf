import type { Event } from '#shared/domain/event.ts';
import { momentOf, whenElsewhere, whenOf } from '#shared/domain/when.ts';
import { type Html, html } from './html.ts';

type Timed = Pick<Event, 'startInstant' | 'endInstant' | 'timeZone'>;

/** When an event is. The hours stay together on one line: "10:00–" at the end of one is half a fact. */
export const whenMarkup = ({ startInstant, endInstant, timeZone }: Timed, short = false): Html =>
  html`<time datetime="${startInstant}">${together(whenOf(startInstant, endInstant, timeZone, short))}</time>`;

/** The same where somebody said they are, on a line of its own; nothing where their clocks show the same. */
export function elsewhereMarkup({ startInstant, endInstant, timeZone }: Timed, theirs: string | undefined) {
  const elsewhere = whenElsewhere(startInstant, endInstant, timeZone, theirs);
  return elsewhere === undefined ? undefined : html`<br><span class="muted">Your time: ${together(elsewhere)}</span>`;
}

/** A moment in short, and the same by the clocks of somebody elsewhere, on a line of its own. */
export function momentMarkup(instant: string, zone: string, theirs = zone): Html {
  const [here, there] = [momentOf(instant, zone, true), momentOf(instant, theirs, true)];
  const differs = whenElsewhere(instant, instant, zone, theirs) !== undefined;
  return html`<time datetime="${instant}">${here}</time>${differs && html`<br><span class="muted">Your time: ${there}</span>`}`;
}

function together(when: string): Html {
  const [, day, hours] = /^(.*, )(\d\d:\d\d–\d\d:\d\d \S+)$/.exec(when) ?? [];
  return hours === undefined ? html`${when}` : html`${day}<span class="keep">${hours}</span>`;
}

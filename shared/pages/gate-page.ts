import type { Event } from '#shared/domain/event.ts';
import { closesAt, type Gate, gateOf, isOnline, joiningAddress, opensAt } from '#shared/domain/gate.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { surveyPhaseOf } from '#shared/domain/survey-phase.ts';
import { instantAt } from '#shared/domain/time.ts';
import { clockOf, zoneName } from '#shared/domain/when.ts';
import { addToCalendar } from './calendar-links.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import type { PageSite } from './site.ts';
import type { Standing } from './standing.ts';
import { timeLeft } from './time-left.ts';
import { elsewhereMarkup, momentMarkup, whenMarkup } from './times.ts';

export interface GateView {
  readonly event: Event;
  readonly registration: Registration;
  readonly standing: Standing;
  /** Epoch milliseconds. */
  readonly now: number;
}

/** What the page leads to, and how it came about. */
interface GateDoors {
  /** The value of the button to join. */
  readonly press: string;
  /** The token of the person's survey. */
  readonly survey: string;
  /** Why the last press changed nothing. */
  readonly said: string | undefined;
  /** The page has been asked not to look again by itself. */
  readonly isStill: boolean;
}

/** The way in: what one needs on a phone a minute before the start, and nothing else. */
export function gatePage(site: PageSite, view: GateView, doors: GateDoors): string {
  const { event, registration, now } = view;
  const gate = gateOf(event, registration, Math.floor(now / 1000));
  const isAhead = gate === 'before' || (gate === 'in-person' && view.standing.phase === 'upcoming');
  const isOff = gate === 'cancelled' || gate === 'postponed';
  const main = html`<div class="narrow gate">
${doors.said && html`<div class="notice" role="alert" tabindex="-1" autofocus data-focus><p>${doors.said}</p></div>`}
<h1>${event.title}</h1>
${STATES[gate](view, doors)}
${!isOff && html`<p class="when">${whenMarkup(event)}${elsewhereMarkup(event, registration.timeZone)}</p>`}
${isAhead && addToCalendar(event, site.url)}
<p class="ask">Questions? <a href="mailto:${event.organiser.email}">${event.organiser.email}</a></p>
</div>`;
  return layout(site, { title: event.title, main, quiet: true });
}

const news = (sentence: string, more: Html | string = ''): Html =>
  html`<p class="news"><b>${sentence}</b></p>${more && html`<p>${more}</p>`}`;

/** What the page says, by how the gate stands. */
const STATES: Record<Gate, (view: GateView, doors: GateDoors) => Html> = {
  cancelled: () => news('This event has been cancelled.', 'It will not take place.'),
  postponed: () => news('This event has been postponed.', 'You keep your registration. A mail tells you the new date.'),
  'no-place': ({ event, registration, standing }) => {
    if (registration.status === 'waitlisted')
      return news(
        'You do not have a place yet.',
        'You are on the waiting list. A mail tells you as soon as a place is yours.',
      );
    if (registration.status === 'applied')
      return news('Your place is not confirmed yet.', 'A mail tells you whether you have one.');
    const again = html`To come after all, <a href="/events/${event.slug}/register">register again</a>.`;
    return news('You gave up your place.', standing.closed === undefined ? again : '');
  },
  'in-person': (view) =>
    html`${view.standing.phase === 'live' ? news('It is on now.') : countdown(view, view.event.startInstant)}${place(view.event)}`,
  before: (view) =>
    html`${countdown(view, instantAt(opensAt(view.event)))}
<p>The button to join will be on this page. Keep the link: it is yours alone.</p>${place(view.event)}`,
  open: (view, doors) => {
    if (joiningAddress(view.event) !== undefined) return open(view, doors);
    return view.standing.phase === 'ended' ? over(view, doors) : soon(view, doors);
  },
  closed: (view, doors) => over(view, doors),
};

const place = ({ format, place: where }: Event): Html | undefined => {
  if (format === 'online') return undefined;
  return html`<p>${format === 'hybrid' ? 'Or come' : 'Come'} to <b>${where}</b>.</p>`;
};

/** True as it is sent; the script only lets it tick. */
function countdown({ event, registration, now }: GateView, until: string): Html {
  const left = timeLeft(Date.parse(until) - now);
  const ticking = html`<b data-countdown="${until}" data-now="${new Date(now).toISOString()}">${left}</b>`;
  return html`${news('You have a place.')}
<p class="countdown">${
    isOnline(event)
      ? html`You can join in ${ticking}<small>from ${momentMarkup(until, event.timeZone, registration.timeZone)}</small>`
      : html`It starts in ${ticking}`
  }</p>`;
}

const button = ({ press }: GateDoors, label: string, kind: string): Html =>
  html`<form method="post"><p class="join"><button class="button ${kind}" type="submit" name="join" value="${press}">${label}</button></p></form>`;

function open(view: GateView, doors: GateDoors): Html {
  const { event, standing, now } = view;
  const closes = instantAt(closesAt(event));
  const until = `${clockOf(closes, event.timeZone)} ${zoneName(closes, event.timeZone)}`;
  const state = {
    upcoming: () => news('You can join now.', `It starts in ${timeLeft(Date.parse(event.startInstant) - now)}.`),
    live: () => news('It is on now.'),
    ended: () => news('This event has ended.', `If it runs over, you can still join until ${until}.`),
  }[standing.phase as 'upcoming' | 'live' | 'ended'];
  return html`${state()}${button(doors, 'Join now', 'big')}
<p class="muted">If it fails, come back to this page and press again.</p>
${place(event)}${standing.phase === 'ended' && after(view, doors, 'secondary')}`;
}

/** Nobody can be sent anywhere yet: the page looks again by itself, unless it was asked not to. */
const soon = ({ event }: GateView, doors: GateDoors): Html =>
  html`${news('Starting soon.', 'The organiser has not opened the doors yet. You are in the right place, and need do nothing.')}
${button(doors, 'Try now', 'secondary')}
<p class="muted">${
    doors.isStill
      ? html`This page stays as it is until you press. <a href="?">Let it look again by itself</a>`
      : html`This page looks again by itself, twice a minute. <a href="?still=yes">Keep it still</a>`
  }</p>${place(event)}`;

const over = (view: GateView, doors: GateDoors): Html => html`${news('This event has ended.')}${after(view, doors)}`;

/** What is still of use when it is over. */
function after({ event, registration, now }: GateView, { survey }: GateDoors, kind = ''): Html {
  const asks = surveyPhaseOf(event, now) === 'open' && registration.status === 'confirmed';
  return html`${asks && html`<p><a class="button ${kind}" href="/s/${survey}">Answer the survey</a></p>`}<ul class="plain">
${event.recordingUrl !== undefined && html`<li><a href="${event.recordingUrl}" rel="nofollow noopener noreferrer">Watch the recording</a></li>`}
<li><a href="/events/${event.slug}">About the event</a></li>
<li><a href="/">Next events</a></li>
</ul>`;
}

import type { Event } from '#shared/domain/event.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { Details } from '#shared/domain/registration-details.ts';
import { isKeptShort } from '#shared/domain/send-after-all.ts';
import { type Epoch, instantAt } from '#shared/domain/time.ts';
import { momentOf } from '#shared/domain/when.ts';
import { aboutYou } from './about-you.ts';
import { addToCalendar } from './calendar-links.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { mailHistory } from './mail-history.ts';
import { said as saidWhy } from './personal-parts.ts';
import type { PageSite } from './site.ts';
import type { Standing } from './standing.ts';
import { elsewhereMarkup, whenMarkup } from './times.ts';

type ManageAction = 'cancel' | 'undo' | 'mute' | 'unmute' | 'confirm' | 'send';

export interface ManageView {
  readonly event: Event;
  readonly registration: Registration;
  readonly standing: Standing;
  readonly token: string;
  /** Where else their links lead at this moment: to join, to say how it was, to show that they came. */
  readonly doors: readonly { readonly label: string; readonly path: string }[];
  /** What they said about themselves, kept apart from the row. */
  readonly details: Details;
  /** Their place in line while they wait, 1 is next, and how many wait in all. */
  readonly place: { readonly number: number; readonly of: number } | undefined;
  /** The value a button must carry for its press to count. */
  readonly press: (action: ManageAction) => string;
  /** Why the last press changed nothing. */
  readonly said: string | undefined;
  readonly now: Epoch;
}

/** My registration: what I have, all that is kept about me, what I was sent, and what I can do about it. */
export function managePage(site: PageSite, view: ManageView): string {
  const { event, registration, standing, said } = view;
  const { slug, title, place, timeZone } = event;
  const hasPlace = registration.status !== 'cancelled' && isAhead(standing);
  // What they came for stands first.
  const isAsked = registration.confirmBy !== undefined && hasPlace;
  const main = html`<div class="narrow">
${saidWhy(said)}
<h1>Your registration</h1>
${status(view)}
${isAsked && actions(view)}
<h2><a href="/events/${slug}">${title}</a></h2>
<dl class="facts-list">
<div><dt>When</dt><dd>${whenMarkup(event)}${elsewhereMarkup(event, registration.timeZone)}</dd></div>
<div><dt>Where</dt><dd>${place}</dd></div>
<div><dt>Organiser</dt><dd>${event.organiser.name}, <a href="mailto:${event.organiser.email}">${event.organiser.email}</a></dd></div>
</dl>
${view.doors.map(({ label, path }) => html`<p><a class="button" href="${path}">${label}</a></p>`)}
${hasPlace && !isAsked && addToCalendar(event, site.url)}
${!isAsked && actions(view)}
<h2>What we know about you</h2>
${aboutYou(view)}
<h2>What you were sent</h2>
${mailHistory(registration, { timeZone: registration.timeZone ?? timeZone, now: view.now })}
${unsent(view)}
${optionalMail(view)}
<h2>Your data</h2>
<ul>
<li><a href="/r/${view.token}/data.json" download>Download your data</a></li>
<li><a href="/r/${view.token}/erase">Erase your data</a></li>
</ul>
</div>`;
  return layout(site, { title: `Your registration: ${title}`, main, quiet: true });
}

const isAhead = ({ phase }: Standing) => phase === 'upcoming' || phase === 'live' || phase === 'postponed';

/** Where the person stands, in one sentence with its shape. */
function status({ event, registration, standing, place }: ManageView): Html {
  const { confirmBy } = registration;
  const box = (kind: string, lead: string, more: string) =>
    html`<div class="status status-${kind}"><p><b>${lead}</b> ${more}</p></div>`;
  if (registration.status === 'cancelled') return box('off', 'You have given up your place.', '');
  if (standing.phase === 'cancelled') return box('off', 'The event has been cancelled.', 'It will not take place.');
  if (standing.phase === 'ended') return box('off', 'The event has ended.', '');
  const moved = standing.phase === 'postponed' ? 'The event has been postponed; a new date will be announced.' : '';
  switch (registration.status) {
    case 'confirmed':
      return box(
        'yes',
        standing.phase === 'postponed' ? 'You keep your place.' : 'You have a place.',
        moved || joining(event),
      );
    case 'waitlisted':
      return box(
        'wait',
        `You are on the waiting list${place ? `, number ${place.number} of ${place.of} in line` : ''}.`,
        moved || 'You get a mail as soon as a place is yours.',
      );
    case 'applied':
      if (confirmBy !== undefined)
        return box(
          'wait',
          'Please confirm your registration.',
          `It counts once you have pressed the button. Please do so before ${momentOf(instantAt(confirmBy), event.timeZone)}.`,
        );
      return box('wait', 'Your registration is in.', 'A mail will tell you in a moment whether you have a place.');
  }
}

const joining = ({ format }: Event): string =>
  format === 'in-person' ? '' : 'The mail that confirms it holds your joining link.';

function actions(view: ManageView): Html | undefined {
  const { registration, standing, event } = view;
  if (registration.status === 'cancelled') {
    if (standing.closed !== undefined) return undefined;
    const warning =
      event.capacity === undefined
        ? ''
        : 'You get your place back if it has not been given on; otherwise you join the waiting list.';
    return html`<form method="post"><p>Changed your mind? ${warning}</p><p>${button(view, 'undo', 'Take my place back')}</p></form>`;
  }
  if (!isAhead(standing)) return undefined;
  if (registration.confirmBy !== undefined)
    return html`<form method="post"><p>${button(view, 'confirm', 'Confirm my registration', '')}</p>
<p>Was it not you who registered? Then you need do nothing: it is cancelled by itself.</p></form>`;
  const waiting = registration.status === 'waitlisted';
  return html`<form method="post"><h2>Cannot come?</h2>
<p>${event.capacity === undefined ? 'Give up your place, so that the organiser knows.' : 'Give up your place, so that somebody else can have it.'}</p>
<p>${button(view, 'cancel', waiting ? 'Leave the waiting list' : 'Give up my place')}</p></form>`;
}

/** What keeps mail from them, and what they can do about it. */
function unsent(view: ManageView): Html | undefined {
  const { registration, standing, token } = view;
  if (registration.bounced)
    return html`<p>A mail to ${registration.email} came back, so nothing more is sent there. <a href="/r/${token}/address">Have your mail sent to another address</a>.</p>`;
  if (registration.status === 'cancelled' || !isAhead(standing) || !isKeptShort(registration)) return undefined;
  const why = registration.beyondCap
    ? 'Your mailbox was registered for this event so often that its reminders are not sent for this registration.'
    : 'Your first mail was not sent, because too many mails to your mailbox were asked for in a short time; nor are reminders, until it was.';
  return html`<form method="post"><p>${why} You can have what you need sent all the same.</p>
<p>${button(view, 'send', 'Send me my mail')}</p></form>`;
}

function optionalMail(view: ManageView): Html | undefined {
  if (view.registration.status === 'cancelled' || !isAhead(view.standing)) return undefined;
  const muted = view.registration.muted ?? false;
  return html`<form method="post"><p>${muted ? 'You get no reminders and no optional mail about this event. Mails you need, such as a change of time, still come.' : 'Reminders and other optional mail about this event come to you too.'}</p>
<p>${muted ? button(view, 'unmute', 'Send me reminders again') : button(view, 'mute', 'Stop optional mail')}</p></form>`;
}

const button = ({ press }: ManageView, action: ManageAction, label: string, kind = ' secondary'): Html =>
  html`<button class="button${kind}" type="submit" name="${action}" value="${press(action)}">${label}</button>`;

import type { Event } from '#shared/domain/event.ts';
import { errorSummary, type FormError } from './form-errors.ts';
import { type FieldView, textField } from './form-fields.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { type PrivacyNotice, privacyPanel } from './privacy-notice.ts';
import { questionField } from './question-field.ts';
import type { PageSite } from './site.ts';
import type { Standing } from './standing.ts';
import { whenMarkup } from './times.ts';

/** What a form field is called and where it is on the page: answers go by the id of their question. */
export const answerField = (questionId: string): string => `answers.${questionId}`;

/** A field no person sees and many programs fill in. */
export const HONEYPOT = 'homepage';

export interface RegistrationFormView {
  readonly event: Event;
  readonly standing: Standing;
  readonly notice: PrivacyNotice;
  /** What was typed last time, by field. */
  readonly typed: (field: string) => readonly string[];
  /** What is wrong with it; `field` is undefined where no field of the form is at fault. */
  readonly faults: readonly { readonly field: string; readonly message: string }[];
  readonly search: string;
}

/** The form to register, or why there is none. */
export function registrationPage(site: PageSite, view: RegistrationFormView): string {
  const { event, standing, faults, search } = view;
  const joins = standing.isFull ? 'Join the waiting list' : 'Register';
  const main = html`<p class="back"><a href="/events/${event.slug}${search}">Back to the event</a></p>
<div class="narrow">
${errorSummary(faults.map((fault) => anchorOf(fault, event)))}
<h1>${standing.closed === undefined ? joins : 'Registration is closed'}</h1>
<p class="lead">${event.title}</p>
<p class="when">${whenMarkup(event)}</p>
${standing.closed === undefined ? form(site, view, joins) : closed(event, standing.closed)}
</div>`;
  const title = `${joins}: ${event.title}`;
  return layout(site, { title: faults.length > 0 ? `Error: ${title}` : title, main });
}

const closed = ({ slug, organiser }: Event, why: string): Html => html`<div class="notice"><p><b>${why}</b></p></div>
<p>If you have registered already, the link in your mail shows your registration. Questions? Write to <a href="mailto:${organiser.email}">${organiser.email}</a>.</p>
<p><a href="/events/${slug}">About the event</a> · <a href="/">Other events</a></p>`;

function form(site: PageSite, { event, standing, notice, typed, faults }: RegistrationFormView, button: string): Html {
  const view = (field: string): FieldView => ({ field, typed: typed(field), faults });
  return html`${standing.isFull && html`<div class="notice"><p><b>All places are taken.</b> Register to join the waiting list: as soon as a place is free, the first in line gets it and is told by email.</p></div>`}
<form class="form" method="post" action="/events/${event.slug}/register" novalidate data-remember>
${textField({ ...view('name'), label: 'Full name', autocomplete: 'name', required: true })}
${textField({ ...view('email'), label: 'Email address', hint: 'The confirmation and your joining link go here.', type: 'email', autocomplete: 'email', required: true })}
${textField({ ...view('organisation'), label: 'Organisation', autocomplete: 'organization' })}
${textField({ ...view('jobTitle'), label: 'Job title', autocomplete: 'organization-title' })}
${event.questions.map((question) => questionField(question, view(answerField(question.id))))}
<p class="unseen" aria-hidden="true"><label for="${HONEYPOT}">Leave this empty</label><input type="text" id="${HONEYPOT}" name="${HONEYPOT}" tabindex="-1" autocomplete="off"></p>
<input type="hidden" name="timeZone" value="">
<input type="hidden" name="privacyVersion" value="${notice.version}">
${privacyPanel(site, event, notice)}
<p><button class="button" type="submit">${button}</button></p>
</form>`;
}

/** Where a summary of errors leads: to a field about the person, or nowhere for one that is none. */
export function anchorOf(
  { field, message }: { field: string; message: string },
  event: Pick<Event, 'questions'>,
): FormError {
  const own = ['name', 'email', 'organisation', 'jobTitle', ...event.questions.map(({ id }) => answerField(id))];
  return own.includes(field) ? { anchor: field, message } : { message };
}

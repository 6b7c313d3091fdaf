import type { Event } from '#shared/domain/event.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { type SurveyAnswers, surveyIsNotFor } from '#shared/domain/survey-answer.ts';
import { type SurveyPhase, surveyClosesInstant } from '#shared/domain/survey-phase.ts';
import { momentOf } from '#shared/domain/when.ts';
import { errorSummary } from './form-errors.ts';
import { type Html, html } from './html.ts';
import { layout } from './layout.ts';
import { answerField } from './registration-form.ts';
import type { PageSite } from './site.ts';
import { afterwards, answersList, type Certificate } from './survey-after.ts';
import { answeredBefore, type SurveyAction, type SurveyPosted, surveyForm } from './survey-form.ts';

export interface SurveyView {
  readonly event: Event;
  readonly registration: Registration;
  readonly phase: SurveyPhase;
  /** What they answered by name. */
  readonly mine: SurveyAnswers | undefined;
  readonly certificate: Certificate | undefined;
  readonly press: (action: SurveyAction) => string;
  readonly posted: SurveyPosted | undefined;
}

/** The survey of an event: to answer, to change the answer, or why it is not the time. Then what else there is after it. */
export function surveyPage(site: PageSite, view: SurveyView): string {
  const { event, registration, posted } = view;
  const { faults = [], said } = posted ?? {};
  const main = html`<div class="narrow survey">
${faults.length > 0 && errorSummary(faults.map(({ field, message }) => ({ message, anchor: anchorOf(event, field) })))}
${said && html`<div class="notice" role="alert" tabindex="-1" autofocus data-focus><p>${said}</p></div>`}
<h1>${registration.answeredSurvey ? 'Thank you for your answer' : 'Survey'}</h1>
<p class="lead">${event.title}</p>
${state(view)}
<p class="ask"><a href="/events/${event.slug}">About the event</a> · Questions? <a href="mailto:${event.organiser.email}">${event.organiser.email}</a></p>
</div>`;
  const title = `Survey: ${event.title}`;
  return layout(site, { title: faults.length > 0 ? `Error: ${title}` : title, main, quiet: true });
}

/** Where the summary leads: to a question, or nowhere for what is none. */
const anchorOf = ({ survey }: Event, field: string): string | undefined =>
  survey.questions.some(({ id }) => answerField(id) === field) ? field : undefined;

const news = (sentence: string, more: Html | string = ''): Html =>
  html`<div class="notice"><p><b>${sentence}</b> ${more}</p></div>`;

function state(view: SurveyView): Html {
  const { event, registration, phase } = view;
  if (phase === 'cancelled') return news('This event has been cancelled.', 'There will be no survey.');
  if (phase === 'postponed') return news('This event has been postponed.', 'The survey comes after it.');
  const notTheirs = surveyIsNotFor(registration);
  if (notTheirs) return html`${news(notTheirs)}${typedBefore(view)}`;
  switch (phase) {
    case 'none':
      return html`${news('This event has no survey.')}${more(view)}`;
    case 'ahead':
      return news('The survey comes after the event.', comes(event));
    case 'closed':
      return html`${closed(view)}${more(view)}`;
    case 'open':
      return open(view);
  }
}

const more = ({ event, certificate }: SurveyView): Html => afterwards(event, certificate);

const comes = ({ endInstant, timeZone, survey }: Event): string =>
  `It opens on ${momentOf(endInstant, timeZone)}.${survey.anonymous ? ' Your answer will be anonymous.' : ''}`;

const closesOn = (event: Event): string => momentOf(surveyClosesInstant(event), event.timeZone);

function closed(view: SurveyView): Html {
  const { event, registration, mine } = view;
  const closes = `It closed on ${closesOn(event)}.`;
  if (!registration.answeredSurvey) return html`${news('The survey has closed.', closes)}${typedBefore(view)}`;
  const inTime = `${closes} Your answer is in${event.survey.anonymous ? '.' : ', and can no longer be changed.'}`;
  return html`${news('The survey has closed.', inTime)}${answersList(event, 'Your answer', (field) => answeredBefore(event.survey, mine, field))}${typedBefore(view)}`;
}

function open(view: SurveyView): Html {
  const { event, registration } = view;
  const until = closesOn(event);
  const form = surveyForm({ ...view, until });
  if (!registration.answeredSurvey)
    return html`<p>Please say how it was: it takes about two minutes. The survey is open until ${until}.</p>${form}${more(view)}`;
  if (event.survey.anonymous)
    return html`${thanks('Your answer is in.', 'It is anonymous and final: nobody can tell which one is yours, so it is not shown here and cannot be changed.')}${more(view)}`;
  return html`${thanks('Your answer is in.', `You can change it until ${until}.`)}${more(view)}
<h2>Your answer</h2>${form}`;
}

const thanks = (sentence: string, more: string): Html =>
  html`<div class="status status-yes"><p><b>${sentence}</b> ${more}</p></div>`;

/** What was typed into a form that nobody takes any more: it is the reader's, and not to be lost. */
function typedBefore({ event, posted }: SurveyView): Html | undefined {
  return posted && answersList(event, 'What you had entered', posted.typed);
}

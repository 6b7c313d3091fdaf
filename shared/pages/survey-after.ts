import type { Event } from '#shared/domain/event.ts';
import { momentOf } from '#shared/domain/when.ts';
import { type Html, html } from './html.ts';
import { answerField } from './registration-form.ts';

/** Somebody's certificate of attendance: where it is, or when it will be known whether they get one. */
export type Certificate = { readonly url: string } | { readonly finalAt: string };

/** What else there is for people after an event: the recording, and their certificate. */
export const afterwards = (event: Event, certificate: Certificate | undefined): Html =>
  html`${event.recordingUrl !== undefined && recording(event.recordingUrl)}${certificate && certificateSection(event, certificate)}`;

const recording = (url: string): Html => html`<h2>The recording</h2>
<p><a href="${url}" rel="nofollow noopener">Watch the recording</a></p>`;

const certificateSection = (
  { timeZone }: Event,
  certificate: Certificate,
): Html => html`<h2>Your certificate of attendance</h2>
<p>${
  'url' in certificate
    ? html`<a href="${certificate.url}">Get your certificate of attendance</a>`
    : `If you are among those who took part, it will be here once attendance is final, on ${momentOf(certificate.finalAt, timeZone)}.`
}</p>`;

/** What somebody said to each question, to be read and no more; nothing where they said nothing. */
export function answersList(
  { survey }: Event,
  heading: string,
  said: (field: string) => readonly string[],
): Html | undefined {
  const given = survey.questions.flatMap(({ id, label }) => {
    const words = said(answerField(id)).filter((each) => each.trim() !== '');
    return words.length === 0 ? [] : [{ label, words }];
  });
  if (given.length === 0) return undefined;
  return html`<h2>${heading}</h2>
<dl class="facts-list">${given.map(({ label, words }) => html`<div><dt>${label}</dt><dd class="typed">${words.join(', ')}</dd></div>`)}</dl>`;
}

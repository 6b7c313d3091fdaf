import { answersNow, questionCalled } from '#shared/domain/answers-kept.ts';
import { evidenceOf } from '#shared/domain/attendance.ts';
import type { Event } from '#shared/domain/event.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { Details } from '#shared/domain/registration-details.ts';
import { momentOf } from '#shared/domain/when.ts';
import { type Html, html } from './html.ts';

interface AboutView {
  readonly event: Event;
  readonly registration: Registration;
  readonly details: Details;
  readonly token: string;
}

/** Everything that is held, plainly, and the ways to correct it. */
export function aboutYou({ event, registration, details, token }: AboutView): Html {
  const { name, email, newEmail, timeZone, registeredAt } = registration;
  const answers = Object.entries(answersNow(event.questions, details.answers)).map(([id, answer]): [string, string] => [
    questionCalled(event, id),
    [answer].flat().join(', '),
  ]);
  const held: (readonly [string, string | Html])[] = [
    ['Name', name],
    ['Email', newEmail ? html`${email}<br><span class="muted">${newEmail} is to be confirmed</span>` : email],
    ...optionalRow('Organisation', details.organisation),
    ...optionalRow('Job title', details.jobTitle),
    ...answers,
    ...optionalRow('Time zone', timeZone),
    ['Registered', momentOf(registeredAt, timeZone ?? event.timeZone)],
    ...cameRow(registration),
  ];
  return html`<dl class="facts-list">${held.map(([label, value]) => html`<div><dt>${label}</dt><dd>${value}</dd></div>`)}</dl>
<p><a href="/r/${token}/details">Correct your details</a> · <a href="/r/${token}/address">Use another email address</a></p>`;
}

const optionalRow = (label: string, value: string | undefined): (readonly [string, string])[] =>
  value === undefined ? [] : [[label, value]];

const CAME = { none: '', opened: 'You came to the door', joined: 'You joined' } as const;

function cameRow(registration: Registration): (readonly [string, string])[] {
  const evidence = evidenceOf(registration);
  const said =
    evidence === 'provider-confirmed' ? `You were there for ${registration.minutes} minutes` : CAME[evidence];
  return said === '' ? [] : [['Attendance', said]];
}

import { calendarCancel, calendarRequest } from '#shared/calendar/invitation.ts';
import { wasInvited } from '#shared/domain/decide.ts';
import { MAIL_RULES, type MailKind } from '#shared/domain/mail-kinds.ts';
import { alert } from './alert.ts';
import { alreadyRegistered } from './already-registered.ts';
import { campaignLetter } from './campaign-letter.ts';
import { confirmation } from './confirmation.ts';
import type { Foot, Letter } from './letter.ts';
import type { MailView } from './mail-view.ts';
import { cancelled, change, postponed } from './notices.ts';
import { ownCancellation } from './own-cancellation.ts';
import { renderHtml } from './render-html.ts';
import { renderText } from './render-text.ts';
import { resend } from './resend.ts';
import { oneLine, subjectOf } from './subject.ts';
import { waitlist } from './waitlist.ts';

/** A mail in all its forms, ready for an envelope. */
export interface RenderedMail {
  readonly subject: string;
  readonly preview: string;
  readonly html: string;
  readonly text: string;
  readonly calendar?: { readonly method: 'REQUEST' | 'CANCEL'; readonly ics: string };
}

const LETTERS: Record<MailKind, (view: MailView) => Letter> = {
  confirmation,
  waitlist,
  'own-cancellation': ownCancellation,
  resend,
  'already-registered': alreadyRegistered,
  joining: campaignLetter('joining'),
  reminder: campaignLetter('reminder'),
  survey: campaignLetter('survey'),
  nudge: campaignLetter('nudge'),
  announcement: campaignLetter('announcement'),
  change,
  postponed,
  cancelled,
  alert,
  'test-send': (view) => LETTERS[view.tested ?? 'announcement'](view),
};

/** The mail of this kind for this person. Pure: the same view makes the same mail, byte for byte. */
export function renderMail(kind: MailKind, view: MailView): RenderedMail {
  const letter = LETTERS[kind](view);
  const subject = subjectOf(letter.news, letter.facts.title);
  const greeting = `Hello ${oneLine(view.registration.name)},`;
  const foot = footOf(kind, letter, view);
  const calendar = calendarOf(kind, view);
  return {
    subject,
    preview: letter.preview,
    html: renderHtml(letter, { subject, greeting, foot }),
    text: renderText(letter, greeting, foot),
    ...(calendar && { calendar }),
  };
}

function footOf(kind: MailKind, { why }: Letter, { site, event, links }: MailView): Foot {
  const stop = { label: 'Stop reminders and surveys of this event', url: links.stop };
  const privacy = { label: 'How your data is used', url: `${site.url}/privacy` };
  return {
    lines: [
      `Questions? Reply to this mail: your answer goes to ${oneLine(event.organiser.name)}.`,
      why,
      `Sent by ${site.name}, ${new URL(site.url).host}.`,
    ],
    links: [...(MAIL_RULES[kind].stoppedByMute ? [stop] : []), privacy],
  };
}

/** A cancellation goes only to calendars that a mail of ours put the event into. */
function calendarOf(kind: MailKind, view: MailView): RenderedMail['calendar'] {
  switch (MAIL_RULES[kind].calendar) {
    case 'REQUEST':
      return { method: 'REQUEST', ics: calendarRequest(view) };
    case 'CANCEL':
      return wasInvited(view.registration) ? { method: 'CANCEL', ics: calendarCancel(view) } : undefined;
    case undefined:
      return undefined;
  }
}

import { calendarCancel, calendarRequest } from '#shared/calendar/invitation.ts';
import { bringsCalendar } from '#shared/domain/calendar-part.ts';
import { isOrganiserKind, type MailKind } from '#shared/domain/mail-kinds.ts';
import { isProved } from '#shared/domain/proof.ts';
import { addressMoved } from './address-moved.ts';
import { alert } from './alert.ts';
import { alreadyRegistered } from './already-registered.ts';
import { announcement } from './announcement.ts';
import { cancelled, postponed } from './called-off.ts';
import { change } from './change.ts';
import { confirmAddress } from './confirm-address.ts';
import { confirmation } from './confirmation.ts';
import { footOf } from './foot.ts';
import { joining } from './joining-letter.ts';
import type { Letter } from './letter.ts';
import type { MailView } from './mail-view.ts';
import { moveObjected } from './move-objected.ts';
import { newAddress } from './new-address.ts';
import { ownCancellation } from './own-cancellation.ts';
import { proveOrganiser } from './prove-organiser.ts';
import { reminder } from './reminder.ts';
import { renderHtml } from './render-html.ts';
import { renderText } from './render-text.ts';
import { resend } from './resend.ts';
import { oneLine, subjectOf } from './subject.ts';
import { nudge, survey } from './survey.ts';
import { asTest } from './test-send.ts';
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
  'confirm-address': confirmAddress,
  'new-address': newAddress,
  'address-moved': addressMoved,
  'move-objected': moveObjected,
  joining,
  reminder,
  survey,
  nudge,
  announcement,
  change,
  postponed,
  cancelled,
  alert,
  'prove-organiser': proveOrganiser,
  'test-send': (view) => asTest(LETTERS[view.tested ?? 'announcement'](view)),
};

/** The mail of this kind for this person. Pure: the same view makes the same mail, byte for byte. */
export function renderMail(kind: MailKind, given: MailView): RenderedMail {
  const view = withKnownName(kind, given);
  const letter = LETTERS[kind](view);
  const told = letter.words?.subject ?? subjectOf(letter.news, letter.facts.title);
  const subject = kind === 'test-send' ? `[Test] ${told}` : told;
  // Whoever is asked whether an address is theirs is called by no name that somebody typed.
  const greeting = letter.words?.greets || kind === 'prove-organiser' ? undefined : greetingOf(view);
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

/**
 * The view as a mail may show it. What an address that has not proved itself is called, a stranger may have typed to speak
 * through our mail; so the name is nobody's here, once and for all that is made of it. No mail shows more of what people typed.
 */
function withKnownName(kind: MailKind, view: MailView): MailView {
  const { registration, event } = view;
  // One that asks for a new address goes there, and that has proved nothing; who reads one that was left may be anybody.
  const goesElsewhere = ['new-address', 'address-moved'].includes(view.tested ?? kind);
  const isKnown = !goesElsewhere && (isOrganiserKind(kind) || isProved(registration, event));
  return isKnown ? view : { ...view, registration: { ...registration, name: '' } };
}

const greetingOf = ({ registration }: MailView): string =>
  registration.name === '' ? 'Hello,' : `Hello ${oneLine(registration.name)},`;

function calendarOf(kind: MailKind, view: MailView): RenderedMail['calendar'] {
  if (kind === 'address-moved') return leftCalendar(view);
  const method = bringsCalendar(kind, view.registration);
  return method && { method, ics: method === 'REQUEST' ? calendarRequest(view) : calendarCancel(view) };
}

/** The event leaves the calendar of the address that was left, with a SEQUENCE below that of any invitation to the next. */
function leftCalendar({ left, ...view }: MailView): RenderedMail['calendar'] {
  if (left?.sequence === undefined) return undefined;
  const { email, sequence } = left;
  return {
    method: 'CANCEL',
    ics: calendarCancel({ ...view, registration: { ...view.registration, email, sequence } }),
  };
}

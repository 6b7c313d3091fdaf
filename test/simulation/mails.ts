import { compose } from '#functions/send/compose.ts';
import type { DeliverDeps } from '#functions/send/deliver-deps.ts';
import { addresseeOf } from '#shared/domain/addressee.ts';
import { wasInvited } from '#shared/domain/invited.ts';
import { leftAddressOf } from '#shared/domain/left-address.ts';
import { readMailKey } from '#shared/domain/mail-key.ts';
import type { MailKind } from '#shared/domain/mail-kinds.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { type Schedule, scheduleOf } from '#shared/domain/schedule.ts';
import type { Mail } from '#shared/mail/mailer.ts';

/** Whole mails as people get them, or plain ones that say whose they are: a hundred times quicker to write. */
export type Mails = 'whole' | 'plain';

/** What a mail says, for whoever judges by what people read and not by what was written down about it. */
export interface Shown {
  readonly kind: MailKind;
  /** When and where, as the mail has it; absent where it says neither. */
  readonly schedule?: Schedule;
  readonly revision: number;
  /** Of a notice: the schedule it calls the old one. */
  readonly before?: Schedule;
  /** Which start it tells how to join, if it does. */
  readonly joins?: string;
  readonly calendar?: { readonly method: 'REQUEST' | 'CANCEL'; readonly sequence: number };
}

const SHOW_TIMES: readonly MailKind[] = [
  'confirmation',
  'waitlist',
  'joining',
  'reminder',
  'resend',
  'already-registered',
  'confirm-address',
  'change',
  'postponed',
  'cancelled',
];
const INVITES: readonly MailKind[] = ['confirmation', 'change'];
const UNINVITES: readonly MailKind[] = ['own-cancellation', 'postponed', 'cancelled'];

const MARK = '\n\u00a7';
/** Only who has a place is invited, and only who was invited is told to forget it. */
const methodOf = (kind: MailKind, row: Registration): 'REQUEST' | 'CANCEL' | undefined => {
  if (INVITES.includes(kind)) return row.status === 'confirmed' ? 'REQUEST' : undefined;
  return UNINVITES.includes(kind) && wasInvited(row) ? 'CANCEL' : undefined;
};

/** The calendar part it brings; where it tells of a move, with the number kept for that. */
function calendarOf(kind: MailKind, row: Registration, mailKey: string): Shown['calendar'] {
  if (kind !== 'address-moved') {
    const method = methodOf(kind, row);
    return method && { method, sequence: row.sequence };
  }
  const { sequence } = leftAddressOf(row, readMailKey(mailKey).occasion) ?? {};
  return sequence === undefined ? undefined : { method: 'CANCEL', sequence };
}

const shown: (...of: Parameters<DeliverDeps['compose']>) => Shown = (
  kind,
  { event, row, mailKey, before, bringsJoining },
) => {
  const calendar = calendarOf(kind, row, mailKey);
  return {
    kind,
    ...(SHOW_TIMES.includes(kind) && { schedule: scheduleOf(event) }),
    revision: event.scheduleRevision,
    ...(before && { before }),
    ...((kind === 'joining' || bringsJoining) && { joins: `s${event.startRevision}` }),
    ...(calendar && { calendar }),
  };
};

/** What somebody who reads this mail knows. */
export const shownBy = ({ text }: Pick<Mail, 'text'>): Shown =>
  JSON.parse(text.slice(text.lastIndexOf(MARK) + MARK.length)) as Shown;

/** Whom all of them are from. */
export const SENDER = 'events@example.org';

const whole = compose({
  site: { name: 'Rollcall', url: 'https://events.example.org' },
  linkKeys: new Map([['k1', 'a key that signs the links of a simulated world, long enough']]),
  reach: { mode: 'live', allowList: [] },
  sender: SENDER,
  configurationSets: { service: 'service', optional: 'optional', urgent: 'urgent' },
});

const plain: DeliverDeps['compose'] = (kind, { mailKey, event, row, attempt }) => {
  const { campaign, occasion } = readMailKey(mailKey);
  const to = addresseeOf({ kind, occasion }, row) ?? row.email;
  const isLeft = kind === 'address-moved';
  return {
    from: SENDER,
    to,
    replyTo: event.organiser.email,
    subject: kind,
    html: '',
    text: isLeft ? 'Hello' : `Hello ${row.name}`,
    headers: {},
    tags: {
      event: row.eventId,
      registration: row.registrationId,
      campaign,
      occasion,
      attempt: String(attempt),
      addressRevision: String(to === row.email && !isLeft ? row.addressRevision : 0),
    },
    configurationSet: 'service',
  };
};

export function composer(mails: Mails): DeliverDeps['compose'] {
  const written = mails === 'whole' ? whole : plain;
  return (kind, composition) => {
    const mail = written(kind, composition);
    return { ...mail, text: `${mail.text}${MARK}${JSON.stringify(shown(kind, composition))}` };
  };
}

import { addresseeOf } from '#shared/domain/addressee.ts';
import { type Delivery, readDelivery } from '#shared/domain/delivery.ts';
import { automaticKindOf, readMailKey } from '#shared/domain/mail-key.ts';
import { MAIL_RULES, type MailKind } from '#shared/domain/mail-kinds.ts';
import { isMailDue, type Registration } from '#shared/domain/registration.ts';
import { type Epoch, instantAt } from '#shared/domain/time.ts';
import { clockOf, dayOf } from '#shared/domain/when.ts';
import { type Html, html } from './html.ts';

const KINDS: Record<MailKind, string> = {
  confirmation: 'Confirmation',
  joining: 'How to join',
  reminder: 'Reminder',
  survey: 'Survey',
  nudge: 'Reminder of the survey',
  announcement: 'News from the organiser',
  waitlist: 'Place on the waiting list',
  'own-cancellation': 'Your cancellation',
  resend: 'Your registration, sent again',
  'already-registered': 'You are registered already',
  'confirm-address': 'Please confirm your address',
  'new-address': 'Please confirm your new address',
  'address-moved': 'News of the change, to your earlier address',
  'move-objected': 'An objection to the change of your address',
  change: 'News of a change',
  postponed: 'News that it is postponed',
  cancelled: 'News that it is cancelled',
  alert: 'Alert',
  'test-send': 'Test',
  'prove-organiser': 'Please confirm that you organise events',
};

const OUTCOMES: Record<Delivery['state'], string> = {
  claimed: 'on its way',
  sent: 'sent',
  delivered: 'delivered',
  bounced: 'came back: your mailbox did not take it',
  complained: 'reported as unwanted',
  failed: 'could not be sent',
  skipped: 'not sent',
  merged: 'sent as part of another mail',
  held: 'held back for the organiser to look at',
};

/** Reasons a person can make something of; the others are ours. */
const REASONS: Record<string, string> = {
  superseded: 'you registered again',
  expired: 'it came too late',
  muted: 'you stopped optional mail',
  bounced: 'an earlier mail came back',
  'over-budget': 'too many mails to this mailbox in a short time',
  'first-mail-dropped': 'your first mail had not been sent',
  'mailbox-full': 'your mailbox was registered for this event many times',
};

/** What was sent about this registration, latest first, and what is still to come; or is not, and why. */
export function mailHistory(row: Registration, { timeZone, now }: { timeZone: string; now: Epoch }): Html {
  const { status, deliveries, greetDue } = row;
  const entries = Object.entries(deliveries)
    .map(([key, entry]) => ({ name: mailNamed(key), delivery: readDelivery(entry) }))
    .sort((a, b) => b.delivery.epoch - a.delivery.epoch);
  const owed = [...(greetDue ?? [])].filter((key) => deliveries[key] === undefined && mayStillGo(key, status));
  if (entries.length === 0 && owed.length === 0) return html`<p>Nothing has been sent yet.</p>`;
  return html`<ul class="mails">
${owed.map((key) => html`<li><b>${mailNamed(key)}</b>: ${becomes(key, row, { timeZone, now })}</li>`)}
${entries.map(({ name, delivery }) => html`<li><b>${name}</b>: ${inWords(delivery)}, <time>${momentOf(delivery, timeZone)}</time></li>`)}
</ul>`;
}

/** What is on its way within that time goes "shortly". Seconds. */
const SHORTLY = 120;

/** What becomes of a mail that is owed: the same as whoever sends it will decide. */
function becomes(key: string, row: Registration, { timeZone, now }: { timeZone: string; now: Epoch }): Html {
  const { bounced, overBudget, greetDueAt = now } = row;
  const { campaign, occasion } = readMailKey(key);
  const kind = automaticKindOf(campaign);
  const comesBack =
    bounced && (kind === undefined || (kind !== 'address-moved' && addresseeOf({ kind, occasion }, row) === row.email));
  const isDropped = overBudget !== undefined && overBudget === occasion;
  const why = isDropped ? REASONS['over-budget'] : comesBack ? REASONS.bounced : undefined;
  if (why !== undefined) return html`will not be sent (${why})`;
  if (greetDueAt <= now + SHORTLY) return html`will be sent shortly`;
  return html`will be sent on <time>${momentOf({ epoch: greetDueAt }, timeZone)}</time>: many mails were asked for at once`;
}

/** A mail that is owed but no longer fits is skipped in a moment: not worth a person's while. */
function mayStillGo(key: string, status: Registration['status']): boolean {
  if (!isMailDue(key)) return false;
  const kind = automaticKindOf(readMailKey(key).campaign);
  const states = kind && MAIL_RULES[kind].registrationIs;
  return states === undefined || states === 'any' || states.includes(status);
}

/** What a mail is called to whoever got it. */
export function mailNamed(key: string): string {
  const kind = automaticKindOf(readMailKey(key).campaign);
  return kind === undefined ? 'Mail about the event' : KINDS[kind];
}

function inWords({ state, reason }: Delivery): string {
  const why = reason === undefined ? undefined : REASONS[reason];
  return why === undefined ? OUTCOMES[state] : `${OUTCOMES[state]} (${why})`;
}

function momentOf({ epoch }: Pick<Delivery, 'epoch'>, timeZone: string): string {
  const instant = instantAt(epoch);
  return `${dayOf(instant, timeZone, true)}, ${clockOf(instant, timeZone)}`;
}

/** Why a mail is not sent, or not yet, as the end of a sentence that begins "because". */
const REASONS: Readonly<Record<string, string>> = {
  expired: 'it would come too late to be of use',
  superseded: 'it belongs to a registration or a schedule that is no more',
  'over-budget': 'too many mails went to this mailbox in a short time',
  'first-mail-dropped': 'the first mail about their place was not sent, as too many went to this mailbox',
  'mailbox-full': 'this mailbox has too many registrations at the event',
  muted: 'they stopped optional mail about this event',
  bounced: 'their mailbox refuses mail for good',
  'not-on-allow-list': 'this stage sends mail to listed addresses only',
  'campaign-off': 'the campaign is a draft',
  'not-in-audience': 'they do not belong to its audience',
  'told-already': 'they know it already',
  'registered-late': 'they got their place shortly before it, or after',
  'covered-by-notice': 'the notice of the change says the same',
  'event-not-over': 'the event is not over',
  'no-survey': 'the event has no survey',
  'survey-closed': 'its survey has closed',
  'event-draft': 'the event is a draft',
  'event-published': 'the event goes ahead after all',
  'event-postponed': 'the event is postponed',
  'event-cancelled': 'the event is cancelled',
  'registration-applied': 'their place is not decided yet',
  'registration-confirmed': 'they have a place',
  'registration-waitlisted': 'they are on the waiting list',
  'registration-cancelled': 'they gave up their place',
  'time-passed': 'its time came before the last change, and switching on is not sending',
  'came-later': 'they came after it was sent',
  'rejected-by-ses': 'the mail service refused it',
  'in-doubt': 'nobody knows whether it arrived',
  moved: 'it went to the address they had before',
  dropped: 'the organiser decided so',
  pause: 'mail is paused',
  answers: 'it is not known yet what everybody chose: earlier answers are being sorted',
  sender: 'the mail service does not accept our sender at the moment',
  budget: 'many mails were asked for at once',
  calendar: 'it is not known yet whether the invitation arrived',
  told: 'it is not known yet what their last mail told them',
  'first-mail': 'the first mail about their place is on its way',
  notice: 'they are told of the change first',
};

/** " because …", or nothing where there is no reason that people could make something of. */
export const because = (reason: string | undefined): string => {
  if (reason === undefined) return '';
  return `, because ${REASONS[reason] ?? `of ${reason}`}`;
};

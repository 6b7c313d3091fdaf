/**
 * The queues whose dead letters are watched, by the name they go by in the runbook and in the log of `sweep`, and who is hurt
 * while any lie there. Names and words only: infrastructure reads them, too.
 */
export const DEAD_LETTERS = {
  'lane-now': 'Somebody is owed a confirmation or a mail they asked for, and no queue holds it any more.',
  'lane-timed': 'Some people have not been sent the reminder or the way in to an event that is about to start.',
  'lane-bulk': 'Some of the people a survey or an announcement is for have not been sent it, and no queue holds them.',
  admit: 'People who want a place at a capped event have neither a seat nor a place in the queue.',
  receipts: 'What became of some mails is unknown, and while it is, mails in doubt are not sent again.',
  campaigns:
    'A reminder, a way in or a survey is late: an event was not planned anew, a run was not started, or some of its people were not looked up.',
  jobs: 'An attendance report that an organiser sent is not read or not applied: mail to those who came waits for it.',
  publish:
    'Facts about registrations and events never reached anybody: seats, mails and changes wait for the sweep or are missing.',
} as const;
export type WatchedQueue = keyof typeof DEAD_LETTERS;

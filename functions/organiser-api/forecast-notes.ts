import type { MoveNote, Rescheduling } from '#shared/domain/move-event.ts';
import type { Notes } from './field-notes.ts';
import type { MovedCampaign, MoveForecast, TriggerForecast } from './forecast-view.ts';

/** What each field of a move, and of what one would cause, means. */
export const FORECAST_NOTES = {
  Rescheduling: {
    startsAt: 'Wall time in `timeZone`, ahead of now.',
    endsAt: 'Wall time in `timeZone`; 31 days after the start at most.',
    timeZone: 'An IANA name. `GMT` for a summer’s day is refused: London is on BST then.',
    place: 'Where, in words.',
    format: 'How people take part.',
    registrationClosesAt: 'Wall time. `null`: at the end of the event.',
    message:
      'Your own words for the mail: plain text, web addresses become links. It stays for a move that is told with it. The same move with another `message` changes the words, until people are told.',
  } satisfies Notes<typeof Rescheduling>,
  MoveNote: {
    message: 'Your own words for the mail: plain text, web addresses become links.',
  } satisfies Notes<typeof MoveNote>,
  MoveForecast: {
    dryRun: 'Nothing has changed.',
    summary: 'The numbers in a line.',
    notices: 'How many people would be told.',
    noticeAt: 'When.',
    unsettled: 'People whose last mail is still on its way: what it tells them decides whether they need a notice.',
    campaigns: 'What becomes of each campaign.',
    sentAgain: 'Mails to people who had one of the same campaign for the time that was.',
    event: 'The event as it would be.',
  } satisfies Notes<typeof MoveForecast>,
  MovedCampaign: {
    campaignId: 'Its number.',
    name: 'What the organiser calls it.',
    kind: 'Which kind of mail.',
    runsAgain: 'Whether it fires for the new times.',
    was: 'When it was to fire.',
    at: 'When it will.',
    people: 'How many it would be sent to, as things are.',
    because: 'Why it does not fire for the new times.',
  } satisfies Notes<typeof MovedCampaign>,
  TriggerForecast: {
    dryRun: 'Nothing has been sent.',
    people: 'How many people it would reach: the number that `expect` takes.',
    skipped: 'How many it would not be sent to, by reason.',
    notAddressed: 'How many it is not for.',
  } satisfies Notes<typeof TriggerForecast>,
};

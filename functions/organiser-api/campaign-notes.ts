import type { Audience } from '#shared/domain/audience.ts';
import type { CampaignPatch, WrittenTemplate } from '#shared/domain/campaign.ts';
import type { NewCampaignInput } from './campaign-input.ts';
import type { CampaignView } from './campaign-view.ts';
import type { Notes } from './field-notes.ts';
import type { Firing } from './firing.ts';
import type { Release } from './release.ts';
import type { Released } from './run-docs.ts';
import type { RunView } from './run-view.ts';
import type { Triggering } from './trigger.ts';

const patchable: Notes<typeof CampaignPatch> = {
  name: 'What the organiser calls it; people do not see it.',
  state: 'Only an `active` one sends. A `paused` one fires on time and waits.',
  trigger: 'What makes it fire.',
  audience: 'Whom it is for, beyond what its kind asks.',
  template: 'Its own words; left out, those of its kind.',
};

const KIND = 'Which kind of mail. It decides who may get it, how late it may be, and whether people can mute it.';

/** What each field of campaigns and runs means, by component. */
export const CAMPAIGN_NOTES = {
  NewCampaign: { ...patchable, kind: KIND } satisfies Notes<typeof NewCampaignInput>,
  CampaignPatch: { ...patchable, template: 'Its own words. `null` goes back to those of its kind.' },
  Campaign: {
    ...patchable,
    kind: KIND,
    campaignId: 'Its number within the event, for life. 1 is the confirmation.',
    eventId: 'Which event.',
    firing: 'Whether it is armed, for when, and if not, why.',
    revision: 'Rises with every edit; the `ETag`.',
    changedAt: 'When it was made, switched on or edited: it fires only for a time after that.',
    pausedBecause: 'Why it paused itself.',
    links: 'Where to go on.',
  } satisfies Notes<typeof CampaignView>,
  Firing: {
    armed: 'Whether it will fire.',
    at: 'When it fires, or would if it were armed.',
    when: 'The same as people read it, in the event’s zone.',
    runId: 'The run that it starts, or has started.',
    because: 'Why it is not armed.',
    note: 'What else there is to know, in sentences.',
  } satisfies Notes<typeof Firing>,
  Audience: {
    status: 'Only people with one of these. What the kind itself asks holds, too.',
    attendance: 'Only who came, did not come, or of whom nobody knows. Without `unknown` it waits until that is final.',
    answers:
      'Only who chose one of these options of each question named, by what they are called or by their ids; it must be marked `segment`. Who chose it stays the same when an option is renamed.',
    registeredBefore: 'Only who registered before.',
    registeredAfter: 'Only who registered then or later.',
    answeredSurvey: '`false`: only who has not answered the survey; `true`: only who has.',
  } satisfies Notes<typeof Audience>,
  Template: {
    subject: 'The whole subject, in one line.',
    body: 'What comes instead of the first words of the kind; facts, button and foot stay.',
  } satisfies Notes<typeof WrittenTemplate>,
  Triggering: {
    revision: 'The campaign as you read it. If it was edited since, the answer is 412 and nothing is sent.',
    expect: 'How many people you expect it to reach. If it is another number, the answer is 409 and nothing is sent.',
    again: '`true`: send an announcement although the same went to the same people within a day.',
  } satisfies Notes<typeof Triggering>,
  Run: {
    runId: 'What it is sent for: `s2` is the second start of the event, `e1` its first end, `m…` a trigger by hand.',
    campaignId: 'Which campaign.',
    eventId: 'Which event.',
    kind: 'Which kind of mail.',
    state: '`waiting`: something stops it, a pause or the day’s quota.',
    progress: 'How much is done, 0 to 1; 1 only when it is finished.',
    counts:
      'People by outcome: `open` are still to be sent to, `sent` includes what was delivered or bounced since, `held` waits for your decision.',
    firedAt: 'The instant it stands for: `notAfter` counts from it.',
    startedAt: 'When it began.',
    finishedAt: 'When nobody was left.',
    notAfter: 'What is not sent by then is skipped.',
    tooSlow: 'It cannot be done before `notAfter` at the present rate.',
    links: 'Where to go on.',
  } satisfies Notes<typeof RunView>,
  Release: {
    action: '`send` again, or `drop`.',
    registrationIds: 'Whose; everybody’s if left out.',
  } satisfies Notes<typeof Release>,
  Released: {
    action: 'What was asked for.',
    owed: 'How many are sent again.',
    dropped: 'How many are not.',
    skipped: 'How many are not, although asked for: the run no longer addresses them.',
    more: 'Whether there may be more.',
  } satisfies Notes<typeof Released>,
};

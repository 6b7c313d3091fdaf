import type { DeliveriesReleased } from './deliveries-docs.ts';
import type { DeliveriesView, UnsentCount, UnsentPerson } from './deliveries-view.ts';
import type { Notes } from './field-notes.ts';
import type { Releasing } from './pick-unsent.ts';

/** What each field of mails that did not go, and of their release, means. */
export const DELIVERIES_NOTES = {
  Deliveries: {
    state: '`failed`: the mail service refused them for good. `held`: nobody can know whether they were sent.',
    counts: 'How many, for each kind and reason. On the first page only.',
    people: 'One page of people, in no particular order.',
    next: 'Where the next page begins.',
  } satisfies Notes<typeof DeliveriesView>,
  UnsentCount: {
    mail: 'Which kind of mail.',
    campaignId: 'Of which campaign, if it is of one.',
    reason: 'Why: what the mail service called it, or `unknown`.',
    count: 'How many of them there are.',
    releasable: 'How many of them a release would have sent.',
    left: 'How many a release would leave as they are, by reason: `expired` would come too late.',
  } satisfies Notes<typeof UnsentCount>,
  UnsentPerson: {
    registrationId: 'Whose.',
    name: 'Their name, for keys with `registrations:read`.',
    mails: 'Which mails, and whether a release would have each of them sent, or because of what it would not.',
  } satisfies Notes<typeof UnsentPerson>,
  Releasing: {
    state: 'Which mails: `failed` if left out, or `held`.',
    kinds: 'Only mails of these kinds.',
    campaigns: 'Only mails of the campaigns with these numbers.',
    reasons: 'Only those with one of these reasons.',
    expect: 'How many mails you expect at most. If it would send more, the answer is 409 and nothing is sent.',
    cursor: 'The `next` of an earlier answer to the same request.',
  } satisfies Notes<typeof Releasing>,
  DeliveriesReleased: {
    dryRun: 'Nothing was changed: that is what the same request would do.',
    owed: 'How many mails are owed again.',
    left: 'How many are left as they are, by reason.',
    next: 'There may be more: send it as `cursor`.',
  } satisfies Notes<typeof DeliveriesReleased>,
};

import * as z from 'zod';
import type { Campaign } from './campaign.ts';
import type { NewEvent } from './edit-event.ts';
import { type Event, EventDetails, Slug, type WrittenText } from './event.ts';
import { asHttpsUrl } from './https-url.ts';
import { CONFIRMATION_CAMPAIGN } from './mail-key.ts';
import { optionCalled } from './option.ts';
import type { Question } from './question.ts';
import { Schedule } from './schedule.ts';

/** What differs in the copy: at least when it is. */
export const Cloning = z.strictObject({
  slug: Slug.optional(),
  title: EventDetails.shape.title.optional(),
  ...Schedule.pick({ startsAt: true, endsAt: true }).shape,
  ...Schedule.pick({ timeZone: true, place: true, format: true }).partial().shape,
});
export type Cloning = z.infer<typeof Cloning>;

/** A question as somebody would write it who knows the ids of its options. */
const givenQuestion = ({ known, ...question }: Question) => ({
  ...question,
  options: question.options.map((label) => ({ id: optionCalled({ ...question, known }, label), label })),
});

/** An event like this one at another time, as if somebody had typed it anew. What belongs to its own day stays behind. */
export function cloneOf(event: Event, text: WrittenText, { slug, ...wish }: Cloning): NewEvent {
  const given = Object.fromEntries(Object.entries(wish).filter(([, value]) => value !== undefined));
  const asGiven = { ...retyped(event), questions: event.questions.map(givenQuestion) };
  const details = EventDetails.omit({ registrationClosesAt: true, recordingUrl: true }).parse(asGiven);
  const { description, programme, audience, privacyNotice } = text;
  return {
    ...details,
    ...Schedule.omit({ state: true }).parse(event),
    description,
    programme,
    audience,
    ...(privacyNotice && { privacyNotice }),
    ...given,
    ...(slug !== undefined && { slug }),
  } as NewEvent;
}

/** An address that was saved under an earlier rule is spelt by today's, or left behind where that has none for it. */
function retyped(event: Event): Event {
  const { url, ...joining } = event.joining ?? { opensBefore: 'PT15M' };
  const spelt = url === undefined ? undefined : asHttpsUrl(url);
  return event.joining ? { ...event, joining: { ...joining, ...(spelt !== undefined && { url: spelt }) } } : event;
}

/**
 * Its campaigns, as drafts: cloning switches nothing on. Only the confirmation is as it was, for it is sent to nobody but
 * those who register. A time of its own is no time of the copy's, so such a campaign is left to be sent by hand.
 */
export const clonedCampaigns = (campaigns: readonly Campaign[], now: string): Campaign[] =>
  campaigns.map((campaign) => {
    const { dueAt: _, dueOccasion: __, pausedBecause: ___, ...kept } = campaign;
    const isFixed = 'at' in kept.trigger && !('offset' in kept.trigger);
    const isConfirmation = kept.campaignId === CONFIRMATION_CAMPAIGN;
    return {
      ...kept,
      ...(isFixed && { trigger: { manual: true } }),
      state: isConfirmation ? kept.state : 'draft',
      revision: 1,
      changedAt: now,
    };
  });

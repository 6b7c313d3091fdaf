import type { Campaign, NewCampaign } from '#shared/domain/campaign.ts';
import { newCampaign } from '#shared/domain/edit-campaign.ts';
import type { Event } from '#shared/domain/event.ts';
import { newId } from '#shared/domain/ids.ts';
import { settleQuestions } from '#shared/domain/settle-questions.ts';
import { DEFAULT_SURVEY } from '#shared/domain/survey.ts';
import { instantAt } from '#shared/domain/time.ts';
import { campaignStore } from '#shared/store/campaigns.ts';
import { eventStore } from '#shared/store/events.ts';
import { anEvent, aText } from '#test/support/builders.ts';
import { AUDIENCE, BY_ANSWER, FIRST_FORM } from './choices.ts';
import type { Setting } from './setting.ts';
import type { World } from './world.ts';

/** How large a history is, and how long things go on happening in it: minutes. */
export interface Size {
  readonly people: number;
  readonly minutes: number;
  /** Its events are over before it is, and a day later nobody is left of them. */
  readonly isBrief: boolean;
}

export const MINUTE = 60_000;
const DAY = 24 * 60;
/** The wall time of an instant where these events are: in London, in winter. */
export const wall = (ms: number) => new Date(ms).toISOString().slice(0, 16);

/** The campaign of every simulated event that a clock fires, the one that is triggered by hand, and how to join. */
export const TIMED = '2';
export const BY_HAND = '3';
export const JOINING = '4';
/** Fires as what is kept of people is about to be deleted. */
export const LATEST = '5';
export const CAMPAIGNS = [TIMED, BY_HAND, JOINING] as const;

/** A trigger that fires about then: so long before the start, or at that time. */
export function firingAt({ chance }: Setting, event: Pick<Event, 'startInstant'>, at: number): NewCampaign['trigger'] {
  const before = Math.round((Date.parse(event.startInstant) - at) / MINUTE);
  if (before < 1 || chance.happens(0.2)) return { at: wall(at) };
  const isADayBefore = Math.abs(before - DAY) < 40 && chance.happens(0.5);
  return { before: 'start', offset: isADayBefore ? 'P1D' : `PT${before}M` };
}

/**
 * A published event with its confirmation, a campaign that a clock fires, one by hand, and mostly how to join, whose time
 * may be past before anybody registers. The event may start, and end, before all is over.
 */
export async function anEventOf(
  setting: Setting,
  { table }: World,
  { people, minutes, isBrief }: Size,
): Promise<Event> {
  const { time, chance } = setting;
  const eventId = newId(chance.bytes);
  const now = time.now();
  const startsIn = isBrief
    ? minutes * chance.between(0.2, 0.5)
    : chance.pick([minutes * 0.7, minutes + 5, chance.between(55, 65 + minutes), DAY, DAY + minutes]);
  const lasts = isBrief ? minutes * chance.between(0, 0.5) : 1 + chance.pick([5, 120]);
  const created = instantAt(now / 1000 - 3600);
  const own = chance.fork(`options of ${eventId}`);
  // As an earlier version kept it: its options have no ids, and no row is sorted.
  const isEarlier = own.happens(0.3);
  const event = anEvent({
    eventId,
    questions: [FIRST_FORM],
    ...(!isEarlier && settleQuestions([FIRST_FORM], { state: 'draft', questions: [] })),
    slug: `event-${eventId}`,
    startsAt: wall(now + (startsIn + 1) * MINUTE),
    endsAt: wall(now + (startsIn + lasts + 2) * MINUTE),
    ...(isBrief && { retentionDays: 1 }),
    confirmAddress: chance.happens(0.2),
    survey: { ...DEFAULT_SURVEY, anonymous: chance.happens(0.5) },
    createdAt: created,
    publishedAt: created,
    ...(chance.happens(0.5) && { joining: { url: 'https://meet.example.org/x', opensBefore: 'PT15M' } }),
    ...(chance.happens(0.4) && { capacity: chance.whole(1, Math.max(1, people - 1)) }),
  });
  await eventStore(table.truth).create(event, aText());
  const start = Date.parse(event.startInstant);
  const firesAt = now + (1 + chance.between(1, minutes)) * MINUTE;
  const kind =
    firesAt >= start - MINUTE ? 'announcement' : chance.pick(['reminder', 'reminder', 'announcement'] as const);
  const common = { audience: {}, state: 'active' } as const;
  const trigger = kind === 'reminder' ? firingAt(setting, event, firesAt) : { at: wall(firesAt) };
  await add(TIMED, { ...common, name: 'Timed', kind, trigger });
  await add(BY_HAND, { ...common, name: 'News', kind: 'announcement', trigger: { manual: true } });
  if (chance.happens(0.7)) {
    const toldAt = Math.min(start - MINUTE, now + chance.between(-10, minutes) * MINUTE);
    const joins = {
      ...common,
      name: 'How to join',
      kind: 'joining' as const,
      trigger: firingAt(setting, event, toldAt),
    };
    await add(JOINING, { ...joins, state: chance.pick(['active', 'active', 'active', 'active', 'paused', 'draft']) });
  }
  if (isBrief && chance.happens(0.5)) {
    const lateAt = Date.parse(event.endInstant) + (DAY + chance.whole(-1, 1)) * MINUTE;
    await add(LATEST, { ...common, name: 'Thank you', kind: 'announcement', trigger: { at: wall(lateAt) } });
  }
  if (own.happens(0.6)) {
    const at = now + (1 + own.between(1, minutes)) * MINUTE;
    const byName = isEarlier && own.happens(0.5);
    const news = { ...common, name: 'Menu', kind: 'announcement' as const, trigger: { at: wall(at) } };
    await add(BY_ANSWER, { ...news, audience: AUDIENCE }, byName ? { audience: AUDIENCE } : {});
  }
  return event;

  async function add(campaignId: string, campaign: NewCampaign, kept: Partial<Campaign> = {}): Promise<void> {
    const made = newCampaign(campaign, { event, campaignId, now: instantAt(now / 1000) });
    await campaignStore(table.truth).add(eventId, { ...made, ...kept }, now / 1000);
  }
}

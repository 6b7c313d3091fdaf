import type { Campaign } from '#shared/domain/campaign.ts';
import type { Event, EventText } from '#shared/domain/event.ts';
import { needsSorting, sortAt } from '#shared/domain/sort-answers.ts';
import { surveyBarrier } from '#shared/domain/survey-phase.ts';
import { ensureMatch, etagOf, type IfMatch } from '#shared/http/if-match.ts';
import { ok } from '#shared/http/reply.ts';
import type { RunId } from '#shared/store/runs.ts';
import { isProved } from './ask-organiser.ts';
import type { Deps } from './deps.ts';
import { eventView } from './event-view.ts';
import { found } from './no-such-event.ts';
import { patiently, saved } from './patiently.ts';

export interface WholeEvent {
  readonly event: Event;
  readonly text: EventText;
}

/** Texts are read after the event, so they are never older than the revision beside them. */
export async function readWhole({ events }: Pick<Deps, 'events'>, eventId: string): Promise<WholeEvent> {
  const event = found(await events.get(eventId, { consistent: true }));
  const text = await events.text(eventId, { consistent: true });
  if (!text) throw new Error(`Event ${eventId} has no texts`);
  return { event, text };
}

type Edited = WholeEvent & {
  fact: 'event.published' | 'event.changed' | undefined;
  /** Campaigns it comes to have with this edit. */
  campaigns?: readonly Campaign[];
  /** There is no such run, or this edit does not happen. */
  unlessRun?: RunId;
};
/** An edit that gives nothing changes nothing. */
type Edit = (whole: WholeEvent) => Edited | undefined | Promise<Edited | undefined>;

/**
 * Saves an edit of the revision the caller means; whoever does not mind which has it done to the newest, however many
 * others edit at the same time. Throws `stale-revision`.
 */
export async function revise(
  { events, now, ...patience }: Pick<Deps, 'events' | 'now' | 'sleep' | 'chance'>,
  eventId: string,
  ifMatch: IfMatch,
  edit: Edit,
): Promise<WholeEvent> {
  return patiently(patience, async () => {
    const whole = await readWhole({ events }, eventId);
    const { revision } = whole.event;
    ensureMatch(ifMatch, revision);
    const edited = await edit(whole);
    if (!edited) return whole;
    const { event, text, fact, campaigns, unlessRun } = edited;
    const tells = event.notice !== undefined && event.scheduleRevision !== whole.event.scheduleRevision;
    const planAt = Math.floor(now() / 1000);
    const barrier = surveyBarrier(whole.event, event, now());
    const sort = needsSorting(event) ? { sortAt: sortAt(planAt) } : {};
    const how = { revision, fact, planAt, tells, barrier, unlessRun, ...sort, ...(campaigns && { campaigns }) };
    return (await saved(events.save(event, text, how))) ? { event, text } : undefined;
  });
}

type ViewDeps = Pick<Deps, 'seats' | 'organisers' | 'site' | 'siteUrl' | 'now'>;

/** The event as the organiser sees it, its seats counted where there is a number of them. */
export async function viewWith(deps: ViewDeps, { event, text }: WholeEvent) {
  const counted = event.capacity === undefined ? undefined : await deps.seats.get(event.eventId);
  return eventView(event, text, { ...deps, seats: counted, proved: await isProved(deps, event) });
}

/** The same as an answer, with the tag its next edit must name. */
export const answerWith = async (deps: ViewDeps, whole: WholeEvent) =>
  ok(await viewWith(deps, whole), { etag: etagOf(whole.event.revision) });

import { setCampaignPause } from '#functions/organiser-api/pause-campaign.ts';
import { setEventPause } from '#functions/organiser-api/pause-event.ts';
import { releaseHeld } from '#functions/organiser-api/release-held.ts';
import { type ReleasePlace, releaseUnsent } from '#functions/organiser-api/release-unsent.ts';
import { triggerCampaign } from '#functions/organiser-api/trigger-campaign.ts';
import { reviseCampaign } from '#functions/organiser-api/whole-campaign.ts';
import { revise } from '#functions/organiser-api/whole-event.ts';
import type { CampaignPatch } from '#shared/domain/campaign.ts';
import { editCampaign } from '#shared/domain/edit-campaign.ts';
import { Refusal } from '#shared/domain/errors.ts';
import type { Event } from '#shared/domain/event.ts';
import { cancelEvent, postpone, type Rescheduling, reschedule } from '#shared/domain/move-event.ts';
import { liftObjection } from '#shared/domain/object-to-move.ts';
import type { ReleaseAction } from '#shared/domain/release.ts';
import { instantAt } from '#shared/domain/time.ts';
import type { UnsentState } from '#shared/domain/unsent.ts';
import type { RunId } from '#shared/store/runs.ts';
import { TIMINGS } from '#test/support/sending.ts';
import { otherOptions } from './choices.ts';
import type { Deed } from './faults.ts';
import { life } from './life.ts';
import type { Setting } from './setting.ts';
import type { World } from './world.ts';

interface Request {
  /** What is done, for the trace. */
  readonly what: string;
  readonly deed?: Deed | false;
  /** The organiser was told that it is done. */
  readonly answered?: (() => void) | undefined;
}

/** What organisers do by the API. Each request is a process of its own, which may die half-way. */
export function organiser(setting: Setting, { base }: World) {
  const { time, chance, faults, trace, violated } = setting;
  const own = chance.fork('edits of forms');
  let requests = 0;

  const depsOf = (process: ReturnType<typeof life>) => {
    const deps = base(process);
    return { ...deps, fanOut: deps.insist('campaigns'), now: time.now, sleep: deps.clock.sleep, chance: chance.bytes };
  };
  type Deps = ReturnType<typeof depsOf>;
  const nowEpoch = () => Math.floor(time.now() / 1000);

  const asRequest = ({ what, deed, answered }: Request, act: (deps: Deps) => Promise<unknown>): void => {
    const process = life(`api#${++requests}`, setting);
    trace(process.name, () => what);
    act(depsOf(process)).then(
      () => {
        trace(process.name, () => 'done');
        if (deed) faults.note(deed);
        answered?.();
      },
      (error: unknown) => {
        if (error instanceof TypeError || error instanceof RangeError) violated('the API broke', error.stack);
        trace(process.name, () => `${error instanceof Refusal ? 'refuses' : 'fails'}: ${String(error)}`);
        // Nothing that asking again would change.
        if (error instanceof Refusal && error.code === 'invalid-transition') answered?.();
      },
    );
  };

  /** An edit of what people are told; `change` gives nothing where it would change nothing. */
  const move = (what: string, eventId: string, change: (event: Event) => readonly [Deed, Event | undefined]) =>
    asRequest({ what: `${what} ${eventId}` }, async (deps) => {
      let deed: Deed | undefined;
      await revise(deps, eventId, 'any', ({ event, text }) => {
        const [named, next] = change(event);
        deed = next && named;
        return next && { event: next, text, fact: 'event.changed' };
      });
      if (deed) faults.note(deed);
    });

  return {
    reschedule: (eventId: string, wishOf: (event: Event) => Rescheduling) =>
      move('reschedules', eventId, (event) => {
        const next = reschedule(event, wishOf(event), { now: nowEpoch(), timings: TIMINGS });
        return [event.state === 'postponed' ? 'redates' : 'reschedules', next];
      }),

    postpone: (eventId: string) =>
      move('postpones', eventId, (event) => ['postpones', postpone(event, { now: nowEpoch(), timings: TIMINGS })]),

    cancelEvent: (eventId: string) =>
      move('cancels', eventId, (event) => ['cancels event', cancelEvent(event, { now: nowEpoch(), timings: TIMINGS })]),

    /** Lets more people in. */
    raiseCapacity: (eventId: string, by: number) =>
      move('raises the capacity of', eventId, (event) => [
        'capacity raised',
        event.capacity === undefined
          ? undefined
          : { ...event, capacity: event.capacity + by, revision: event.revision + 1 },
      ]),

    editCampaign: (eventId: string, campaignId: string, patchOf: (event: Event) => CampaignPatch) =>
      asRequest({ what: `edits campaign ${campaignId}`, deed: 'edits campaign' }, (deps) =>
        reviseCampaign(
          deps,
          { eventId, campaignId },
          {
            ifMatch: 'any',
            edit: ({ event, campaign }) =>
              editCampaign(campaign, patchOf(event), { event, now: instantAt(nowEpoch()) }),
          },
        ),
      ),

    /** Renames options, moves them, puts some in and takes some out. */
    editForm: (eventId: string) =>
      move('edits the form of', eventId, (event) => [
        'edits the form',
        event.state === 'draft' || event.purgingAt !== undefined ? undefined : otherOptions(event, own),
      ]),

    pauseEverything: (paused: boolean, answered?: () => void) =>
      asRequest(
        { what: paused ? 'pauses everything' : 'resumes everything', deed: paused && 'everything paused', answered },
        ({ control }) => control.set({ paused, changedAt: instantAt(Math.floor(time.now() / 1000)) }),
      ),

    pauseEvent: (eventId: string, paused: boolean, answered?: () => void) =>
      asRequest(
        { what: `${paused ? 'pauses' : 'resumes'} event ${eventId}`, deed: paused && 'event paused', answered },
        (deps) => setEventPause(deps, eventId, paused),
      ),

    pauseCampaign: (eventId: string, campaignId: string, paused: boolean, answered?: () => void) =>
      asRequest(
        {
          what: `${paused ? 'pauses' : 'resumes'} campaign ${campaignId}`,
          deed: paused && 'campaign paused',
          answered,
        },
        (deps) => setCampaignPause(deps, { eventId, campaignId }, paused),
      ),

    /** Triggers a campaign by hand, once per key; an announcement that was made already only if it is meant. */
    trigger: (eventId: string, campaignId: string, idempotencyKey: string, again?: boolean) =>
      asRequest({ what: `triggers campaign ${campaignId} (${idempotencyKey})`, deed: 'triggered by hand' }, (deps) =>
        triggerCampaign(
          { ...deps, timings: TIMINGS, mayReach: () => true },
          { eventId, campaignId, idempotencyKey, again },
        ),
      ),

    /** Has looked into an objection to a move. */
    liftObjection: (eventId: string, registrationId: string) =>
      asRequest({ what: `lifts the objection at ${registrationId}`, deed: 'objection lifted' }, async (deps) => {
        const row = await deps.registrations.get(eventId, registrationId);
        if (row) await deps.registrations.revise(row, liftObjection);
      }),

    /** Decides about a run's mails that nobody knows the fate of. */
    release: (run: RunId, action: ReleaseAction) =>
      asRequest({ what: `releases what is held of ${run.campaignId}@${run.occasion}: ${action}` }, async (deps) => {
        const { owed, dropped } = await releaseHeld(deps, { ...run, action });
        if (owed + dropped > 0) faults.note('held mails released');
      }),

    /** Has an event's mails sent again that failed, or whose fate nobody knows. */
    releaseAll: (eventId: string, state: UnsentState) =>
      asRequest({ what: `releases all that is ${state} of ${eventId}` }, async (deps) => {
        const wish = { eventId, state, until: nowEpoch(), keyId: 'k1', expect: 1000 };
        let from: ReleasePlace | undefined;
        do {
          const surroundings = { ...deps, timings: TIMINGS, mayReach: () => true };
          const { owed, next } = await releaseUnsent(surroundings, { ...wish, from });
          if (owed > 0) faults.note(state === 'failed' ? 'failed mails released' : 'held mails released');
          from = next;
        } while (from);
      }),
  };
}
export type Organiser = ReturnType<typeof organiser>;

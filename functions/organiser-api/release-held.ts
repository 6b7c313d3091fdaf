import type { Campaign } from '#shared/domain/campaign.ts';
import { Refusal } from '#shared/domain/errors.ts';
import type { Event } from '#shared/domain/event.ts';
import { shardOf } from '#shared/domain/ids.ts';
import { isNoticeKind, MAIL_RULES } from '#shared/domain/mail-kinds.ts';
import { mailingOf } from '#shared/domain/mailing.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { type ReleaseAction, release } from '#shared/domain/release.ts';
import type { Run } from '#shared/domain/run.ts';
import type { Epoch } from '#shared/domain/time.ts';
import { walkOf } from '#shared/queue/walk.ts';
import type { RunId } from '#shared/store/runs.ts';
import type { Deps } from './deps.ts';
import { heldIn } from './held-in.ts';
import { found } from './no-such-event.ts';
import { reopenRun } from './reopen-run.ts';
import { NO_SUCH_RUN } from './runs.ts';
import { readCampaign } from './whole-campaign.ts';

type ReleaseDeps = Pick<Deps, 'events' | 'campaigns' | 'runs' | 'registrations' | 'fanOut' | 'now'>;

interface Wish extends RunId {
  readonly action: ReleaseAction;
  /** Everybody whose mail is held, if left out. */
  readonly registrationIds?: readonly string[] | undefined;
  /** By whose API key. */
  readonly keyId?: string | undefined;
  /** When it was first asked for, if that is known: what is held since is left alone. */
  readonly askedAt?: Epoch | undefined;
}

/**
 * Decides about mails that nobody knows the fate of: sends them although they may have arrived, or drops them. A pass of
 * the run begins before the first entry goes and another after the last: whoever loses theirs is met by one.
 */
export async function releaseHeld(deps: ReleaseDeps, { action, registrationIds, keyId, askedAt, ...id }: Wish) {
  const event = found(await deps.events.get(id.eventId, { consistent: true }));
  const run = found(await deps.runs.get(id), NO_SUCH_RUN);
  const campaign = isNoticeKind(id.campaignId) ? undefined : (await readCampaign(deps, id)).campaign;
  const mailing = found(mailingOf(run, campaign), NO_SUCH_RUN);
  const now = Math.floor(deps.now() / 1000);
  if (action === 'send') ensureSendable(event, campaign, run, now);

  const { people, more } = await heldIn(deps, run, { registrationIds, heldBy: askedAt });
  if (people.length > 0 && action === 'send') await reopenRun(deps, id, now);
  const done = await inTurn(people, (row) =>
    releaseOne(deps, row, { event, mailing, occasion: id.occasion, action, now, keyId }),
  );
  if (people.length > 0 && action === 'send') {
    const reopened = await reopenRun(deps, id, now);
    await deps.fanOut(walkOf(reopened, reopened.pass));
  }
  if (action === 'drop') await recount(deps, id, { dropped: done, now });
  const count = (outcome: string) => done.filter((each) => each.outcome === outcome).length;
  return { owed: count('owed'), dropped: count('dropped'), skipped: count('skipped'), more };
}

function ensureSendable(event: Event, campaign: Campaign | undefined, { kind, notAfter }: Run, now: Epoch): void {
  if (campaign?.state === 'draft')
    throw new Refusal('campaign-not-active', 'The campaign is a draft: activate it first');
  const { eventIs } = MAIL_RULES[kind];
  if (eventIs !== 'any' && !eventIs.includes(event.state))
    throw new Refusal('event-not-published', `The event is ${event.state}`);
  if (now >= notAfter) throw new Refusal('not-the-time', 'It is too late to send them: drop them instead');
}

type Done = { readonly registrationId: string; readonly outcome: string };

/** One conditional write; nothing when a receipt or somebody else was quicker. */
async function releaseOne(
  { registrations }: Pick<ReleaseDeps, 'registrations'>,
  row: Registration,
  decision: Parameters<typeof release>[1],
): Promise<Done[]> {
  let outcome: string | undefined;
  const revised = await registrations.revise(row, (current) => {
    const released = release(current, decision);
    outcome = released?.outcome;
    return released;
  });
  return revised && outcome !== undefined ? [{ registrationId: row.registrationId, outcome }] : [];
}

const AT_ONCE = 25;

async function inTurn(people: readonly Registration[], run: (row: Registration) => Promise<Done[]>): Promise<Done[]> {
  const done: Done[] = [];
  for (let start = 0; start < people.length; start += AT_ONCE) {
    done.push(...(await Promise.all(people.slice(start, start + AT_ONCE).map(run))).flat());
  }
  return done;
}

/** Moves who was dropped from one count of the run to the other: a pass over everybody would say no more. */
async function recount(
  { runs }: Pick<ReleaseDeps, 'runs'>,
  id: RunId,
  { dropped, now }: { dropped: readonly Done[]; now: Epoch },
): Promise<void> {
  const byShard = Map.groupBy(dropped, ({ registrationId }) => shardOf(registrationId));
  const run = byShard.size > 0 ? await runs.get(id) : undefined;
  for (const [shard, { length }] of byShard) {
    const tally = run?.shards[shard];
    if (!run || !tally) continue;
    const { held, skipped } = tally;
    const counted = { ...tally, pass: run.pass, held: Math.max(0, held - length), skipped: skipped + length };
    await runs.tally(id, shard, counted, now);
  }
}

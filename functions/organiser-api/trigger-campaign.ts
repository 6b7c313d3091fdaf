import { createHash } from 'node:crypto';
import type { Campaign } from '#shared/domain/campaign.ts';
import { Refusal } from '#shared/domain/errors.ts';
import type { Event } from '#shared/domain/event.ts';
import { MAIL_RULES } from '#shared/domain/mail-kinds.ts';
import { occasionOf } from '#shared/domain/occasion.ts';
import { type Run, startRun } from '#shared/domain/run.ts';
import { type Epoch, epochOf } from '#shared/domain/time.ts';
import { ensureMatch } from '#shared/http/if-match.ts';
import { walkOf } from '#shared/queue/walk.ts';
import type { Deps } from './deps.ts';
import { ATTEMPTS, type CampaignRef, readCampaign } from './whole-campaign.ts';

type TriggerDeps = Pick<Deps, 'events' | 'campaigns' | 'runs' | 'fanOut' | 'now'>;

interface Wish extends CampaignRef {
  readonly idempotencyKey: string;
  /** The campaign as the caller read it; any will do if left out. */
  readonly revision?: number | undefined;
}

/**
 * Starts a run by hand. An announcement is sent anew for each key; a kind with a clock is sent for its present occasion,
 * early and once: the run there is comes back. A repeat finds its own run, whatever has changed since.
 */
export async function triggerCampaign(deps: TriggerDeps, wish: Wish): Promise<{ run: Run; isNew: boolean }> {
  for (let attempt = 1; attempt <= ATTEMPTS; attempt++) {
    const { event, campaign } = await readCampaign(deps, wish);
    const occasion = occasionOf(campaign.kind, event, wish.idempotencyKey);
    const known = await deps.runs.get({ ...wish, occasion });
    if (known && isOwn(known, wish)) return { run: await sentAgain(deps, known), isNew: false };
    const now = Math.floor(deps.now() / 1000);
    ensureTriggerable(event, campaign, now);
    if (known) return { run: known, isNew: false };
    ensureMatch(wish.revision === undefined ? 'any' : [wish.revision], campaign.revision);

    const run = startRun(event, campaign, { occasion, firedAt: now, now, bodyHash: signatureOf(wish) });
    const { startRevision, endRevision } = event;
    // What the clock was to send is sent now; an announcement by hand is another one than that of the clock.
    const armed = MAIL_RULES[campaign.kind].occasion !== 'once';
    const outcome = await deps.runs.start(run, {
      startRevision,
      endRevision,
      campaignRevision: campaign.revision,
      armed,
    });
    if (outcome !== 'started') continue;
    await deps.fanOut(walkOf(run, run.pass));
    return { run, isNew: true };
  }
  throw new Refusal('stale-revision', 'The event or the campaign is being edited: try again');
}

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 24);

/** Which request started a run: its key, and its body in one spelling. */
const signatureOf = ({ idempotencyKey, revision }: Wish): string =>
  `${hash(idempotencyKey)}-${hash(JSON.stringify({ revision }))}`;

/** Whether this very request started the run. Throws `key-reused` if its key did, with another body. */
function isOwn({ bodyHash }: Run, wish: Wish): boolean {
  const mine = signatureOf(wish);
  if (bodyHash === mine) return true;
  if (bodyHash?.split('-')[0] !== mine.split('-')[0]) return false;
  throw new Refusal('key-reused', 'This Idempotency-Key came with another body before: send a new key');
}

/** Whoever repeats a request may do so because its messages were lost on the way: if none has arrived, they go again. */
async function sentAgain({ fanOut }: TriggerDeps, run: Run): Promise<Run> {
  const isUntouched = run.finishedAt === undefined && run.pass === 1 && Object.keys(run.shards).length === 0;
  if (isUntouched) await fanOut(walkOf(run, run.pass));
  return run;
}

/** Throws unless the campaign may send at this moment. */
function ensureTriggerable(event: Event, { kind, state }: Campaign, now: Epoch): void {
  const rule = MAIL_RULES[kind];
  if (rule.occasion === 'admission') {
    throw new Refusal('not-the-time', 'A confirmation goes to each person as they register; resend sends one again');
  }
  if (state !== 'active')
    throw new Refusal('campaign-not-active', `The campaign is ${state}: activate or resume it first`);
  if (event.state !== 'published') throw new Refusal('event-not-published', `The event is ${event.state}`);
  const [start, end] = [epochOf(event.startInstant), epochOf(event.endInstant)];
  if (rule.afterEnd && now < end) throw new Refusal('not-the-time', `A ${kind} is sent after the end of the event`);
  if (now >= rule.notAfter({ start, end, owedSince: now })) {
    throw new Refusal(
      'not-the-time',
      `It is too late for a ${kind}: the event has ${now >= end ? 'ended' : 'started'}`,
    );
  }
}

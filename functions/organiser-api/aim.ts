import { createHash } from 'node:crypto';
import { waitsUntil } from '#shared/domain/audience.ts';
import type { Campaign } from '#shared/domain/campaign.ts';
import { waitsForAnswers } from '#shared/domain/chosen-audience.ts';
import { Refusal } from '#shared/domain/errors.ts';
import type { Event } from '#shared/domain/event.ts';
import { MAIL_RULES } from '#shared/domain/mail-kinds.ts';
import { occasionOf } from '#shared/domain/occasion.ts';
import type { Run } from '#shared/domain/run.ts';
import { type Epoch, epochOf, instantAt } from '#shared/domain/time.ts';
import { atBody } from '#shared/http/fault.ts';
import { ensureMatch } from '#shared/http/if-match.ts';
import { InvalidInput } from '#shared/http/problem.ts';
import type { Deps } from './deps.ts';
import { isSentAnew } from './said-before.ts';
import { type CampaignOfEvent, type CampaignRef, readCampaign } from './whole-campaign.ts';

export interface Wish extends CampaignRef {
  readonly idempotencyKey: string;
  /** The campaign as the caller read it; any will do if left out. */
  readonly revision?: number | undefined;
  /** How many people the caller expects to reach. */
  readonly expect?: number | undefined;
  /** Whether it is meant although the same was sent to the same people already. */
  readonly again?: boolean | undefined;
}

/** What a trigger would send: the run there is for it, or all it takes to start one. */
export type Aim =
  | { readonly known: Run; readonly isOwn: boolean }
  | (CampaignOfEvent & { readonly known?: undefined; readonly occasion: string; readonly now: Epoch });

/** Reads what a trigger is of. Throws unless the campaign may send at this moment; a repeat finds its run whatever has changed. */
export async function aim(deps: Pick<Deps, 'events' | 'campaigns' | 'runs' | 'now'>, wish: Wish): Promise<Aim> {
  const { event, campaign } = await readCampaign(deps, wish);
  if (wish.again && !isSentAnew(campaign)) throw new InvalidInput([atBody(['again'], onlyOnce(campaign.kind))]);
  const occasion = occasionOf(campaign.kind, event, wish.idempotencyKey);
  const known = await deps.runs.get({ ...wish, occasion });
  if (known && isOwn(known, wish)) return { known, isOwn: true };
  const now = Math.floor(deps.now() / 1000);
  ensureTriggerable(event, campaign, now);
  if (known) return { known, isOwn: false };
  ensureMatch(wish.revision === undefined ? 'any' : [wish.revision], campaign.revision);
  return { event, campaign, occasion, now };
}

const onlyOnce = (kind: string) => `A ${kind} is sent once for what it is for: only an announcement is sent again`;

const hash = (text: string): string => createHash('sha256').update(text).digest('hex').slice(0, 24);

/** Which request started a run: its key, and its body in one spelling. */
export const signatureOf = ({ idempotencyKey, revision, expect, again }: Wish): string =>
  `${hash(idempotencyKey)}-${hash(JSON.stringify({ revision, expect, again }))}`;

/** Whether this very request started the run. Throws `key-reused` if its key did, with another body. */
function isOwn({ bodyHash }: Run, wish: Wish): boolean {
  const mine = signatureOf(wish);
  if (bodyHash === mine) return true;
  if (bodyHash?.split('-')[0] !== mine.split('-')[0]) return false;
  throw new Refusal('key-reused', 'This Idempotency-Key came with another body before: send a new key');
}

function ensureTriggerable(event: Event, campaign: Campaign, now: Epoch): void {
  const { kind, state } = campaign;
  const rule = MAIL_RULES[kind];
  if (rule.occasion === 'admission') {
    throw new Refusal('not-the-time', 'A confirmation goes to each person as they register; resend sends one again');
  }
  if (state !== 'active')
    throw new Refusal('campaign-not-active', `The campaign is ${state}: activate or resume it first`);
  if (event.state !== 'published') throw new Refusal('event-not-published', `The event is ${event.state}`);
  const [start, end] = [epochOf(event.startInstant), epochOf(event.endInstant)];
  if (rule.afterEnd && now < end) throw new Refusal('not-the-time', `A ${kind} is sent after the end of the event`);
  if (waitsForAnswers(campaign.audience, event))
    throw new Refusal(
      'not-the-time',
      'Earlier answers are being sorted by what people chose: try again in a few minutes',
    );
  const wait = waitsUntil(campaign, event, now);
  if (wait !== undefined) {
    const why = `It is not final yet who came: import the attendance report or finalise it, or wait until ${instantAt(wait)}`;
    throw new Refusal('not-the-time', why);
  }
  if (now >= rule.notAfter({ start, end, owedSince: now })) {
    throw new Refusal(
      'not-the-time',
      `It is too late for a ${kind}: the event has ${now >= end ? 'ended' : 'started'}`,
    );
  }
}

import * as z from 'zod';
import type { Event } from './event.ts';
import { SHARDS } from './ids.ts';
import { MAIL_RULES, RUN_KINDS } from './mail-kinds.ts';
import type { Mailing } from './mailing.ts';
import { type Epoch, epochOf } from './time.ts';

const Count = z.int().min(0);

/** What one pass of the fan-out over one shard found: how many are settled, by state, and how many it sent to the lane. */
export const Tally = z.object({
  pass: z.int().min(1),
  open: Count,
  sent: Count,
  skipped: Count,
  failed: Count,
  held: Count,
});
export type Tally = z.infer<typeof Tally>;

/** One firing of a campaign for one occasion. A conditional put: a run starts once. */
export const Run = z.object({
  eventId: z.string(),
  /** Its campaign's number; a notice goes by its kind. */
  campaignId: z.string(),
  occasion: z.string(),
  kind: z.enum(RUN_KINDS),
  /** The fire time it stands for: what *not after* counts from. */
  firedAt: z.number(),
  startedAt: z.number(),
  notAfter: z.number(),
  /** Of the body that triggered it by hand. */
  bodyHash: z.string().optional(),
  /** Fan-outs are passes over the people; one that leaves nobody open ends the run. */
  pass: z.int().min(1),
  /** Since this pass somebody settled may be open again: what shards were found to hold before says nothing. 1 if absent. */
  anewSince: z.int().min(1).optional(),
  /** The last sign of life: a pass begun, a shard walked through, a chunk settled. */
  touchedAt: z.number(),
  /** The tally of each shard's latest pass. */
  shards: z.record(z.string(), Tally),
  /** People settled since the pass began: a hint for progress, not the truth. */
  settledInPass: Count,
  /** What was settled by then of those who were open when the pass began: a hint, too, until it has met them. */
  settledBefore: Count.optional(),
  /** What progress had been made when the pass began. */
  progressed: z.number().optional(),
  /** Hints too, for the brake on bounces. */
  sentHint: Count,
  bouncedHint: Count,
  /** Present while something stops it: the stamp of whoever found it stopped last. */
  waiting: z.string().optional(),
  finishedAt: z.number().optional(),
  /** It cannot be done before its *not after* at the present rate. */
  tooSlow: z.boolean().optional(),
});
export type Run = z.infer<typeof Run>;

/** A new run of a campaign or a notice. */
export function startRun(
  event: Event,
  { campaignId, kind }: Mailing,
  { occasion, firedAt, now, bodyHash }: { occasion: string; firedAt: Epoch; now: Epoch; bodyHash?: string | undefined },
): Run {
  const clock = { start: epochOf(event.startInstant), end: epochOf(event.endInstant), owedSince: firedAt };
  return {
    eventId: event.eventId,
    campaignId,
    occasion,
    kind,
    firedAt,
    startedAt: now,
    notAfter: MAIL_RULES[kind].notAfter(clock),
    ...(bodyHash && { bodyHash }),
    pass: 1,
    touchedAt: now,
    shards: {},
    settledInPass: 0,
    sentHint: 0,
    bouncedHint: 0,
  };
}

/** Whether no walk through its people has come to an end yet. */
export const isUntouched = ({ finishedAt, pass, shards }: Run): boolean =>
  finishedAt === undefined && pass === 1 && Object.keys(shards).length === 0;

/**
 * Shards the present pass has yet to walk through. One in which a walk met nobody open needs no other: who is settled stays
 * so, and who comes later was not there when the run fired.
 */
export const missingShards = ({ shards, pass, anewSince = 1 }: Run): number[] =>
  Array.from({ length: SHARDS }, (_, shard) => shard).filter((shard) => {
    const tally = shards[shard];
    return tally === undefined || tally.pass < anewSince || (tally.pass !== pass && tally.open > 0);
  });

/** The run's counts over all shards, as of their latest passes. */
export function countsOf({ shards }: { readonly shards: Run['shards'] | readonly Tally[] }): Omit<Tally, 'pass'> {
  const total = { open: 0, sent: 0, skipped: 0, failed: 0, held: 0 };
  for (const tally of Object.values(shards)) {
    for (const state of ['open', 'sent', 'skipped', 'failed', 'held'] as const) total[state] += tally[state];
  }
  return total;
}

export type RunState = 'running' | 'waiting' | 'finished';
export const runState = ({ finishedAt, waiting }: Run): RunState =>
  finishedAt !== undefined ? 'finished' : waiting === undefined ? 'running' : 'waiting';

/** How much of it is done, 0 to 1; never 1 before it is finished. Nothing is known before every shard was walked once. */
export function progressOf(run: Run): number {
  if (run.finishedAt !== undefined) return 1;
  if (Object.keys(run.shards).length < SHARDS) return 0;
  const { open, sent, skipped, failed, held } = countsOf(run);
  const settled = sent + skipped + failed + held;
  const known = settled + open;
  const done = known === 0 ? 0 : Math.min(0.99, (settled + Math.min(open, run.settledInPass)) / known);
  return Math.max(done, run.progressed ?? 0);
}

/** What `sweep` does about an unfinished run. */
export type RunCare = 'nothing' | 'walk-missing' | 'next-pass' | 'finish';

/**
 * A pass that met nobody open has seen everybody settled: the run is done. One that did is followed by another, as soon as
 * all it sent to the lane seem settled, or when nothing has happened for `stalled` seconds; until nobody is unaccounted.
 */
export function careFor(run: Run, now: Epoch, stalled: number): RunCare {
  const quiet = now - run.touchedAt >= stalled;
  if (missingShards(run).length > 0) return quiet ? 'walk-missing' : 'nothing';
  const { open } = countsOf(run);
  if (open === 0) return 'finish';
  return run.settledInPass >= open || quiet ? 'next-pass' : 'nothing';
}

const ENOUGH_SENT = 50;
const TOO_MANY_BOUNCES = 0.05;

/** Whether so many of a run's mails bounced that going on would cost the sender its reputation. */
export const bouncesTooMuch = ({ sentHint, bouncedHint }: Pick<Run, 'sentHint' | 'bouncedHint'>): boolean =>
  sentHint >= ENOUGH_SENT && bouncedHint > sentHint * TOO_MANY_BOUNCES;

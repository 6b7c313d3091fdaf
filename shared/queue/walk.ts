import { SHARDS } from '#shared/domain/ids.ts';
import type { FirstFanOut } from './messages.ts';
import type { Outgoing } from './sender.ts';

const everyShard = Array.from({ length: SHARDS }, (_, shard) => shard);

/** The messages that walk a run's pass through these shards of its people. */
export const walkOf = (
  { eventId, campaignId, occasion }: { eventId: string; campaignId: string; occasion: string },
  pass: number,
  shards: readonly number[] = everyShard,
): Outgoing[] =>
  shards.map((shard) => ({ body: { v: 1, eventId, campaignId, occasion, pass, shard } satisfies FirstFanOut }));

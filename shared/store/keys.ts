import { placeOf } from '#shared/domain/address.ts';
import { ORGANISER_ID, SHARDS, shardOf } from '#shared/domain/ids.ts';
import { partsOf } from '#shared/domain/job-id.ts';
import type { Key } from './table.ts';

/** Which walk: a run’s, through one shard. */
export interface WalkId {
  readonly eventId: string;
  readonly campaignId: string;
  readonly occasion: string;
  readonly shard: number;
}

/** Every key of the table, by the thing it holds. Nobody else spells one. */
export const keys = {
  event: (eventId: string): Key => ({ pk: `EVENT#${eventId}`, sk: 'EVENT' }),
  text: (eventId: string): Key => ({ pk: `EVENT#${eventId}`, sk: 'TEXT' }),
  slug: (slug: string): Key => ({ pk: `SLUG#${slug}`, sk: 'SLUG' }),
  campaign: (eventId: string, campaignId: string): Key => ({ pk: `EVENT#${eventId}`, sk: `CAMPAIGN#${campaignId}` }),
  seats: (eventId: string): Key => ({ pk: `EVENT#${eventId}`, sk: 'SEATS' }),
  address: (addressHash: string): Key => ({ pk: `ADDR#${placeOf(addressHash).own}`, sk: 'ADDR' }),
  /** One of those who share a mailbox lies beside the others. */
  sharer: (sharedHash: string, registrationId: string): Key => ({
    pk: sharersKey(sharedHash),
    sk: `SHARER#${registrationId}`,
  }),
  /** How far an event's people of earlier versions are listed among those who share a mailbox. */
  sharers: (eventId: string): Key => ({ pk: `EVENT#${eventId}`, sk: 'SHARERS' }),
  linkWish: (wishId: string): Key => ({ pk: `WISH#${wishId}`, sk: 'WISH' }),
  /** The organiser's own row lies beside the event: no walk over its people meets it. */
  registration: (eventId: string, registrationId: string): Key =>
    registrationId === ORGANISER_ID
      ? { pk: `EVENT#${eventId}`, sk: 'ORGMAIL' }
      : { pk: shardKey(eventId, shardOf(registrationId)), sk: `REG#${registrationId}` },
  notice: (eventId: string): Key => ({ pk: `EVENT#${eventId}`, sk: 'NOTICE' }),
  lookout: (eventId: string): Key => ({ pk: `EVENT#${eventId}`, sk: 'LOOKOUT' }),
  purge: (eventId: string): Key => ({ pk: `EVENT#${eventId}`, sk: 'PURGE' }),
  sorting: (eventId: string): Key => ({ pk: `EVENT#${eventId}`, sk: 'SORTING' }),
  census: (): Key => ({ pk: 'CENSUS', sk: 'CENSUS' }),
  counts: (eventId: string): Key => ({ pk: `EVENT#${eventId}`, sk: 'COUNTS' }),
  answers: (eventId: string, registrationId: string): Key => ({
    pk: shardKey(eventId, shardOf(registrationId)),
    sk: `ANS#${registrationId}`,
  }),
  /** What is kept of an event's survey beside its answers: how many there are. */
  survey: (eventId: string): Key => ({ pk: `EVENT#${eventId}`, sk: 'SURVEY' }),
  /** By the person, or by chance where nobody may know whose it is. */
  surveyAnswer: (eventId: string, answerId: string): Key => ({ pk: surveyKey(eventId), sk: answerId }),
  waitlistPlace: (eventId: string, ticket: number, registrationId: string): Key => ({
    pk: waitlistKey(eventId),
    sk: `${ticketKey(ticket)}#${registrationId}`,
  }),
  run: (eventId: string, campaignId: string, occasion: string): Key => ({
    pk: `EVENT#${eventId}`,
    sk: `RUN#${campaignId}@${occasion}`,
  }),
  /** What was said to whom, by a hash of both. */
  announced: (eventId: string, wordsHash: string): Key => ({ pk: `EVENT#${eventId}`, sk: `SAID#${wordsHash}` }),
  /** The rest of a walk lies beside its run. */
  walk: ({ eventId, campaignId, occasion, shard }: WalkId): Key => ({
    pk: `EVENT#${eventId}`,
    sk: `WALK#${campaignId}@${occasion}#${shard}`,
  }),
  /** A job lies beside its event, which its id names. */
  job: (jobId: string): Key => ({ pk: `EVENT#${partsOf(jobId).eventId}`, sk: `JOB#${partsOf(jobId).own}` }),
  attendance: (eventId: string): Key => ({ pk: `EVENT#${eventId}`, sk: 'ATTENDANCE' }),
  organiser: (addressHash: string): Key => ({ pk: `ORGANISER#${addressHash}`, sk: 'ORGANISER' }),
  pacer: (): Key => ({ pk: 'PACER', sk: 'PACER' }),
  apiKey: (keyId: string): Key => ({ pk: `KEY#${keyId}`, sk: 'KEY' }),
  control: (): Key => ({ pk: 'CONTROL', sk: 'CONTROL' }),
  receipts: (): Key => ({ pk: 'RECEIPTS', sk: 'RECEIPTS' }),
  ticket: (hash: string): Key => ({ pk: `TICKET#${hash}`, sk: 'TICKET' }),
  request: (keyId: string, nameHash: string): Key => ({ pk: `ONCE#${keyId}#${nameHash}`, sk: 'ONCE' }),
  budget: (scope: string, window: number): Key => ({ pk: `BUDGET#${scope}#${window}`, sk: 'BUDGET' }),
};

/** The partition of one shard of an event's registrations. */
export const shardKey = (eventId: string, shard: number): string => `EVENT#${eventId}#${shard}`;

/** The partition of those who share a mailbox at an event. */
export const sharersKey = (sharedHash: string): string => `ADDR#${sharedHash}`;

/** The partition of an event's queue. */
export const waitlistKey = (eventId: string): string => `EVENT#${eventId}#WAITLIST`;

/** The partition of an event's survey. */
export const surveyKey = (eventId: string): string => `EVENT#${eventId}#SURVEY`;

/** Tickets sort as they were drawn. */
export const ticketKey = (ticket: number): string => String(ticket).padStart(9, '0');

/** The shards of an index or an event, in order. */
export const ALL_SHARDS: readonly number[] = Array.from({ length: SHARDS }, (_, shard) => shard);

import type { Clock } from '#shared/clock.ts';
import { type RunStanding, standingIn } from '#shared/domain/address-run.ts';
import { mayGoOn } from '#shared/domain/chains.ts';
import { waitsForAnswers } from '#shared/domain/chosen-audience.ts';
import { type Chance, randomWord } from '#shared/domain/ids.ts';
import { isNoticeKind, MAIL_RULES } from '#shared/domain/mail-kinds.ts';
import { mailingOf } from '#shared/domain/mailing.ts';
import { messageSize, type Pacer } from '#shared/domain/pacer.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { Tally } from '#shared/domain/run.ts';
import type { Logger } from '#shared/logger.ts';
import type { Chunk, FanOut, FirstFanOut } from '#shared/queue/messages.ts';
import type { Outgoing } from '#shared/queue/sender.ts';
import type { CampaignStore } from '#shared/store/campaigns.ts';
import type { EventStore } from '#shared/store/events.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';
import type { RunStore } from '#shared/store/runs.ts';
import type { WalkStore } from '#shared/store/walks.ts';

type Put = (messages: readonly Outgoing[]) => Promise<void>;

export interface FanOutDeps {
  readonly events: Pick<EventStore, 'get'>;
  readonly campaigns: Pick<CampaignStore, 'get'>;
  readonly runs: Pick<RunStore, 'get' | 'tally' | 'wait'>;
  readonly registrations: Pick<RegistrationStore, 'page'>;
  readonly pacer: () => Promise<Pacer | undefined>;
  /** Puts chunks into the kind's lane. Throws when the queue did not take them all. */
  readonly lanes: { readonly timed: Put; readonly bulk: Put };
  /** Puts the rest of the walk back into this queue. */
  readonly again: Put;
  /** Keeps it for `sweep`, which begins a new chain of messages with it. */
  readonly walks: Pick<WalkStore, 'leave'>;
  readonly clock: Clock;
  readonly chance: Chance;
  readonly logger: Logger;
  /** Seconds after which the rest is left to a message of its own. */
  readonly budget: number;
}

const NOBODY: Omit<Tally, 'pass'> = { open: 0, sent: 0, skipped: 0, failed: 0, held: 0 };

/**
 * Walks one shard of an event's people and puts whoever is open into the lane, chunk by chunk. Its own next page comes
 * last: a crash repeats chunks, it never loses people. At the shard's end the run learns what the walk has met.
 */
export const fanOut =
  ({ events, campaigns, runs, registrations, pacer, lanes, again, walks, clock, chance, logger, budget }: FanOutDeps) =>
  async (message: FanOut): Promise<void> => {
    const { eventId, campaignId, occasion, pass, shard } = message;
    const started = clock.monotonic();
    const now = () => Math.floor(clock.now() / 1000);
    const [event, run, campaign, pace] = await Promise.all([
      events.get(eventId, { consistent: true }),
      runs.get({ eventId, campaignId, occasion }),
      isNoticeKind(campaignId) ? undefined : campaigns.get(eventId, campaignId),
      pacer(),
    ]);
    const mailing = run && mailingOf(run, campaign);
    if (!event || !mailing || run.pass !== pass || run.finishedAt !== undefined) return;
    // Nobody can be told from the others yet: `sweep` begins another pass when that is so.
    if (waitsForAnswers(mailing.audience, event) && now() < run.notAfter) {
      if (run.waiting === undefined) await runs.wait(run, randomWord(8, chance));
      return;
    }
    const standing = (row: Registration) => standingIn(row, { event, mailing, occasion, now: now() });
    const lane = MAIL_RULES[run.kind].lane === 'bulk' ? lanes.bulk : lanes.timed;
    const size = messageSize(pace?.rate ?? 1);

    let tally = message.tally ?? NOBODY;
    let after = message.after;
    do {
      const page = await registrations.page(eventId, shard, after);
      const open = page.people.filter((row) => standing(row) === 'open');
      await lane(chunksOf(open, size, { eventId, campaignId, occasion }));
      tally = added(tally, page.people.map(standing));
      after = page.after;
      if (after && clock.monotonic() - started >= budget * 1000) {
        const rest = { v: 1, eventId, campaignId, occasion, pass, shard, after, tally } as const;
        if (mayGoOn(message.links)) await again([{ body: { ...rest, links: message.links + 1 } satisfies FanOut }]);
        else
          await walks.leave(
            { eventId, campaignId, occasion, shard, message: JSON.stringify(rest satisfies FirstFanOut) },
            now(),
          );
        return;
      }
    } while (after);
    await runs.tally(run, shard, { pass, ...tally }, now());
    logger.info('Fanned out a shard', { eventId, campaignId, occasion, pass, shard, ...tally });
  };

function added(tally: Omit<Tally, 'pass'>, standings: readonly RunStanding[]) {
  const sum = { ...tally };
  for (const standing of standings) {
    if (standing !== 'not-addressed') sum[standing] += 1;
  }
  return sum;
}

function chunksOf(
  open: readonly Registration[],
  size: number,
  run: Pick<Chunk, 'eventId' | 'campaignId' | 'occasion'>,
): Outgoing[] {
  const chunks: Outgoing[] = [];
  for (let start = 0; start < open.length; start += size) {
    const people = open.slice(start, start + size).map(({ registrationId }) => registrationId);
    chunks.push({ body: { v: 1, ...run, people, tries: 0 } satisfies Chunk });
  }
  return chunks;
}

import type { Clock } from '#shared/clock.ts';
import { standingIn } from '#shared/domain/address-run.ts';
import { decide } from '#shared/domain/decide.ts';
import { type Chance, randomWord } from '#shared/domain/ids.ts';
import type { Gaps } from '#shared/domain/late.ts';
import { writeMailKey } from '#shared/domain/mail-key.ts';
import { mailingOf } from '#shared/domain/mailing.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { Logger } from '#shared/logger.ts';
import type { Chunk } from '#shared/queue/messages.ts';
import type { Outgoing } from '#shared/queue/sender.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';
import type { RunStore } from '#shared/store/runs.ts';
import type { Deliver } from './deliver.ts';
import { LEAD } from './deliver-deps.ts';
import { type Guards, isStopped } from './guard.ts';
import type { Pace } from './pace.ts';
import type { Standing } from './standing.ts';

export interface ChunkDeps {
  readonly runs: Pick<RunStore, 'get' | 'noteProgress' | 'wait'>;
  readonly registrations: Pick<RegistrationStore, 'getMany'>;
  readonly guard: Guards;
  readonly deliver: Deliver;
  readonly pace: Pick<Pace, 'lease'>;
  /** Puts a message back into this lane. Throws when the queue did not take it. */
  readonly again: (message: Outgoing) => Promise<void>;
  readonly clock: Clock;
  readonly chance: Chance;
  /** A number in [0, 1). */
  readonly jitter: () => number;
  readonly gaps: Gaps;
  readonly logger: Logger;
}

const LONGEST_DELAY = 900;
/** Milliseconds before its first slot at which a chunk looks anew whether it may send: a slow answer then delays no mail. */
const AHEAD = 300;
/** After so many returns the run's next pass alone looks after these people. */
const TRIES = 8;

/**
 * Sends a run's mail to the people of one message. The message is a hint, the run and the rows are the truth. Each send
 * has its slot, and who needs no mail needs none; the calls overlap; a slot that ends in no call passes to the next person.
 * Whoever is not settled goes into a new, delayed message before this one is acknowledged.
 */
export function sendChunk(deps: ChunkDeps) {
  const { runs, registrations, guard, deliver, pace, again, clock, chance, jitter, gaps, logger } = deps;

  return async (chunk: Chunk): Promise<void> => {
    const { eventId, campaignId, occasion, people } = chunk;
    const id = { eventId, campaignId, occasion };
    const now = () => Math.floor(clock.now() / 1000);
    const run = await runs.get(id);
    if (!run || run.finishedAt !== undefined) return;
    // What was read before this run was known says nothing about it: a notice is sent for the very latest edit.
    const since = clock.monotonic();
    const guarded = await guard(eventId, campaignId, { since });
    const { event, campaign, control } = guarded;
    const mailing = mailingOf(run, campaign);
    if (!event || !mailing) return;
    const waits = () => runs.wait(id, randomWord(8, chance));
    // What is too late is settled even while a stop is in force: nothing will bring it back.
    if (isStopped(guarded) && now() < run.notAfter) return void (await waits());

    const { firedAt } = run;
    const key = { campaign: campaignId, occasion };
    const mailKey = writeMailKey(key);
    const sendTo = (row: Registration, callAt: number) => deliver(row, { mailKey, firedAt, callAt, since });
    const rows = await registrations.getMany(people.map((registrationId) => ({ eventId, registrationId })));
    const open = rows.filter((row) => standingIn(row, { event, mailing, occasion, now: now() }) === 'open');
    if (open.length === 0) return;
    const circumstances = { event, campaign, control, firedAt, gaps, mayReach: () => true, now: now() };
    const skipped = open.filter((registration) => decide(key, { ...circumstances, registration }).do === 'skip');
    const mailed = open.filter((row) => !skipped.includes(row));
    const outcomes = await Promise.all(skipped.map(async (row) => ({ row, standing: await sendTo(row, clock.now()) })));

    const paced = mailed.length > 0 ? await pace.lease(mailed.length) : { slots: [] };
    if ('slots' in paced) {
      const ahead = (paced.slots[0] ?? 0) - AHEAD - clock.now();
      if (ahead > 0) {
        await clock.sleep(ahead);
        void guard(eventId, campaignId, { anew: true });
      }
      outcomes.push(...(await atTheirSlots(mailed, paced.slots, sendTo)));
    }
    const settled = outcomes.filter(({ standing }) => standing.is === 'settled').length;
    const sent = outcomes.filter(({ standing }) => standing.is === 'settled' && standing.called).length;
    if (settled > 0) await runs.noteProgress(id, { settled, sent, now: now() });
    if (outcomes.length > 0) logger.info('Worked off a chunk', { ...id, people: people.length, settled, sent });

    if ('noQuota' in paced) return void (await waits());
    if ('retryIn' in paced) return backLater(chunk, mailed, { after: paced.retryIn / 1000, tries: chunk.tries });
    const isLeft = outcomes.some(({ standing }) => standing.is === 'left');
    if (isLeft && isStopped(await guard(eventId, campaignId, { anew: true }))) await waits();
    await returnUnsettled(chunk, outcomes);
  };

  /** Runs each slot as its time comes; a slot whose person needed no call takes the next in line. */
  async function atTheirSlots(
    rows: readonly Registration[],
    slots: readonly number[],
    send: (row: Registration, callAt: number) => Promise<Standing>,
  ): Promise<{ row: Registration; standing: Standing }[]> {
    const queue = [...rows];
    const outcomes: { row: Registration; standing: Standing }[] = [];
    const use = async (slot: number): Promise<void> => {
      await clock.sleep(slot - LEAD - clock.now());
      for (let row = queue.shift(); row; row = queue.shift()) {
        const standing = await send(row, slot);
        outcomes.push({ row, standing });
        if (standing.called) return;
      }
    };
    const results = await Promise.allSettled(slots.map(use));
    const failed = results.find((result) => result.status === 'rejected');
    if (failed) throw failed.reason;
    return outcomes;
  }

  async function returnUnsettled(
    chunk: Chunk,
    outcomes: readonly { row: Registration; standing: Standing }[],
  ): Promise<void> {
    const waiting = outcomes.flatMap(({ row, standing }) =>
      standing.is === 'again' ? [{ row, after: standing.after }] : [],
    );
    if (waiting.length === 0 || chunk.tries >= TRIES) return;
    const after = Math.min(...waiting.map((each) => each.after)) * 1.5 ** chunk.tries;
    await backLater(
      chunk,
      waiting.map(({ row }) => row),
      { after, tries: chunk.tries + 1 },
    );
  }

  async function backLater(
    chunk: Chunk,
    rows: readonly Registration[],
    { after, tries }: { after: number; tries: number },
  ): Promise<void> {
    const people = rows.map(({ registrationId }) => registrationId);
    const delay = Math.min(LONGEST_DELAY, Math.ceil(after + jitter()));
    await again({ body: { ...chunk, people, tries } satisfies Chunk, delay });
  }
}

import type { Clock } from '#shared/clock.ts';
import { standingIn } from '#shared/domain/address-run.ts';
import { decide } from '#shared/domain/decide.ts';
import { type Chance, randomWord } from '#shared/domain/ids.ts';
import type { Gaps } from '#shared/domain/late.ts';
import { writeMailKey } from '#shared/domain/mail-key.ts';
import { mailingOf } from '#shared/domain/mailing.ts';
import { mayReturn, returnToLookAgain, returnWithoutSlot } from '#shared/domain/returns.ts';
import type { Logger } from '#shared/logger.ts';
import type { Chunk } from '#shared/queue/messages.ts';
import type { Outgoing } from '#shared/queue/sender.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';
import type { RunStore } from '#shared/store/runs.ts';
import { type AtSlots, atTheirSlots } from './at-their-slots.ts';
import type { Deliver } from './deliver.ts';
import { type Guard, type Guards, isStopped } from './guard.ts';
import type { Pace } from './pace.ts';

export interface ChunkDeps {
  readonly runs: Pick<RunStore, 'get' | 'noteProgress' | 'wait'>;
  readonly registrations: Pick<RegistrationStore, 'getMany'>;
  readonly guard: Guards;
  readonly deliver: Deliver;
  readonly pace: Pick<Pace, 'patiently'>;
  /** Puts a message back into this lane. Throws when the queue did not take it. */
  readonly again: (message: Outgoing) => Promise<void>;
  /** When this invocation began, monotonic milliseconds. */
  readonly startedAt: number;
  readonly clock: Clock;
  readonly chance: Chance;
  /** A number in [0, 1). */
  readonly jitter: () => number;
  readonly gaps: Gaps;
  readonly logger: Logger;
}

/**
 * Sends a run's mail to the people of one message. The message is a hint, the run and the rows are the truth. Who needs no
 * mail needs no slot; the others have theirs, part by part, as the lane's turn comes. Whoever is not settled goes into a
 * new, delayed message before this one is acknowledged, unless the message has come back as often as it may: then the
 * run's next pass looks after them.
 */
export function sendChunk(deps: ChunkDeps) {
  const { runs, registrations, guard, deliver, again, clock, chance, jitter, gaps, logger } = deps;

  return async (chunk: Chunk): Promise<void> => {
    const { eventId, campaignId, occasion, people } = chunk;
    const id = { eventId, campaignId, occasion };
    const now = () => Math.floor(clock.now() / 1000);
    const run = await runs.get(id);
    if (!run || run.finishedAt !== undefined) return;
    // What was read before this run was known says nothing about it: a notice is sent for the very latest edit.
    const since = clock.monotonic();
    const look = (how: Parameters<Guards>[2] = {}) => guard(eventId, campaignId, how);
    const guarded = await look({ since });
    const { event, campaign, control, confirmation } = guarded;
    const mailing = mailingOf(run, campaign);
    if (!event || !mailing) return;
    // What is too late is settled even while a stop is in force: nothing will bring it back.
    const stops = (by: Guard) => now() < run.notAfter && isStopped(by);
    if (stops(guarded)) return markWaiting(id);

    const { firedAt } = run;
    const key = { campaign: campaignId, occasion };
    const mailKey = writeMailKey(key);
    const rows = await registrations.getMany(people.map((registrationId) => ({ eventId, registrationId })));
    const open = rows.filter((row) => standingIn(row, { event, mailing, occasion, now: now() }) === 'open');
    if (open.length === 0) return;
    const circumstances = { event, campaign, control, confirmation, firedAt, gaps, mayReach: () => true, now: now() };
    const skipped = open.filter((registration) => decide(key, { ...circumstances, registration }).do === 'skip');
    const mailed = open.filter((row) => !skipped.includes(row));
    const sent = await atTheirSlots(deps, {
      without: skipped,
      mailed,
      send: (row, callAt) => deliver(row, { mailKey, firedAt, callAt, since }),
      isStopped: async () => stops(await look()),
      ahead: () => void look({ anew: true }),
    });
    await report(chunk, sent);
    if (sent.failure) throw sent.failure.error;

    if (sent.end === 'no-quota' || sent.end === 'stopped') return markWaiting(id);
    const isLeft = sent.outcomes.some(({ standing }) => standing.is === 'left');
    if (isLeft && isStopped(await look({ anew: true }))) await markWaiting(id);
    await returnTheRest(chunk, sent);
  };

  async function report({ people, ...run }: Chunk, { outcomes }: AtSlots): Promise<void> {
    const { eventId, campaignId, occasion } = run;
    const id = { eventId, campaignId, occasion };
    const settled = outcomes.filter(({ standing }) => standing.is === 'settled').length;
    const sent = outcomes.filter(({ standing }) => standing.is === 'settled' && standing.called).length;
    if (settled > 0) await runs.noteProgress(id, { settled, sent, now: Math.floor(clock.now() / 1000) });
    if (outcomes.length > 0) logger.info('Worked off a chunk', { ...id, people: people.length, settled, sent });
  }

  /** A stamp that is there is enough: the pass that clears it begins after this, and finds whoever is open now. */
  async function markWaiting(id: Parameters<RunStore['wait']>[0]): Promise<void> {
    if ((await runs.get(id))?.waiting === undefined) await runs.wait(id, randomWord(8, chance));
  }

  async function returnTheRest(chunk: Chunk, { end, left, outcomes }: AtSlots): Promise<void> {
    const { tries } = chunk;
    const waits = outcomes.flatMap(({ standing }) => (standing.is === 'again' ? [standing.after] : []));
    const rest = [...left, ...outcomes.filter(({ standing }) => standing.is === 'again').map(({ row }) => row)];
    if (rest.length === 0 || !mayReturn(tries)) return;
    const delay =
      end === 'no-slot' ? returnWithoutSlot(tries, jitter()) : returnToLookAgain(Math.min(...waits), tries, jitter());
    const names = rest.map(({ registrationId }) => registrationId);
    await again({ body: { ...chunk, people: names, tries: tries + 1 } satisfies Chunk, delay });
  }
}

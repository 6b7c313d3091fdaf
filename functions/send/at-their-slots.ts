import type { Clock } from '#shared/clock.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { LEAD } from './deliver-deps.ts';
import type { Pace, Patience } from './pace.ts';
import type { Standing } from './standing.ts';

interface SlotDeps {
  readonly pace: Pick<Pace, 'patiently'>;
  /** When this invocation began, monotonic milliseconds. */
  readonly startedAt: number;
  readonly clock: Clock;
}

/** Whom a message is for, and what is done for each. */
interface Sending {
  /** Who needs no mail, and so no slot. */
  readonly without: readonly Registration[];
  readonly mailed: readonly Registration[];
  readonly send: (row: Registration, callAt: number) => Promise<Standing>;
  readonly isStopped: () => Promise<boolean>;
  /** Called shortly before the first slot of a part: what is read anew then delays no mail. */
  readonly ahead: () => void;
}

/** What became of them. Nothing that was begun is still under way. */
export interface AtSlots {
  readonly outcomes: readonly { readonly row: Registration; readonly standing: Standing }[];
  /** For whom there was no slot. */
  readonly left: readonly Registration[];
  /** Why there was none. */
  readonly end: 'done' | Exclude<Patience, object>;
  /** The first error. It is one person's: the others had their turn. */
  readonly failure?: { readonly error: unknown };
}

/** Milliseconds before its first slot at which a part looks anew whether it may send. */
const AHEAD = 300;

/**
 * Leases slots part by part, as long as somebody needs one, and runs each as its time comes. Calls overlap: no answer is
 * waited for before the next part. A slot whose person needed no call takes the next in line.
 */
export async function atTheirSlots(
  { pace, startedAt, clock }: SlotDeps,
  { without, mailed, send, isStopped, ahead }: Sending,
): Promise<AtSlots> {
  const queue = [...mailed];
  const outcomes: { row: Registration; standing: Standing }[] = [];
  const started: Promise<void>[] = [];
  let failure: AtSlots['failure'];

  /** Whether the slot is used; nobody knows after an error. Never rejects: it may be awaited long after. */
  const isUsed = async (row: Registration, slot: number): Promise<boolean> => {
    try {
      const standing = await send(row, slot);
      outcomes.push({ row, standing });
      return standing.called;
    } catch (error) {
      failure ??= { error };
      return true;
    }
  };
  const use = async (slot: number): Promise<void> => {
    for (let row = queue.shift(); row; row = queue.shift()) if (await isUsed(row, slot)) return;
  };
  /** Resolves when the slot has taken its person, not when SES has answered. */
  const begin = async (slot: number): Promise<void> => {
    await clock.sleep(slot - LEAD - clock.now());
    started.push(use(slot));
  };

  const part = async (first: boolean): Promise<AtSlots['end']> => {
    if (!first && (await isStopped())) return 'stopped';
    const paced = await pace.patiently(queue.length, { startedAt, isStopped });
    if (typeof paced === 'string') return paced;
    const early = (paced.slots[0] ?? 0) - AHEAD - clock.now();
    if (early > 0) {
      await clock.sleep(early);
      ahead();
    }
    await Promise.all(paced.slots.map(begin));
    return 'done';
  };

  let end: AtSlots['end'] = 'done';
  await Promise.all(without.map((row) => isUsed(row, clock.now())));
  try {
    for (let first = true; queue.length > 0 && end === 'done'; first = false) end = await part(first);
  } catch (error) {
    failure ??= { error };
  }
  await Promise.all(started);
  return { outcomes, left: queue, end, ...(failure && { failure }) };
}

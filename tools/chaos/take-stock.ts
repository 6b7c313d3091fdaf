import { CONFIRMATION_CAMPAIGN } from '#shared/domain/mail-key.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import type { ChaosEvent } from './chaos-events.ts';
import { compare } from './compare.ts';
import { acceptedMails, sweepNow, type World, waitingIn } from './world.ts';

/** What there is, and a sentence for each thing that is not as it should be. */
export interface Stock {
  readonly registered: number;
  readonly mails: number;
  readonly wrong: readonly string[];
}

export interface Expected {
  readonly events: readonly ChaosEvent[];
  readonly over: ChaosEvent;
  /** Who is in the report. */
  readonly people: number;
  /** Addresses whose registration was acknowledged, by event. */
  readonly acknowledged: ReadonlyMap<string, readonly string[]>;
  /** By how much the stage's waits are divided: a doubt takes as long as they do. */
  readonly divisor: number;
}

const EVERYBODY = { limit: 100_000 };

async function takeStock(world: World, { events, over, people, acknowledged }: Expected): Promise<Stock> {
  const registrations = registrationStore(world.table);
  const each = await Promise.all(
    events.map(async ({ eventId, slug, campaignId, capacity }) => {
      const { people: rows } = await registrations.list(eventId, EVERYBODY);
      const mails = await acceptedMails(world, slug);
      const campaigns = [CONFIRMATION_CAMPAIGN, campaignId];
      return {
        rows,
        mails,
        wrong: compare({ acknowledged: acknowledged.get(eventId) ?? [], rows, mails, campaigns, capacity }),
      };
    }),
  );
  const { people: came } = await registrations.list(over.eventId, EVERYBODY);
  const missed = people - came.filter(({ minutes }) => minutes !== undefined).length;
  const unread = missed > 0 ? [`of the report, ${missed} people have no minutes`] : [];
  return {
    registered: each.flatMap(({ rows }) => rows).length,
    mails: each.flatMap(({ mails }) => mails).length,
    wrong: [...each.flatMap(({ wrong }) => wrong), ...unread, ...(await waitingIn(world))],
  };
}

/** Seconds within which everything settles, and after which what has not changed will not: more with longer waits. */
const settling = (divisor: number) => ({ within: 240 + 1200 / divisor, unchanged: 90 + 300 / divisor });

/** What there is once everything is settled, and after how many seconds; undefined where it never was. */
export async function onceSettled(world: World, expected: Expected): Promise<Stock & { settled: number | undefined }> {
  const began = performance.now();
  const passed = () => Math.round((performance.now() - began) / 1000);
  const { within, unchanged } = settling(expected.divisor);
  let last = { wrong: '', at: 0 };
  for (;;) {
    const stock = await takeStock(world, expected);
    if (stock.wrong.length === 0) return { ...stock, settled: passed() };
    const wrong = stock.wrong.join('\n');
    if (wrong !== last.wrong) last = { wrong, at: passed() };
    if (passed() - last.at > unchanged || passed() > within) return { ...stock, settled: undefined };
    await sweepNow(world);
    await new Promise((resolve) => setTimeout(resolve, 2000));
  }
}

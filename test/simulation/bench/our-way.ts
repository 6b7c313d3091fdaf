import type { SQSBatchResponse, SQSEvent } from 'aws-lambda';
import { noteReceipt } from '#functions/receipts/note-receipt.ts';
import { ReceiptMessage } from '#functions/receipts/receipt-message.ts';
import { fanOut } from '#functions/run-campaigns/fan-out.ts';
import { deliver } from '#functions/send/deliver.ts';
import { greet } from '#functions/send/greet.ts';
import { guards } from '#functions/send/guard.ts';
import { joiningsOf } from '#functions/send/joinings-of.ts';
import { pace } from '#functions/send/pace.ts';
import { sendChunk } from '#functions/send/send-chunk.ts';
import { sweep } from '#functions/sweep/sweep.ts';
import type { Clock } from '#shared/clock.ts';
import { newCampaign } from '#shared/domain/edit-campaign.ts';
import { newId, randomWord } from '#shared/domain/ids.ts';
import type { CampaignKind, Lane } from '#shared/domain/mail-kinds.ts';
import { occasionOf } from '#shared/domain/occasion.ts';
import { type Run, startRun } from '#shared/domain/run.ts';
import { instantAt } from '#shared/domain/time.ts';
import { consumer } from '#shared/queue/consumer.ts';
import { FanOut, LaneMessage } from '#shared/queue/messages.ts';
import type { Outgoing } from '#shared/queue/sender.ts';
import { walkOf } from '#shared/queue/walk.ts';
import { campaignStore } from '#shared/store/campaigns.ts';
import { controlStore } from '#shared/store/control.ts';
import { countStore } from '#shared/store/counts.ts';
import { eraser } from '#shared/store/eraser.ts';
import { eventStore } from '#shared/store/events.ts';
import { linkWishStore } from '#shared/store/link-wishes.ts';
import { organiserStore } from '#shared/store/organisers.ts';
import { pacerStore } from '#shared/store/pacer.ts';
import { receiptsStore } from '#shared/store/receipts.ts';
import { toItem } from '#shared/store/registration-items.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { runStore } from '#shared/store/runs.ts';
import { sortingStore } from '#shared/store/sortings.ts';
import { surveyAnswerStore } from '#shared/store/survey-answers.ts';
import { walkStore } from '#shared/store/walks.ts';
import { anEvent, aRegistration, aText } from '#test/support/builders.ts';
import { TIMINGS } from '#test/support/sending.ts';
import { dice } from '../dice.ts';
import { composer } from '../mails.ts';
import { virtualTime } from '../virtual-time.ts';
import { type BenchQueue, benchQueue, meter } from './bench-queue.ts';
import { benchSes } from './bench-ses.ts';
import { benchTable } from './bench-table.ts';
import { type WorkerLife, workerLife } from './worker-life.ts';

export const START = Date.parse('2026-11-23T10:00:00Z');
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

export interface WorldSettings {
  readonly rate: number;
  readonly latency: number;
  /** The share of invocations that die half-way. */
  readonly crashes: number;
  readonly receiptLoss: number;
  /** Workers at once: of each lane, and of the receipts. */
  readonly lanes: number;
  readonly receipts: number;
}

/** Workers that a rate asks for: so many chunks are under way while one waits for its slowest mail. */
export const workersFor = (rate: number) => ({
  lanes: Math.max(4, Math.ceil(rate / 25)),
  receipts: Math.max(2, Math.ceil(rate / 50)),
});

/** Fan-out, lanes, receipts and sweep as they are deployed, on a cloud in memory; everything they use is counted. */
export async function ourWorld({ rate, latency, crashes, receiptLoss, lanes, receipts }: WorldSettings) {
  const time = virtualTime(START);
  const chance = dice(`bench ${rate} ${latency} ${crashes} ${receiptLoss}`);
  const table = benchTable(chance.fork('table'));
  const used = meter();
  const ses = benchSes(time, chance.fork('ses'), {
    rate,
    latency,
    slow: 0.01,
    receiptLoss,
    receipt: (body) => queues.receipts.arrive(body),
  });
  /** Mails that a worker wrote down as sent: whatever else SES took is in doubt until its receipt. */
  let writtenDown = 0;
  let containers = 0;

  const logger = {
    info: (message: string) => {
      if (message === 'Mail sent') writtenDown++;
    },
    warn() {},
    error(message: string, fields?: Record<string, unknown>) {
      // Nobody plans here: `sweep` says so every minute, and it costs no mail.
      if (fields?.work !== 'plan') fail(message, fields);
    },
  };
  const fail = (message: string, fields: Record<string, unknown> = {}) => {
    process.stderr.write(`${message} ${String((fields.error as Error)?.stack ?? JSON.stringify(fields))}\n`);
  };

  const base = (life: WorkerLife) => {
    const reached = table.of(life);
    const clock: Clock = { now: time.now, monotonic: time.now, sleep: life.sleep };
    return {
      clock,
      logger,
      count: () => {},
      events: eventStore(reached),
      campaigns: campaignStore(reached),
      registrations: registrationStore(reached),
      organisers: organiserStore(reached),
      eraser: eraser(reached),
      counts: countStore(reached),
      surveyAnswers: surveyAnswerStore(reached),
      runs: runStore(reached),
      control: controlStore(reached),
      receipts: receiptsStore(reached),
      pacer: pacerStore(reached),
      walks: walkStore(reached),
      wishes: linkWishStore(reached),
      sortings: sortingStore(reached),
    };
  };
  const bury = async () => {
    throw new Error('A message that does not parse');
  };

  const lane = (name: Lane) => (life: WorkerLife) => {
    const deps = base(life);
    const own = chance.fork(`${name} ${++containers}`);
    const { pacer, clock } = deps;
    const paced = pace({ pacer, clock, lane: name, initialRate: 1, jitter: own.next, timings: TIMINGS });
    const guard = guards({ ...deps, fresh: TIMINGS.guardFresh });
    const delivered = deliver({
      ...deps,
      guard,
      receiptsSeen: deps.receipts.get,
      joiningsOf: joiningsOf(deps),
      campaignOf: deps.campaigns.get,
      placeOf: async () => undefined,
      compose: composer('plain'),
      mailer: { send: (mail) => ses.send(life, mail) },
      slowDown: paced.slowDown,
      mayReach: () => true,
      timings: TIMINGS,
      chance: own.bytes,
    });
    const put = queues[name].sender(life);
    const again = (message: Outgoing) => put([message]);
    const lent = { ...deps, deliver: delivered, guard, pace: paced, again, jitter: own.next };
    return consumer({ logger, bury }, LaneMessage, (message) => {
      const shared = { ...lent, startedAt: clock.monotonic(), gaps: TIMINGS };
      return 'people' in message ? sendChunk({ ...shared, chance: own.bytes })(message) : greet(shared)(message);
    });
  };

  type Build = (life: WorkerLife) => (event: SQSEvent) => Promise<SQSBatchResponse>;
  const queueOf = (name: string, build: Build, workers: number, batch = 1, timeout = 60, window = 0) =>
    benchQueue(time, chance.fork(name), used, {
      batch,
      window,
      workers,
      timeout,
      visibility: timeout + 15,
      crashes,
      build,
    });
  type Name = Lane | 'fan-out' | 'receipts';
  const queues: Record<Name, BenchQueue> = {
    now: queueOf('now', lane('now'), 2),
    timed: queueOf('timed', lane('timed'), lanes),
    bulk: queueOf('bulk', lane('bulk'), lanes),
    'fan-out': queueOf(
      'fan-out',
      (life) => {
        const deps = base(life);
        const into = { timed: queues.timed.sender(life), bulk: queues.bulk.sender(life) };
        const again = queues['fan-out'].sender(life);
        return consumer(
          { logger, bury },
          FanOut,
          fanOut({ ...deps, pacer: deps.pacer.get, lanes: into, again, chance: chance.bytes, budget: 30 }),
        );
      },
      2,
    ),
    receipts: queueOf(
      'receipts',
      (life) => consumer({ logger, bury }, ReceiptMessage, noteReceipt({ ...base(life), brake: async () => {} })),
      receipts,
      10,
      20,
      5,
    ),
  };

  const sweeper = workerLife(time, chance, () => {});
  const into = (name: keyof typeof queues) => queues[name].sender(sweeper);
  const nobody = async (): Promise<number[]> => [];
  const round = sweep({
    ...base(sweeper),
    account: async () => ({ maxSendRate: rate }),
    plan: async () => {},
    startRun: async () => {},
    fanOut: into('fan-out'),
    jobs: { due: async () => [], callIn: async () => 0 },
    workOn: async () => {},
    deadLettersWaiting: async () => [],
    receiptsWaiting: async () => ({ waiting: queues.receipts.size(), deadLetters: 0 }),
    nudgeAdmit: nobody,
    nudgeLane: nobody,
    timings: TIMINGS,
  });
  const everyMinute = (): void => {
    time.after(MINUTE, everyMinute);
    const startedAt = time.now();
    used.invocations++;
    round({ resumed: false }).then(
      () => {
        used.lambdaSeconds += (time.now() - startedAt) / 1000;
      },
      (error: unknown) => fail('The sweep failed', { error }),
    );
  };
  time.after(1, everyMinute);
  // The first round sets the pace: an account is looked at long before its first run.
  await time.pass(START + 1000);

  return {
    time,
    chance,
    table,
    ses,
    used,
    queues,
    writtenDown: () => writtenDown,

    /** A published event with so many confirmed people, who were told so long ago. */
    async event(people: number): Promise<Crowd> {
      const eventId = newId(chance.bytes);
      const startsAt = new Date(time.now() + 24 * HOUR).toISOString().slice(0, 16);
      const endsAt = new Date(time.now() + 27 * HOUR).toISOString().slice(0, 16);
      const event = anEvent({ eventId, slug: `bench-${eventId}`, startsAt, endsAt });
      await eventStore(table.truth).create(event, aText());
      for (let n = 0; n < people; n++)
        await table.truth.put({ item: toItem(person(event.eventId, n)), fact: undefined });
      return event;
    },

    /** A campaign of this kind to all of them, from now on. */
    async run(event: Crowd, kind: CampaignKind, campaignId: string): Promise<() => Promise<Run>> {
      const now = Math.floor(time.now() / 1000);
      const trigger =
        kind === 'announcement' ? ({ manual: true } as const) : ({ before: 'start', offset: 'PT1H' } as const);
      const campaign = newCampaign(
        { name: 'Bench', kind, audience: {}, state: 'active', trigger },
        { event, campaignId, now: instantAt(now) },
      );
      await campaignStore(table.truth).add(event.eventId, campaign, now);
      const run = startRun(event, campaign, { occasion: occasionOf(kind, event, 'key'), firedAt: now, now });
      const { startRevision, endRevision } = event;
      const started = await runStore(table.truth).start(run, {
        startRevision,
        endRevision,
        campaignRevision: campaign.revision,
        armed: false,
      });
      if (started !== 'started') throw new Error(`The run was not started: ${started}`);
      for (const message of walkOf(run, 1)) queues['fan-out'].put(message);
      return async () => (await runStore(table.truth).get(run)) ?? run;
    },
  };

  /** Rows of real size: a long name and address, and the confirmation they once had. */
  function person(eventId: string, n: number) {
    return aRegistration({
      eventId,
      registrationId: newId(chance.bytes),
      name: 'Alexandra Featherstonehaugh',
      email: `alexandra.featherstonehaugh${n}@west-midlands.example.org`,
      linkSeed: randomWord(16, chance.bytes),
      deliveries: { '1@a1': `delivered|${START / 1000 - 86_400}|1|${randomWord(6, chance.bytes)}|1` },
      sequence: 1,
    });
  }
}
export type OurWorld = Awaited<ReturnType<typeof ourWorld>>;
type Crowd = ReturnType<typeof anEvent>;

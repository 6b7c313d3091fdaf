import type { SQSEvent } from 'aws-lambda';
import { LANE_NOW_FACTS, PLAN_FACTS, SWEEP_FACTS } from '#events/catalogue.ts';
import { admit } from '#functions/admit/admit.ts';
import { teller } from '#functions/publish/bus.ts';
import { publish } from '#functions/publish/publish.ts';
import { bounceBrake } from '#functions/receipts/brake.ts';
import { firstOfMailbox } from '#functions/receipts/first-of-mailbox.ts';
import { noteReceipt } from '#functions/receipts/note-receipt.ts';
import { ReceiptMessage } from '#functions/receipts/receipt-message.ts';
import { fanOut } from '#functions/run-campaigns/fan-out.ts';
import { planSchedules } from '#functions/run-campaigns/plan-schedules.ts';
import { runCampaigns } from '#functions/run-campaigns/run-campaigns.ts';
import { startDueRun } from '#functions/run-campaigns/start-due-run.ts';
import { deliver } from '#functions/send/deliver.ts';
import { greet } from '#functions/send/greet.ts';
import { guards } from '#functions/send/guard.ts';
import { joiningsOf } from '#functions/send/joinings-of.ts';
import { pace } from '#functions/send/pace.ts';
import { sendChunk } from '#functions/send/send-chunk.ts';
import { sweep } from '#functions/sweep/sweep.ts';
import type { Clock } from '#shared/clock.ts';
import type { Lane } from '#shared/domain/mail-kinds.ts';
import { mayReach } from '#shared/domain/mail-mode.ts';
import { ticketOf } from '#shared/domain/seats.ts';
import type { Logger } from '#shared/logger.ts';
import { burier, consumer } from '#shared/queue/consumer.ts';
import { CampaignMessage, LaneMessage, Nudge } from '#shared/queue/messages.ts';
import { allOrThrow, type Outgoing, queueSender } from '#shared/queue/sender.ts';
import { budgetStore } from '#shared/store/budgets.ts';
import { campaignStore } from '#shared/store/campaigns.ts';
import { controlStore } from '#shared/store/control.ts';
import { countStore } from '#shared/store/counts.ts';
import { eraser } from '#shared/store/eraser.ts';
import { eventStore } from '#shared/store/events.ts';
import { linkWishStore } from '#shared/store/link-wishes.ts';
import { organiserStore } from '#shared/store/organisers.ts';
import { pacerStore } from '#shared/store/pacer.ts';
import { receiptsStore } from '#shared/store/receipts.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { runStore } from '#shared/store/runs.ts';
import { seatStore } from '#shared/store/seats.ts';
import { sortingStore } from '#shared/store/sortings.ts';
import { surveyAnswerStore } from '#shared/store/survey-answers.ts';
import { walkStore } from '#shared/store/walks.ts';
import { TIMINGS } from '#test/support/sending.ts';
import { NO_CHAIN } from './chain.ts';
import { clients } from './clients.ts';
import { feed } from './feed.ts';
import { lambda } from './lambda.ts';
import type { Life } from './life.ts';
import { composer, type Mails } from './mails.ts';
import { watchedPacer } from './pacing.ts';
import type { Setting } from './setting.ts';
import { simBus } from './sim-bus.ts';
import { type SimQueue, simQueue } from './sim-queue.ts';
import { simScheduler } from './sim-scheduler.ts';
import { type Call, simSes } from './sim-ses.ts';
import { simStream } from './sim-stream.ts';
import { type Commit, simTable } from './sim-table.ts';
import { ADDRESS_KEY } from './visits.ts';
import { WORKERS, type WorkerName } from './workers.ts';

const LANES = ['now', 'timed', 'bulk'] as const;
const isLane = (name: string): boolean => (LANES as readonly string[]).includes(name);
const MINUTE = 60_000;

export interface WorldSettings {
  /** Sends per second that SES allows. */
  readonly rate: number;
  /** Functions of one kind that run at once. */
  readonly concurrency: number;
  readonly mails: Mails;
  readonly committed: (commit: Commit) => void;
  readonly called: (call: Call) => void;
  /** Whether a sweep would find nothing to do, and need not be simulated. */
  readonly idle: () => boolean;
}

/** All of Rollcall's machinery, wired as its `handler.ts` files and its stack wire it, on simulated AWS. */
export function world(setting: Setting, { rate, concurrency, mails, committed, called, idle }: WorldSettings) {
  const { time, chance, faults, trace, violated } = setting;
  const queues = new Map<string, SimQueue>();
  const queueOf = (name: WorkerName): SimQueue => {
    const known = queues.get(name);
    if (known) return known;
    const queue = simQueue(name, setting, WORKERS[name]);
    queues.set(name, queue);
    queues.set(`${name}-dead`, deadLettersOf(queue));
    return queue;
  };
  const table = simTable(setting, (commit) => {
    committed(commit);
    stream.note(commit);
  });
  const bus = simBus(setting, [
    { facts: LANE_NOW_FACTS, target: (body, { chain }) => queueOf('now').send({ body, chain }) },
    { facts: PLAN_FACTS, target: (body, { chain }) => queueOf('campaigns').send({ body, chain }) },
    { facts: SWEEP_FACTS, target: (_, { name, chain }) => wakeSweep(name, chain) },
  ]);
  const aws = clients(setting, { queues, bus });
  const scheduler = simScheduler(setting, (body) => queueOf('campaigns').send({ body }));
  const ses = simSes(setting, {
    rate,
    called,
    receipt: (body, arrived) => {
      arrived();
      queueOf('receipts').send({ body });
    },
  });

  /** What every function is built from. */
  const base = (life: Life) => {
    const reached = table.of(life);
    const clock: Clock = {
      now: time.now,
      monotonic: time.now,
      sleep: (ms) =>
        life.request(`sleep ${Math.round(ms)} ms`, ({ resolve }) => time.after(Math.max(0, ms), resolve as () => void)),
    };
    const { sqs, eventBridge } = aws(life);
    const put = (name: WorkerName) => queueSender(sqs, name);
    const worker = (name: WorkerName) => ({ logger: loggerOf(life), bury: burier(sqs, `${name}-dead`) });
    return {
      clock,
      logger: loggerOf(life),
      put,
      insist: (name: WorkerName) => allOrThrow(put(name)),
      worker,
      eventBridge,
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
      seats: seatStore(reached),
      count: () => {},
      table: reached,
    };
  };

  /** A programming error is never a fault of the world. */
  const loggerOf = (life: Life): Logger => {
    const say =
      (level: string) =>
      (message: string, fields: Record<string, unknown> = {}) => {
        const { error } = fields;
        if (error instanceof TypeError || error instanceof RangeError || (error as Error)?.name === 'ZodError')
          violated(`${life.name} broke: ${message}`, (error as Error).stack);
        trace(
          life.name,
          () =>
            `${level}${message} ${JSON.stringify(fields, (_, value) => (value instanceof Error ? String(value) : value))}`,
        );
      };
    return { info: say(''), warn: say('! '), error: say('!! ') };
  };

  const build: Record<
    WorkerName,
    (life: Life) => (event: SQSEvent) => Promise<{ batchItemFailures: { itemIdentifier: string }[] }>
  > = {
    admit: (life) => {
      const deps = base(life);
      return consumer(deps.worker('admit'), Nudge, admit({ ...deps, now: time.now }));
    },
    receipts: (life) => {
      const deps = base(life);
      const isFirstOf = firstOfMailbox({
        budgets: budgetStore(deps.table),
        addressKey: async () => ADDRESS_KEY,
        now: () => Math.floor(time.now() / 1000),
      });
      return consumer(
        deps.worker('receipts'),
        ReceiptMessage,
        noteReceipt({ ...deps, brake: bounceBrake({ ...deps, isFirstOf }) }),
      );
    },
    campaigns: (life) => {
      const deps = base(life);
      const lanes = { timed: deps.insist('timed'), bulk: deps.insist('bulk') };
      const again = deps.insist('campaigns');
      const budget = chance.pick([0.01, 0.05, 30]);
      const tasks = {
        plan: planSchedules({ ...deps, scheduler: scheduler.of(life), nudgeStart: again, now: time.now }),
        start: startDueRun({ ...deps, fanOut: again, now: time.now }),
        walk: fanOut({ ...deps, pacer: deps.pacer.get, lanes, again, chance: chance.bytes, budget }),
      };
      return consumer(deps.worker('campaigns'), CampaignMessage, runCampaigns(tasks));
    },
    now: (life) => send(life, 'now'),
    timed: (life) => send(life, 'timed'),
    bulk: (life) => send(life, 'bulk'),
  };

  /** `functions/send`, as a container of this lane. */
  function send(life: Life, lane: Lane) {
    const deps = base(life);
    const { clock, campaigns, control, events, logger, count, seats, registrations, runs } = deps;
    const own = chance.fork(life.name);
    let startedAt = 0;
    const pacer = watchedPacer(deps.pacer, { lane, startedAt: () => startedAt }, setting);
    const pacing = { clock, lane, initialRate: 1, jitter: own.next, timings: TIMINGS };
    const paced = pace({ ...pacing, pacer });
    const guard = guards({ events, campaigns, control, clock, fresh: TIMINGS.guardFresh });
    const put = deps.insist(lane);
    const delivered = deliver({
      registrations,
      guard,
      receiptsSeen: deps.receipts.get,
      joiningsOf: joiningsOf(deps),
      campaignOf: deps.campaigns.get,
      placeOf: async ({ eventId, seat }) => {
        const ticket = ticketOf(seat);
        return ticket === undefined ? undefined : seats.placeOf(eventId, ticket);
      },
      compose: composer(mails),
      mailer: ses.mailerOf(life),
      slowDown: pace({ ...pacing, pacer: deps.pacer }).slowDown,
      control,
      mayReach: mayReach({ mode: 'live', allowList: [] }),
      timings: TIMINGS,
      clock,
      chance: own.bytes,
      logger,
      count,
    });
    const again = (message: Outgoing) => put([message]);
    const take = (message: LaneMessage) => {
      startedAt = clock.monotonic();
      const lent = { registrations, deliver: delivered, guard, pace: paced, again };
      const shared = { ...lent, startedAt, clock, jitter: own.next, gaps: TIMINGS };
      return 'people' in message
        ? sendChunk({ ...shared, runs, chance: own.bytes, logger })(message)
        : greet(shared)(message);
    };
    return consumer(deps.worker(lane), LaneMessage, take);
  }

  const publishing = lambda(
    {
      name: 'publish',
      timeout: 30,
      build: (life) => {
        const { eventBridge, put, logger } = base(life);
        const bury = async () => violated('publish met a fact it does not know');
        return publish({ tell: teller(eventBridge, 'bus'), nudgeAdmit: put('admit'), bury, logger });
      },
    },
    setting,
  );
  const stream = simStream(publishing, setting);

  const sweeping = lambda(
    {
      name: 'sweep',
      timeout: 55,
      build: (life) => {
        const deps = base(life);
        const round = sweep({
          ...deps,
          account: () => life.request('GetAccount', ({ resolve }) => time.after(30, () => resolve(ses.account()))),
          plan: deps.insist('campaigns'),
          startRun: deps.insist('campaigns'),
          fanOut: deps.insist('campaigns'),
          jobs: { due: async () => [], callIn: async () => 0 },
          workOn: async () => {},
          deadLettersWaiting: async () => [],
          receiptsWaiting: () =>
            life.request('look at the receipts queue', ({ resolve }) =>
              time.after(20, () => {
                const queue = queueOf('receipts');
                resolve({ waiting: queue.size(), deadLetters: queue.dead.length });
              }),
            ),
          nudgeAdmit: deps.put('admit'),
          nudgeLane: deps.put('now'),
          timings: TIMINGS,
        });
        return (event: { resumed: boolean }) => round(event);
      },
    },
    setting,
  );
  const wakeSweep = (name: string, chain = NO_CHAIN) =>
    sweeping.invoke({ resumed: name === 'sending.resumed' }, () => {}, chain);
  const everyMinute = () => {
    time.after(MINUTE, everyMinute);
    if (idle() || faults.strikes('sweep missed')) return;
    time.after(faults.strikes('sweep late') ? chance.between(1000, 50_000) : 0, () => wakeSweep('Scheduled Event'));
  };
  time.after(chance.between(0, MINUTE), everyMinute);

  const workers = (Object.keys(WORKERS) as WorkerName[]).map((name) => {
    const { timeout, batch, gather } = { gather: 0, ...WORKERS[name] };
    const fn = lambda<SQSEvent, { batchItemFailures: { itemIdentifier: string }[] }>(
      { name, timeout, build: build[name], finishes: isLane(name) },
      setting,
    );
    feed(queueOf(name), fn, { batch, gather, concurrency: isLane(name) ? concurrency : 2 }, setting);
    return fn;
  });

  return {
    base,
    ses,
    scheduler,
    table,
    queueOf,
    names: Object.keys(WORKERS) as WorkerName[],
    /** Whether nothing is on its way anywhere. */
    quiet: () =>
      stream.waiting() === 0 &&
      (Object.keys(WORKERS) as WorkerName[]).every((name) => queueOf(name).size() === 0) &&
      [...workers, publishing, sweeping].every((fn) => fn.running() === 0),
  };
}
export type World = ReturnType<typeof world>;

/** The dead letters of a queue as something that can be sent to. */
const deadLettersOf = (queue: SimQueue): SimQueue => ({
  ...queue,
  send: (entry) => queue.bury({ ...entry, messageId: `buried-${entry.body.length}`, receives: 0 }, entry.reason ?? ''),
});

import { fanOut } from '#functions/run-campaigns/fan-out.ts';
import { type StartRunDeps, startDueRun } from '#functions/run-campaigns/start-due-run.ts';
import { deliver } from '#functions/send/deliver.ts';
import type { DeliverDeps } from '#functions/send/deliver-deps.ts';
import { guards } from '#functions/send/guard.ts';
import { joiningsOf } from '#functions/send/joinings-of.ts';
import { pace } from '#functions/send/pace.ts';
import { type ChunkDeps, sendChunk } from '#functions/send/send-chunk.ts';
import { careForRuns } from '#functions/sweep/care-for-runs.ts';
import { planAgain } from '#functions/sweep/plan-again.ts';
import { walkOn } from '#functions/sweep/walk-on.ts';
import type { Campaign } from '#shared/domain/campaign.ts';
import { type Delivery, readDelivery } from '#shared/domain/delivery.ts';
import type { Event } from '#shared/domain/event.ts';
import { chance } from '#shared/domain/ids.ts';
import { writeMailKey } from '#shared/domain/mail-key.ts';
import { type Lane, MAIL_RULES } from '#shared/domain/mail-kinds.ts';
import { occasionOf } from '#shared/domain/occasion.ts';
import { type Pacer, retuned } from '#shared/domain/pacer.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { Run } from '#shared/domain/run.ts';
import { type Epoch, instantAt } from '#shared/domain/time.ts';
import { fireTime } from '#shared/domain/trigger.ts';
import type { Mail, SendOutcome } from '#shared/mail/mailer.ts';
import type { Chunk, FanOut, StartRun } from '#shared/queue/messages.ts';
import type { Outgoing } from '#shared/queue/sender.ts';
import { campaignStore } from '#shared/store/campaigns.ts';
import { controlStore } from '#shared/store/control.ts';
import { eventStore } from '#shared/store/events.ts';
import { memoryTable } from '#shared/store/memory-table.ts';
import { pacerStore } from '#shared/store/pacer.ts';
import { receiptsStore } from '#shared/store/receipts.ts';
import { toItem } from '#shared/store/registration-items.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { runStore } from '#shared/store/runs.ts';
import { sortingStore } from '#shared/store/sortings.ts';
import { walkStore } from '#shared/store/walks.ts';
import { anEvent, aRegistration, aReminder, aText, NOW_EPOCH } from './builders.ts';
import { recordedLog } from './http.ts';
import { TIMINGS } from './sending.ts';
import { virtualClock } from './virtual-clock.ts';

interface Given {
  readonly event?: Event;
  /** What differs from a reminder an hour before the start. */
  readonly campaign?: Partial<Campaign>;
  readonly people?: readonly Partial<Registration>[];
  /** What SES allows in a second. */
  readonly rate?: number;
}

/** A call of SES: when, to whom, about what. */
export interface Call {
  readonly at: number;
  readonly who: string;
  readonly subject: string;
}

/** Somebody's mail was taken as SES takes it. */
const accepted = (): SendOutcome => ({ is: 'accepted', messageId: 'm' });

/** So many people with nothing special about them. */
export const crowd = (count: number, given: Partial<Registration> = {}): Partial<Registration>[] =>
  Array.from({ length: count }, () => given);

/**
 * One campaign that is armed and due now, the people of its event, and the functions that run it, on a table in memory
 * and a clock that only moves for those who sleep. Messages lie in the queues until a test has them worked off.
 */
export async function running(given: Given = {}) {
  const { people = [], rate = 100 } = given;
  const table = memoryTable();
  const [events, campaigns, registrations, runs] = [
    eventStore(table),
    campaignStore(table),
    registrationStore(table),
    runStore(table),
  ];
  const [control, pacer, receipts] = [controlStore(table), pacerStore(table), receiptsStore(table)];
  const walks = walkStore(table);

  const event = given.event ?? anEvent();
  const { eventId } = event;
  const campaign = aReminder(given.campaign);
  const { campaignId } = campaign;
  const occasion = occasionOf(campaign.kind, event);
  const id = { eventId, campaignId, occasion };
  const mailKey = writeMailKey({ campaign: campaignId, occasion });
  const dueAt = fireTime(campaign.trigger, event) ?? NOW_EPOCH;
  const lane = MAIL_RULES[campaign.kind].lane;

  await events.create(event, aText());
  await campaigns.add(eventId, campaign, NOW_EPOCH);
  await campaigns.arm(id, { dueAt, occasion }, campaign.revision);
  await events.planned(eventId, NOW_EPOCH);
  const enrol = async (each: Partial<Registration> = {}): Promise<Registration> => {
    const row = aRegistration({ eventId, ...each });
    await table.put({ item: toItem(row), fact: undefined });
    return row;
  };
  const rows: Registration[] = [];
  for (const each of people) rows.push(await enrol(each));

  const { clock, pass, finish } = virtualClock(dueAt * 1000);
  const now = (): Epoch => Math.floor(clock.now() / 1000);
  await pacer.move(undefined, { ...retuned(undefined, { maxSendRate: rate }, clock.now()), rate });

  const logger = recordedLog();
  const counted: string[] = [];
  const count = (name: string) => void counted.push(name);
  const calls: Call[] = [];
  /** What SES does; by default it accepts at once. */
  const ses = { latency: 0, answer: (_mail: Mail, _nth: number): SendOutcome | Promise<SendOutcome> => accepted() };

  const queues = {
    fanOut: [] as Outgoing[],
    timed: [] as Outgoing[],
    bulk: [] as Outgoing[],
    startRun: [] as Outgoing[],
  };
  const into = (queue: Outgoing[]) => async (messages: readonly Outgoing[]) => void queue.push(...messages);

  const guard = () => guards({ events, campaigns, control, clock, fresh: TIMINGS.guardFresh });
  const paced = (by: Lane) => pace({ pacer, clock, lane: by, initialRate: rate, jitter: () => 0, timings: TIMINGS });

  const deliverDeps = (over: Partial<DeliverDeps> = {}): DeliverDeps => ({
    registrations,
    guard: guard(),
    receiptsSeen: receipts.get,
    joiningsOf: joiningsOf({ campaigns, runs }),
    campaignOf: campaigns.get,
    placeOf: async () => undefined,
    compose: (_, { mailKey: subject, row: { email, registrationId } }) => ({
      from: 'events@example.org',
      to: email,
      replyTo: 'events@example.org',
      subject,
      html: '',
      text: '',
      headers: {},
      tags: { registration: registrationId },
      configurationSet: 'service',
    }),
    mailer: {
      async send(mail) {
        calls.push({ at: clock.now(), who: mail.tags['registration'] ?? '', subject: mail.subject });
        const nth = calls.length;
        await clock.sleep(ses.latency);
        return ses.answer(mail, nth);
      },
    },
    slowDown: paced(lane).slowDown,
    control,
    mayReach: () => true,
    timings: TIMINGS,
    clock,
    chance,
    logger,
    count,
    ...over,
  });

  /** A worker of the lane, in a process of its own. */
  const worker = (over: Partial<ChunkDeps> & { readonly delivering?: Partial<DeliverDeps> } = {}) => {
    const { delivering, ...chunking } = over;
    return sendChunk({
      runs,
      registrations,
      guard: guard(),
      deliver: deliver(deliverDeps(delivering)),
      pace: paced(lane),
      again: async (message) => void queues[lane === 'bulk' ? 'bulk' : 'timed'].push(message),
      startedAt: clock.monotonic(),
      clock,
      chance,
      jitter: () => 0,
      gaps: TIMINGS,
      logger,
      ...chunking,
    });
  };

  const world = {
    table,
    event,
    campaign,
    id,
    mailKey,
    dueAt,
    rows,
    events,
    campaigns,
    registrations,
    runs,
    control,
    pacer,
    receipts,
    walks,
    clock,
    now,
    pass,
    finish,
    logger,
    counted,
    calls,
    ses,
    queues,
    worker,
    enrol,
    message: { v: 1, ...id } satisfies StartRun,
    chunkOf: (who: readonly Registration[] = rows): Chunk => ({
      v: 1,
      ...id,
      people: who.map(({ registrationId }) => registrationId),
      tries: 0,
    }),

    /** One invocation of `start-run`. */
    start: (message: Partial<StartRun> = {}, over: Partial<StartRunDeps> = {}) =>
      startDueRun({ events, campaigns, runs, fanOut: into(queues.fanOut), now: clock.now, logger, ...over })({
        ...world.message,
        ...message,
      }),
    /** One invocation of `fan-out`. */
    walk: (message: Partial<FanOut> = {}, over: Partial<Parameters<typeof fanOut>[0]> = {}) =>
      fanOut({
        events,
        campaigns,
        runs,
        registrations,
        pacer: pacer.get,
        lanes: { timed: into(queues.timed), bulk: into(queues.bulk) },
        again: into(queues.fanOut),
        walks,
        clock,
        chance: (length) => new Uint8Array(length),
        logger,
        budget: 30,
        ...over,
      })({ v: 1, ...id, pass: 1, shard: 0, links: 0, ...message }),
    /** One invocation of the lane's worker, with time passing until it is done. */
    send: (chunk: Partial<Chunk> = {}, by = worker()) => finish(by({ ...world.chunkOf(), ...chunk })),
    /** One look of `sweep` at the walks that were left. */
    walkOn: () => walkOn({ walks, fanOut: into(queues.fanOut) }, now()),
    /** One look of `sweep` at the runs. */
    care: async () => {
      const paused = (await control.get())?.paused ?? false;
      const deps = {
        runs,
        events,
        campaigns,
        pacer,
        sortings: sortingStore(table),
        fanOut: into(queues.fanOut),
        logger,
        count,
      };
      await world.walkOn();
      await careForRuns(deps, { now: now(), stalled: TIMINGS.stalled, paused });
    },
    /** One look of `sweep` at what is not planned and what should have started. */
    plan: async () => {
      const planned: Outgoing[] = [];
      await planAgain(
        { events, campaigns, plan: into(planned), startRun: into(queues.startRun) },
        { now: now(), timings: TIMINGS },
      );
      return planned;
    },

    /** Starts the run without a walk. */
    begin: async (): Promise<Run> => {
      await world.start();
      queues.fanOut.length = 0;
      return world.run();
    },
    run: async (): Promise<Run> => {
      const run = await runs.get(id);
      if (!run) throw new Error('There is no run');
      return run;
    },
    setPacer: async (given: Partial<Pacer>) => {
      const read = await pacer.get();
      if (read) await pacer.move(read, { ...read, ...given });
    },
    setCampaign: async (given: Partial<Campaign>) => {
      const read = (await campaigns.get(eventId, campaignId)) as Campaign;
      const next = { ...read, ...given, revision: read.revision + 1 };
      await campaigns.save(eventId, next, { revision: read.revision, now: now() });
      await events.planned(eventId, now());
    },
    setControl: (paused: boolean) => control.set({ paused, changedAt: instantAt(now()) }),
    /** Everybody's mail of this run, by registration. */
    deliveries: async (): Promise<Map<string, Delivery | undefined>> => {
      const { people: all } = await registrations.list(eventId, { limit: 1_000_000 });
      return new Map(
        all.map(({ registrationId, deliveries }) => {
          const entry = deliveries[mailKey];
          return [registrationId, entry === undefined ? undefined : readDelivery(entry)];
        }),
      );
    },
    /** How many people stand how. */
    standings: async (): Promise<Record<string, number>> => {
      const states = [...(await world.deliveries()).values()].map((each) => each?.state ?? 'none');
      return Object.fromEntries([...Map.groupBy(states, (state) => state)].map(([state, all]) => [state, all.length]));
    },
    /** Whom SES was asked to mail, and how often. */
    mailed: (): Map<string, number> =>
      new Map([...Map.groupBy(calls, ({ who }) => who)].map(([who, all]) => [who, all.length])),

    /** Works off every queue, one message after the other, with a sweep every minute, for so many minutes at most. */
    async drive(minutes: number, enough: () => Promise<boolean> = async () => false): Promise<void> {
      const due = (queue: Outgoing[]) =>
        queue.map((message) => ({ message, at: clock.now() + (message.delay ?? 0) * 1000 }));
      const waiting: { queue: keyof typeof queues; body: unknown; at: number }[] = [];
      const collect = () => {
        for (const queue of ['startRun', 'fanOut', 'timed', 'bulk'] as const) {
          waiting.push(...due(queues[queue].splice(0)).map(({ message, at }) => ({ queue, body: message.body, at })));
        }
      };
      const end = clock.now() + minutes * 60_000;
      let sweepAt = clock.now();
      for (collect(); clock.now() < end && !(await enough()); collect()) {
        waiting.sort((a, b) => a.at - b.at);
        const next = waiting[0];
        if (!next || next.at > sweepAt) {
          if (sweepAt > clock.now()) pass((sweepAt - clock.now()) / 1000);
          await world.plan();
          await world.care();
          sweepAt = clock.now() + 60_000;
          continue;
        }
        waiting.shift();
        if (next.at > clock.now()) pass((next.at - clock.now()) / 1000);
        if (next.queue === 'startRun') await world.start(next.body as StartRun);
        else if (next.queue === 'fanOut') await world.walk(next.body as FanOut);
        else await world.send(next.body as Chunk);
      }
    },
  };
  return world;
}
export type Running = Awaited<ReturnType<typeof running>>;

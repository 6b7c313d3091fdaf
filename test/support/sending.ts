import { noteReceipt } from '#functions/receipts/note-receipt.ts';
import { deliver } from '#functions/send/deliver.ts';
import type { DeliverDeps } from '#functions/send/deliver-deps.ts';
import { greet } from '#functions/send/greet.ts';
import { guards } from '#functions/send/guard.ts';
import { joiningsOf } from '#functions/send/joinings-of.ts';
import { pace } from '#functions/send/pace.ts';
import type { Clock } from '#shared/clock.ts';
import type { Control } from '#shared/domain/control.ts';
import { readDelivery } from '#shared/domain/delivery.ts';
import type { Event } from '#shared/domain/event.ts';
import { chance } from '#shared/domain/ids.ts';
import { mayReach } from '#shared/domain/mail-mode.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { Timings } from '#shared/domain/timings.ts';
import type { Mail, SendOutcome } from '#shared/mail/mailer.ts';
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
import { anEvent, aRegistration, aText, NOW_EPOCH } from './builders.ts';
import { recordedLog } from './http.ts';

/** The stage's real values. */
export const TIMINGS: Timings = {
  claimGrace: 75,
  slotWait: 40,
  sweepAfter: 120,
  alreadyRegisteredEvery: 600,
  confirmWithin: 86_400,
  receiptsSettle: 60,
  lateTakeOver: 1800,
  stalled: 300,
  planAfter: 120,
  startAfter: 120,
  dayScaleGap: 12 * 3600,
  hourScaleGap: 900,
  noticeWait: 300,
  noticeLongest: 900,
  noticeNear: 3600,
  askAgain: 50,
  askRecipientAgain: 600,
  guardFresh: 1,
  callWithin: 1.5,
};

/** `send` and `receipts` on a table in memory, a clock that only tests move, and an SES that does as told. */
export async function sending(given: { event?: Event; row?: Partial<Registration> } = {}) {
  const table = memoryTable();
  const event = given.event ?? anEvent();
  const confirmed = { greetDue: new Set(['1@a1']), greetDueAt: NOW_EPOCH };
  const row = aRegistration({ eventId: event.eventId, ...confirmed, ...given.row });
  const events = eventStore(table);
  const campaigns = campaignStore(table);
  const registrations = registrationStore(table);
  const control = controlStore(table);
  const receipts = receiptsStore(table);
  await events.create(event, aText());
  await table.put({ item: toItem(row), fact: undefined });

  let elapsed = 0;
  const clock: Clock = {
    now: () => NOW_EPOCH * 1000 + elapsed,
    monotonic: () => elapsed,
    sleep: async (ms) => {
      elapsed += Math.max(0, ms);
    },
  };
  const sent: Mail[] = [];
  const returned: Outgoing[] = [];
  const counted: string[] = [];
  const logger = recordedLog();
  /** What SES does next; by default it accepts. */
  const ses: { answers: ((mail: Mail) => SendOutcome | Promise<SendOutcome>)[] } = { answers: [] };

  const depsFor = (over: Partial<DeliverDeps> = {}): DeliverDeps => ({
    registrations,
    guard: guards({ events, campaigns, control, clock, fresh: TIMINGS.guardFresh }),
    receiptsSeen: receipts.get,
    joiningsOf: joiningsOf({ campaigns, runs: runStore(table) }),
    campaignOf: campaigns.get,
    placeOf: async () => undefined,
    compose: (_, { mailKey, row: { email, addressRevision }, attempt }) => ({
      from: 'events@example.org',
      to: email,
      replyTo: 'events@example.org',
      subject: mailKey,
      html: '',
      text: '',
      headers: {},
      tags: { attempt: String(attempt), addressRevision: String(addressRevision) },
      configurationSet: 'service',
    }),
    mailer: {
      async send(mail) {
        sent.push(mail);
        return (await ses.answers.shift()?.(mail)) ?? { is: 'accepted', messageId: `m${sent.length}` };
      },
    },
    slowDown: async () => {},
    control,
    mayReach: mayReach({ mode: 'live', allowList: [] }),
    timings: TIMINGS,
    clock,
    chance,
    logger,
    count: (name) => void counted.push(name),
    ...over,
  });

  const ids = { eventId: event.eventId, registrationId: row.registrationId };
  return {
    table,
    event,
    events,
    campaigns,
    registrations,
    sent,
    returned,
    counted,
    logger,
    ses,
    clock,
    /** Moves the clock, in seconds. */
    pass: (seconds: number) => {
      elapsed += seconds * 1000;
    },
    /** One invocation of `send`, as a worker of its own, about this person. */
    send: (over: Partial<DeliverDeps> = {}, tries = 0) => {
      const again = async (message: Outgoing) => void returned.push(message);
      const work = greet({
        registrations: over.registrations ? { ...registrations, ...over.registrations } : registrations,
        deliver: deliver(depsFor(over)),
        guard: over.guard ?? depsFor().guard,
        again,
        pace: pace({
          pacer: pacerStore(table),
          clock: over.clock ?? clock,
          lane: 'now',
          initialRate: 100,
          jitter: () => 0,
          timings: TIMINGS,
        }),
        startedAt: clock.monotonic(),
        clock: over.clock ?? clock,
        jitter: () => 0,
        gaps: TIMINGS,
      });
      return work({ v: 1, ...ids, tries });
    },
    row: async () => (await registrations.get(ids.eventId, ids.registrationId)) as Registration,
    entry: async (mailKey: string) => {
      const entry = (await registrations.get(ids.eventId, ids.registrationId))?.deliveries[mailKey];
      return entry === undefined ? undefined : readDelivery(entry);
    },
    /** SES reports on a mail it took. */
    receipt: (mailKey: string, over: Partial<Parameters<ReturnType<typeof noteReceipt>>[0]> = {}) => {
      const [campaign = '', occasion = ''] = mailKey.split('@');
      return noteReceipt({ registrations, brake: async () => {}, logger })({
        v: 1,
        type: 'delivered',
        time: new Date(clock.now()).toISOString(),
        messageId: 'm',
        bounceType: '',
        event: ids.eventId,
        registration: ids.registrationId,
        campaign,
        occasion,
        attempt: 1,
        addressRevision: 1,
        ...over,
      });
    },
    /** Receipts have caught up: their queue was empty for the last ten minutes. */
    receiptsCaughtUp: () => {
      const now = Math.floor(clock.now() / 1000);
      return receipts.set({ emptySince: now - 600, emptyAt: now, deadLetters: false });
    },
    setControl: (stop: Partial<Control>) =>
      control.set({ paused: false, changedAt: new Date(clock.now()).toISOString(), ...stop }),
  };
}
export type Sending = Awaited<ReturnType<typeof sending>>;

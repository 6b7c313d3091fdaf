import { admit } from '#functions/admit/admit.ts';
import { takeForm } from '#functions/guest-site/take-form.ts';
import { noteReceipt } from '#functions/receipts/note-receipt.ts';
import { deliver } from '#functions/send/deliver.ts';
import { greet } from '#functions/send/greet.ts';
import { guards } from '#functions/send/guard.ts';
import { joiningsOf } from '#functions/send/joinings-of.ts';
import { machineClock } from '#shared/clock.ts';
import { cancel } from '#shared/domain/change-registration.ts';
import { draftEvent, NewEvent, publishEvent } from '#shared/domain/edit-event.ts';
import { chance, newId } from '#shared/domain/ids.ts';
import { readMailKey } from '#shared/domain/mail-key.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { registrationForm } from '#shared/domain/registration-details.ts';
import { instantAt } from '#shared/domain/time.ts';
import { budgetStore } from '#shared/store/budgets.ts';
import { campaignStore } from '#shared/store/campaigns.ts';
import { controlStore } from '#shared/store/control.ts';
import { eraser } from '#shared/store/eraser.ts';
import { eventStore } from '#shared/store/events.ts';
import { type Committed, memoryTable } from '#shared/store/memory-table.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { runStore } from '#shared/store/runs.ts';
import { seatStore } from '#shared/store/seats.ts';
import { ticketStore } from '#shared/store/tickets.ts';

const { now } = machineClock;
const GENEROUS = { limit: 1_000_000, seconds: 3600 };
const LIMITS = { address: GENEROUS, ipPrefix: GENEROUS, event: GENEROUS, overall: GENEROUS };
const TIMINGS = {
  claimGrace: 75,
  slotWait: 40,
  sweepAfter: 120,
  alreadyRegisteredEvery: 600,
  confirmWithin: 86_400,
  receiptsSettle: 60,
  lateTakeOver: 1800,
  stalled: 300,
  planAfter: 120,
  dayScaleGap: 12 * 3600,
  hourScaleGap: 900,
  noticeWait: 300,
  noticeLongest: 900,
  noticeNear: 3600,
  startAfter: 120,
  askAgain: 50,
  askRecipientAgain: 600,
  guardFresh: 1,
  callWithin: 1.5,
};
const logger = { info() {}, warn() {}, error() {} };

/** One event and its people, run by the functions' own code over a table that counts as DynamoDB bills. */
export async function benchWorld(capacity: number | undefined) {
  const writes: Committed[] = [];
  const table = memoryTable((write) => void writes.push(write));
  const events = eventStore(table);
  const registrations = registrationStore(table);
  const seats = seatStore(table);
  const event = await anEvent(events, capacity);
  const { eventId } = event;
  let requests = 0;

  const take = takeForm({
    registrations,
    tickets: ticketStore(table),
    eraser: eraser(table),
    budgets: budgetStore(table),
    limits: LIMITS,
    timings: TIMINGS,
    addressKey: 'k',
    now,
    chance,
    logger,
  });
  const seat = admit({ events, registrations, seats, eraser: eraser(table), now, logger });
  const guard = guards({
    events,
    campaigns: campaignStore(table),
    control: controlStore(table),
    clock: machineClock,
    fresh: TIMINGS.guardFresh,
  });
  const send = deliver({
    registrations,
    guard,
    receiptsSeen: async () => undefined,
    joiningsOf: joiningsOf({ campaigns: campaignStore(table), runs: runStore(table) }),
    campaignOf: async () => undefined,
    placeOf: async () => undefined,
    compose: () => ({ ...BLANK_MAIL }),
    mailer: {
      async send() {
        requests += 1;
        return { is: 'accepted', messageId: 'm' };
      },
    },
    slowDown: async () => {},
    control: controlStore(table),
    mayReach: () => true,
    timings: TIMINGS,
    clock: machineClock,
    chance,
    logger,
    count: () => {},
  });
  const lane = greet({
    registrations,
    deliver: send,
    guard,
    pace: { patiently: async (count) => ({ slots: Array.from({ length: count }, () => 0) }) },
    again: async () => {},
    startedAt: 0,
    clock: machineClock,
    jitter: () => 0,
    gaps: TIMINGS,
  });
  const note = noteReceipt({ registrations, brake: async () => {}, logger });

  return {
    writes,
    requests: () => requests,
    seats: () => seats.get(eventId),
    item: (row: Registration) =>
      writes.findLast(({ after }) => after?.registrationId === row.registrationId)?.after ?? {},
    people: async () => (await registrations.list(eventId, { limit: 100_000 })).people,
    register: (n: number) =>
      take({ event, form: registrationForm([]).parse(person(n)), ip: '203.0.113.7', privacyVersion: '2026-11' }),
    seat: ({ registrationId }: Registration) => seat({ v: 1, eventId, registrationId }),
    cancel: (row: Registration) =>
      registrations.revise(row, (current) => cancel(current, instantAt(Math.floor(now() / 1000)))),
    greet: ({ registrationId }: Registration) => lane({ v: 1, eventId, registrationId, tries: 0 }),
    async receipt(registrationId: string, mailKey: string, type: 'sent' | 'delivered') {
      const said = {
        v: 1,
        type,
        time: new Date(now()).toISOString(),
        messageId: 'm',
        bounceType: '',
        attempt: 1,
        addressRevision: 1,
      } as const;
      await note({ ...said, ...readMailKey(mailKey), event: eventId, registration: registrationId });
    },
  };
}

const BLANK_MAIL = {
  from: '',
  to: '',
  replyTo: '',
  subject: '',
  html: '',
  text: '',
  headers: {},
  tags: {},
  configurationSet: '',
};

/** Somebody with a long name and address: rows of real size. */
const person = (n: number) => ({
  name: 'Alexandra Featherstonehaugh',
  email: `alexandra.featherstonehaugh${n}@west-midlands.example.org`,
  organisation: 'Example Constabulary',
  jobTitle: 'Detective Inspector',
  timeZone: 'Europe/London',
});

async function anEvent(events: ReturnType<typeof eventStore>, capacity: number | undefined) {
  const day = `${new Date(now()).getUTCFullYear() + 1}-06-15`;
  const input = NewEvent.parse({
    title: 'Tackling serious and organised crime: approaches to a growing problem',
    format: 'online',
    startsAt: `${day}T09:30`,
    endsAt: `${day}T13:00`,
    timeZone: 'Europe/London',
    place: 'Webinar',
    organiser: { name: 'Example Events', email: 'events@example.org' },
    ...(capacity !== undefined && { capacity }),
  });
  const instant = instantAt(Math.floor(now() / 1000));
  const { event, text } = draftEvent(input, { eventId: newId(chance), slug: 'bench', now: instant });
  const published = publishEvent(event, instant);
  await events.create(published, text);
  return published;
}

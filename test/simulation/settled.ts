import { readDelivery } from '#shared/domain/delivery.ts';
import { keys } from '#shared/store/keys.ts';
import type { Item } from '#shared/store/table.ts';
import { TIMINGS } from '#test/support/sending.ts';
import { CAMPAIGNS, JOINING } from './an-event.ts';
import { cameBackBefore } from './came-back.ts';
import { BY_ANSWER, isForIt } from './choices.ts';
import type { Debts } from './debts.ts';
import type { Gone } from './gone.ts';
import type { History } from './history.ts';
import { confirmedSince, fireTimeOf } from './promised.ts';
import { purgedFrom } from './purges.ts';
import { remains } from './remains.ts';
import { isSame, isSent, type Schedules, SLACK, scheduleIn, stateOf, type Told } from './schedules.ts';
import type { Seats } from './seats.ts';
import type { Tellings } from './tellings.ts';
import type { World } from './world.ts';

const MINUTE = 60_000;
const isRun = ({ sk }: Item) => sk.startsWith('RUN#');

/** Whether a sweep would find nothing to do, and the pace is set. */
export const idle = (past: History, debts: Debts, now: number): boolean =>
  debts.none(now) && past.latest(keys.pacer()) !== undefined;

export const settled = (world: World, debts: Debts, now: number): boolean => debts.paid(now) && world.quiet();

interface Wrong {
  readonly what: string;
  readonly item: unknown;
}

interface Ending {
  readonly past: History;
  readonly debts: Debts;
  readonly told: Schedules;
  readonly seated: Seats;
  readonly moves: Tellings;
  readonly nobody: Gone;
  readonly now: number;
}

/** Whom the end leaves without a mail or a reason. */
export function unsettled(world: World, { past, debts, told, moves, seated, nobody, now }: Ending): Wrong[] {
  const wrong: Wrong[] = [];
  const say = (what: string, item: unknown) => wrong.push({ what, item });
  for (const item of debts.overdue(now)) say('something is due for ever', item);
  for (const run of past.items(isRun)) if (run.finishedAt === undefined) say('a run never ends', run);
  for (const row of past.items((each) => each.greetDue !== undefined)) say('somebody is owed a mail for ever', row);
  for (const row of past.rows()) {
    const entries = row.deliveries as Record<string, string>;
    if (row.erased) say('an erasure never ends', row);
    else if (isUndecided(row)) say('a seat was never decided', row);
    else if (!wasGreeted(row) && !hasLapsed(row, past)) say('somebody was never told where they stand', row);
    if (row.confirmBy !== undefined && row.seat !== undefined) say('somebody has a seat before they confirmed', row);
    for (const [mailKey, entry] of Object.entries(entries))
      if (readDelivery(entry).state === 'claimed') say('a mail is in doubt for ever', { mailKey, row });
  }
  for (const run of past.items(isRun)) wrong.push(...unaccounted(run, past, told));
  for (const event of past.items(({ sk }) => sk === 'EVENT')) wrong.push(...ofEvent(event, { past, told, now }));
  for (const event of past.items(({ sk }) => sk === 'EVENT')) {
    if (isOn(event, now) && seated.idle(event)) say('somebody waits though a seat is free', seated.idle(event));
    if (isOverdue(event, now)) say('what is kept of people is never purged', event);
  }
  for (const row of moves.untold()) say('an address was left and never told', row);
  wrong.push(...remains(past, nobody));
  if (!world.quiet())
    say(
      'the queues never fall quiet',
      world.names.map((name) => `${name} ${world.queueOf(name).size()}`),
    );
  return wrong;
}

const isOn = ({ state, endInstant }: Item, now: number): boolean =>
  state === 'published' && now < Date.parse(String(endInstant)) - SLACK;
const isOverdue = (event: Item, now: number): boolean =>
  event.purgedAt === undefined && (purgedFrom(event) ?? Number.POSITIVE_INFINITY) < now - 2 * MINUTE;

const isUndecided = ({ status, confirmBy }: Item): boolean => status === 'applied' && confirmBy === undefined;

/** Whether the mail about where they stand is settled. Somebody who gave their place up may have moved since. */
const wasGreeted = (row: Item): boolean => {
  const entries = Object.keys(row.deliveries as Record<string, string>);
  if (row.status === 'applied') return entries.some((key) => key.startsWith('confirm-address@'));
  if (row.status === 'cancelled') return entries.some((key) => key.startsWith('own-cancellation@'));
  return entries.includes(String(greetingOf(row)));
};

/** Whether nobody confirmed the address, so that nobody is told of the end. */
const hasLapsed = (row: Item, past: History): boolean =>
  row.status === 'cancelled' &&
  !past.everSince(row, 0, (item) =>
    [...((item?.greetDue as Set<string> | undefined) ?? [])].includes(`own-cancellation@a${row.admissions}`),
  );

const GREETINGS: Record<string, string> = { confirmed: '1', waitlisted: 'waitlist', cancelled: 'own-cancellation' };
const greetingOf = ({ status, admissions }: Item): string | undefined => {
  const campaign = GREETINGS[String(status)];
  return campaign && `${campaign}@a${admissions}`;
};

const rowsOf = (past: History, eventId: unknown) => past.rowsOf(eventId).filter(({ erased }) => !erased);
const keyOf = ({ eventId, registrationId }: Item) => keys.registration(String(eventId), String(registrationId));
const refOf = ({ eventId, registrationId }: Item) => ({
  eventId: String(eventId),
  registrationId: String(registrationId),
});

/** Everybody the run was for, from its start to its end, has an entry; but for a notice whoever knew, or will be told more. */
function unaccounted(run: Item, past: History, told: Schedules): Wrong[] {
  const { eventId, campaignId, occasion } = run as unknown as Record<string, string>;
  const [from, until] = [Number(run.startedAt) * 1000, Number(run.finishedAt) * 1000];
  const event = past.latest(keys.event(String(eventId)));
  const isNotice = !/^\d+$/.test(String(campaignId));
  if (!event || (isNotice && occasion !== `r${event.scheduleRevision}`)) return [];
  const isFor = (item: Item | undefined) =>
    item !== undefined && (item.status === 'confirmed' || (isNotice && item.status === 'waitlisted'));
  return rowsOf(past, eventId)
    .filter((row) => {
      const mailKey = `${campaignId}@${occasion}`;
      const theirs = keys.answers(String(row.eventId), String(row.registrationId));
      if (campaignId === BY_ANSWER && !past.alwaysFrom(theirs, from, until, isForIt)) return false;
      if (!past.alwaysFrom(keyOf(row), from, until, isFor) || stateOf(row, mailKey) !== undefined) return false;
      if (cameBackBefore(past, row, mailKey)) return false;
      const last = told.lastTold(refOf(row));
      return !isNotice || !last.some(({ shown }) => isSame(shown.schedule, scheduleIn(event)));
    })
    .map((row) => ({ what: 'a run left somebody out', item: { run, row } }));
}

interface End {
  readonly past: History;
  readonly told: Schedules;
  readonly now: number;
}

function ofEvent(event: Item, end: End): Wrong[] {
  const { past, told, now } = end;
  const wrong: Wrong[] = [];
  const edit = told.editOf(String(event.eventId));
  const notice = `${event.state === 'published' ? 'change' : event.state}@r${event.scheduleRevision}`;
  const begun = past.latest({ pk: event.pk, sk: `RUN#${notice}` });
  if (edit && !begun) wrong.push({ what: 'nobody was told of an edit', item: { event, edit } });
  if (edit && begun && Number(begun.startedAt) * 1000 > edit.due + LATEST)
    wrong.push({ what: 'people were told of an edit too late', item: { edit, begun } });
  for (const campaignId of CAMPAIGNS) {
    const campaign = past.latest(keys.campaign(String(event.eventId), campaignId));
    if (campaign && missedItsTime(campaign, event, end))
      wrong.push({ what: 'a campaign missed its time', item: campaign });
  }
  for (const row of rowsOf(past, event.eventId)) {
    if (row.bounced) continue;
    if (['confirmed', 'waitlisted'].includes(String(row.status)) && isMistaken(row, event, { notice, end, edit }))
      wrong.push({
        what: 'somebody was left with what is true no more',
        item: { row, event, last: told.lastTold(refOf(row)) },
      });
    const lack =
      row.status === 'confirmed' && event.state === 'published' && lacksJoining(row, event, { past, told, now });
    if (lack)
      wrong.push({
        what: `somebody cannot tell how to join: ${lack}`,
        item: { row, campaign: past.latest(keys.campaign(String(event.eventId), JOINING)), event },
      });
  }
  return wrong;
}

const LATEST = 25 * MINUTE;

/** When something last moved a campaign's time: an edit of its own, or of its event's times. */
function changedAt(past: History, campaign: Item, event: Item): number {
  const since = (item: Item, differs: (a: Item, b: Item) => boolean) => {
    const all = past.of(item);
    let at = all[0]?.at ?? 0;
    for (let n = 1; n < all.length; n++) {
      const [a, b] = [all[n - 1]?.item, all[n]?.item];
      if (a && b && differs(a, b)) at = all[n]?.at ?? 0;
    }
    return at;
  };
  const times = ({ startInstant, endInstant, state }: Item) => `${startInstant} ${endInstant} ${state}`;
  return Math.max(
    since(campaign, (a, b) => a.changedAt !== b.changedAt),
    since(event, (a, b) => times(a) !== times(b)),
  );
}

/** Whether its time came while it was on and its event too, and it has no run for that. */
function missedItsTime(campaign: Item, event: Item, { past, now }: End): boolean {
  const firesAt = fireTimeOf(campaign, event);
  if (firesAt === undefined || campaign.state === 'draft' || event.state !== 'published') return false;
  if (firesAt > now - SLACK || firesAt < changedAt(past, campaign, event) + SLACK) return false;
  const occasion = campaign.kind === 'announcement' ? 'm0' : `s${event.startRevision}`;
  return past.latest(keys.run(String(event.eventId), String(campaign.campaignId), occasion)) === undefined;
}

/** Whether nobody could have known that SES took it: its answer was lost, and so were its receipts, or they came too late. */
const wasInDoubt = ({ call }: Told): boolean =>
  call.learnt !== 'accepted' &&
  (call.receiptAt === undefined ||
    call.receiptAt > call.startedAt + (TIMINGS.claimGrace + TIMINGS.receiptsSettle - 3) * 1000);

/** Whether somebody was told last what is true no more, though nothing kept the news from them. */
function isMistaken(
  row: Item,
  event: Item,
  { notice, end, edit }: { notice: string; end: End; edit: ReturnType<Schedules['editOf']> },
): boolean {
  if (edit === undefined) return false;
  const last = end.told.lastTold(refOf(row));
  if (last.some(({ shown }) => isSame(shown.schedule, scheduleIn(event)))) return false;
  const state = stateOf(row, notice);
  const greeting = stateOf(row, String(greetingOf(row)));
  if (state === 'held' || state === 'failed' || isGivenUp(row, notice)) return false;
  if (greeting === 'held' || greeting === 'failed' || isGivenUp(row, String(greetingOf(row)))) return false;
  if (last.some(wasInDoubt)) return false;
  return last.length > 0 || event.state !== 'published';
}

/** Whether it was too late for it, too much had gone to the mailbox, or a person dropped it. */
const isGivenUp = (row: Item, mailKey: string): boolean => {
  const entry = (row.deliveries as Record<string, string>)[mailKey];
  return (
    entry !== undefined &&
    ['expired', 'over-budget', 'first-mail-dropped', 'mailbox-full', 'dropped'].includes(
      readDelivery(entry).reason ?? '',
    )
  );
};

/** What is wrong with how somebody with a place was told to join; undefined when nothing is. */
function lacksJoining(row: Item, event: Item, { past, told, now }: End): string | undefined {
  const campaign = past.latest(keys.campaign(String(event.eventId), JOINING));
  const since = confirmedSince(past, keyOf(row));
  const mailKey = `${JOINING}@s${event.startRevision}`;
  const startedAt = Number(past.latest({ pk: event.pk, sk: `RUN#${mailKey}` })?.startedAt ?? Number.POSITIVE_INFINITY);
  const clock = campaign && fireTimeOf(campaign, event);
  // Fired by hand, it counts as fired from then on.
  const firesAt = clock === undefined ? undefined : Math.min(clock, startedAt * 1000);
  if (campaign?.state !== 'active' || since === undefined || firesAt === undefined || firesAt > now - SLACK)
    return undefined;
  const entry = (row.deliveries as Record<string, string>)[mailKey];
  const greeting = stateOf(row, String(greetingOf(row)));
  // Where they were before, nobody reads their mail any more.
  const calls = told.callsTo(refOf(row)).filter(({ call }) => call.mail.to === row.email);
  const wentElsewhere = told.callsTo(refOf(row)).some(({ call, shown }) => shown.joins && call.mail.to !== row.email);
  if (entry === undefined) {
    // Switching on is not sending.
    const switchedOn = Date.parse(String(campaign.changedAt));
    if (switchedOn >= firesAt - SLACK && since < switchedOn + SLACK) return undefined;
    return isSent(greeting) && !wasToldToJoin(calls, event) ? 'nothing' : undefined;
  }
  const { state, reason } = readDelivery(entry);
  if (state === 'skipped' && reason === 'told-already')
    return wasToldToJoin(calls, event) ? undefined : 'skipped, though they were not told';
  // Who moves once it is all over is told nothing any more.
  if (['moved', 'bounced'].includes(reason ?? '') && isExpired(row, String(greetingOf(row)))) return undefined;
  if (state === 'skipped' && ['first-mail-dropped', 'mailbox-full'].includes(reason ?? ''))
    return isSent(greeting) && row.overBudget === undefined && !row.beyondCap && !wasToldToJoin(calls, event)
      ? 'skipped, though their first mail went after all'
      : undefined;
  if (state === 'skipped') return ['expired', 'dropped', 'campaign-off'].includes(reason ?? '') ? undefined : 'skipped';
  // Nobody knows whether it arrived, and the organiser is asked.
  if (state === 'held') return undefined;
  if (wentElsewhere && isSent(greeting) && !wasToldToJoin(calls, event)) return 'but where they were before';
  if (state !== 'merged') return undefined;
  const carrier = String(reason);
  const carried = calls.some(({ call, shown, mailKey: by }) => {
    return by === carrier && call.accepted && shown.joins === `s${event.startRevision}`;
  });
  return isSent(stateOf(row, carrier)) && !carried ? 'by a mail that did not say' : undefined;
}

function isExpired(row: Item, mailKey: string): boolean {
  const entry = (row.deliveries as Record<string, string>)[mailKey];
  return entry !== undefined && readDelivery(entry).reason === 'expired';
}

/** Whether a mail told how to join at the very time it is now: an edit that is undone is no news. */
const wasToldToJoin = (calls: readonly Told[], event: Item): boolean =>
  calls.some(({ call, shown }) => call.accepted && shown.joins && shown.schedule?.startsAt === event.startsAt);

import { keys } from '#shared/store/keys.ts';
import type { Item } from '#shared/store/table.ts';
import { JOINING } from './an-event.ts';
import { aPerson } from './canary.ts';
import { type History, isRow } from './history.ts';
import { wishFor } from './moves.ts';
import type { Organiser } from './organiser.ts';
import type { People } from './people.ts';
import type { Setting } from './setting.ts';
import type { Commit } from './sim-table.ts';
import type { World } from './world.ts';

const BEFORE_CLAIMED = ['cancel and undo', 'erase', 'move'] as const;
const ONCE_CLAIMED = [
  'cancel',
  'erase',
  'move',
  'mute',
  'pause event',
  'pause everything',
  'cancel and undo',
  'reschedule',
  'postpone and redate',
  'cancel event',
  'fire by hand',
  'fire by hand',
] as const;

/** An organiser comes to an end. */
const MOST_THOUGHTS = 4;
/** A confirmation has none. */
const HAVE_RUNS = /^([2-9]|change|postponed|cancelled)$/;

/**
 * Somebody with a talent for the worst moment: changes their mind while a mail of theirs is being claimed, or stops
 * everything while a worker holds what it read before.
 */
export function meddler(
  { time, chance, faults }: Setting,
  {
    site,
    desk,
    world,
    past,
    until,
  }: { site: People; desk: Organiser; world: World; past: History; until: () => number },
) {
  const spite = chance.pick([0, 0, 0.05, 0.2]);
  const decides = chance.pick([0, 1]);
  const mends = chance.pick([0, 0.7, 1]);

  /** The organiser sees that the fate of a run's mail is not known, and decides. */
  const decideWhatIsHeld = (before: Item | undefined, after: Item): void => {
    for (const [mailKey, entry] of Object.entries(deliveriesOf(after))) {
      const [campaignId = '', occasion = ''] = mailKey.split('@');
      const isNew = entry.startsWith('held|') && deliveriesOf(before)[mailKey] !== entry;
      if (!isNew || !HAVE_RUNS.test(campaignId) || !chance.happens(decides)) continue;
      const run = { eventId: String(after.eventId), campaignId, occasion };
      const action = chance.pick(['send', 'send', 'drop'] as const);
      time.after(chance.between(0, 120_000), () => desk.release(run, action));
    }
  };

  /** The organiser mends the cause and has what was refused sent again: twice, where they get no answer. */
  const sendAgainWhatFailed = (before: Item | undefined, after: Item): void => {
    const was = deliveriesOf(before);
    const failed = Object.entries(deliveriesOf(after)).some(([key, entry]) => isRefused(entry) && was[key] !== entry);
    if (!failed || !chance.happens(mends)) return;
    const eventId = String(after.eventId);
    for (let n = chance.pick([1, 1, 2, 3]); n > 0; n--) {
      const state = chance.pick(['failed', 'failed', 'failed', 'held'] as const);
      time.after(chance.pick([100, 2000, 120_000, 900_000]) * chance.next(), () => desk.releaseAll(eventId, state));
    }
  };

  let thoughts = 0;
  const reschedule = (eventId: string, later: number) =>
    time.after(later, () => {
      if (++thoughts > MOST_THOUGHTS) return;
      if (time.now() < until()) desk.reschedule(eventId, (event) => wishFor(chance, event));
    });
  // While a worker begins to tell people of an edit, there is another.
  world.queueOf('campaigns').onTaken((body) => {
    const [, eventId] = spite > 0 ? (/"eventId":"(\w+)".*"occasion":"r\d+"}$/.exec(body) ?? []) : [];
    if (eventId && chance.happens(0.3)) reschedule(eventId, chance.between(0, 15));
  });

  /** The organiser thinks again while people are about to be told; or somebody asks to tell them before the time. */
  const thinkAgain = (before: Item, after: Item): void => {
    if (spite === 0 || before.scheduleRevision === after.scheduleRevision) return;
    const eventId = String(after.eventId);
    if (chance.happens(0.15)) reschedule(eventId, chance.between(50, 800));
    if (!chance.happens(0.3)) return;
    faults.note('message before its time');
    const campaignId = after.state === 'published' ? 'change' : after.state;
    const body = JSON.stringify({ v: 1, eventId, campaignId, occasion: `r${after.scheduleRevision}` });
    world.queueOf('campaigns').send({ body });
  };

  /** Somebody registers as others are told how to join. */
  const comeLate = (eventId: string): void => {
    for (let n = spite > 0 ? chance.whole(1, 4) : 0; n > 0; n--) {
      time.after(chance.between(0, 1500), () => site.register(eventId, aPerson(900 + n)));
    }
  };

  /** Another sweep while one purges. */
  const sweepAgain = (): void => {
    for (let n = chance.whole(0, 2); n > 0; n--) time.after(chance.between(0, 6000), () => desk.pauseEverything(false));
  };

  /**
   * Who gave their place up comes by the form again before it is given on: where addresses are confirmed, they wait. And
   * just then there may be a seat.
   */
  const comeByTheForm = ({ eventId, name, email }: Item): void => {
    if (past.latest(keys.event(String(eventId)))?.confirmAddress !== true || !chance.happens(0.3)) return;
    const person = { name: String(name), email: String(email) };
    time.after(chance.between(0, 200), () => site.register(String(eventId), person));
    const seated = past.rowsOf(eventId).find(({ seat, status }) => seat === 'taken' && status === 'confirmed');
    if (seated) site.change(String(eventId), String(seated.registrationId), chance.pick(['cancel', 'erase']));
  };

  /** Most people do what a mail asks of them, at once or when they come to it. */
  const readTheirMail = (before: Item | undefined, after: Item): void => {
    const presses = (wish: 'confirm' | 'use') =>
      time.after(chance.pick([5, 60]) * chance.between(0, 1000), () =>
        site.change(String(after.eventId), String(after.registrationId), wish),
      );
    if (after.confirmBy !== undefined && after.confirmBy !== before?.confirmBy && chance.happens(0.7))
      presses('confirm');
    if (after.newEmail !== undefined && after.newEmail !== before?.newEmail && chance.happens(0.5)) presses('use');
  };

  /** Some whose address was left read of it, and say that it was not they: at once or when they come to it. */
  const dice = chance.fork('whoever was left');
  const objectAndDecide = (before: Item | undefined, after: Item): void => {
    const ids = [String(after.eventId), String(after.registrationId)] as const;
    const isTold = Object.entries(deliveriesOf(after)).some(
      ([key, entry]) => isTelling(key, entry) && !isTelling(key, deliveriesOf(before)[key] ?? ''),
    );
    if (isTold && dice.happens(0.3))
      time.after(dice.pick([1, 60, 600]) * dice.between(0, 1000), () => site.change(...ids, 'object'));
    if (after.objectedAt !== undefined && before?.objectedAt === undefined && dice.happens(0.6))
      time.after(dice.pick([1, 60]) * dice.between(0, 1000), () => desk.liftObjection(...ids));
  };

  return ({ before, after }: Commit): void => {
    // Nobody knows for minutes that a mail's fate will not be known: this may come when all else is over.
    if (after && isRow(after)) {
      decideWhatIsHeld(before, after);
      sendAgainWhatFailed(before, after);
    }
    if (time.now() > until()) return;
    if (before && after?.sk === 'EVENT') thinkAgain(before, after);
    if (before && !before.purgingAt && after?.sk === 'EVENT' && after.purgingAt) sweepAgain();
    if (after && isRow(after) && !after.erased) {
      readTheirMail(before, after);
      objectAndDecide(before, after);
    }
    if (after?.fact === 'registration.cancelled' && after.seat !== undefined) comeByTheForm(after);
    if (!before && after?.sk.startsWith(`RUN#${JOINING}@`)) comeLate(String(after.eventId));
    if (spite === 0 || !after || !isRow(after) || after.erased) return;
    const claimed = isClaimed(before, after);
    if ((!claimed && after.fact !== 'registration.confirmed') || !chance.happens(spite)) return;
    const ids = [String(after.eventId), String(after.registrationId)] as const;
    const within = (from: number, to: number, act: () => void) => time.after(chance.between(from, to), act);
    switch (chance.pick(claimed ? ONCE_CLAIMED : BEFORE_CLAIMED)) {
      case 'erase':
        within(0, 1500, () => site.change(...ids, 'erase'));
        return;
      case 'move':
        if (after.newEmail === undefined) within(0, 300, () => site.change(...ids, 'move'));
        within(0, 1500, () => site.change(...ids, 'use'));
        return;
      case 'cancel':
        within(0, 1500, () => site.change(...ids, 'cancel'));
        return;
      case 'mute':
        within(0, 1500, () => site.change(...ids, 'mute'));
        return;
      case 'cancel and undo':
        within(0, claimed ? 100 : 300, () => site.change(...ids, 'cancel'));
        within(claimed ? 100 : 320, 500, () => site.change(...ids, 'undo'));
        return;
      case 'pause event':
        within(0, 1500, () => desk.pauseEvent(ids[0], true));
        within(5000, 60_000, () => desk.pauseEvent(ids[0], false));
        return;
      case 'pause everything':
        within(0, 1500, () => desk.pauseEverything(true));
        within(5000, 60_000, () => desk.pauseEverything(false));
        return;
      case 'reschedule':
        within(0, 1500, () => desk.reschedule(ids[0], (event) => wishFor(chance, event)));
        return;
      case 'postpone and redate':
        within(0, 1500, () => desk.postpone(ids[0]));
        within(2000, 600_000, () => {
          if (time.now() < until()) desk.reschedule(ids[0], (event) => wishFor(chance, event));
        });
        return;
      case 'fire by hand':
        within(0, 1500, () => desk.trigger(ids[0], JOINING, 'early'));
        return;
      case 'cancel event':
        if (chance.happens(0.2)) within(0, 1500, () => desk.cancelEvent(ids[0]));
        return;
    }
  };
}

const isRefused = (entry: string): boolean => entry.startsWith('failed|');

const deliveriesOf = (item: Item | undefined) => (item?.deliveries ?? {}) as Record<string, string>;

const isTelling = (key: string, entry: string): boolean =>
  key.startsWith('address-moved@') && /^(sent|delivered)\|/.test(entry);

/** Whether this write claimed a mail. */
const isClaimed = (before: Item | undefined, after: Item): boolean =>
  Object.entries(deliveriesOf(after)).some(
    ([key, entry]) => entry.startsWith('claimed') && deliveriesOf(before)[key] !== entry,
  );

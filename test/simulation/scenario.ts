import { keys } from '#shared/store/keys.ts';
import { anEventOf, BY_HAND, CAMPAIGNS, JOINING, type Size, TIMED } from './an-event.ts';
import { aPerson } from './canary.ts';
import { dayAfter } from './day-after.ts';
import type { Dice } from './dice.ts';
import type { History } from './history.ts';
import { meddler } from './meddler.ts';
import { mishaps } from './mishaps.ts';
import { moves } from './moves.ts';
import { organiser } from './organiser.ts';
import { pages } from './pages.ts';
import { people } from './people.ts';
import { fireTimeOf } from './promised.ts';
import type { Setting } from './setting.ts';
import type { World } from './world.ts';

const SECOND = 1000;
const MINUTE = 60 * SECOND;

export const sizeOf = (chance: Dice): Size => ({
  people: chance.pick([2, 3, 4, 6, 8, 14]),
  minutes: chance.pick([3, 8, 8, 12, 20]),
  isBrief: chance.happens(0.25),
});

/** Events, people and organisers, and what they do at moments of their own. Resolves once all is set up. */
export async function scenario(
  setting: Setting,
  world: World,
  { past, proofs, size }: { past: History; proofs: Set<string>; size: Size },
) {
  const { time, chance, faults } = setting;
  const own = chance.fork('forms');
  const startsAt = time.now();
  const endsAt = startsAt + size.minutes * MINUTE;
  const moment = () => chance.between(endsAt - size.minutes * MINUTE, endsAt);
  const events = await Promise.all(
    Array.from({ length: chance.pick([1, 1, 2]) }, () => anEventOf(setting, world, size)),
  );
  // Dice of their own: older seeds stay what they were.
  const mailboxes = chance.fork('mailboxes');
  const tightMailboxes = mailboxes.happens(0.15);
  const site = people(setting, world, {
    past,
    proofs,
    tightBudgets: chance.happens(0.1),
    tightMailboxes,
    confirmWithin: chance.pick([24 * 3600, 24 * 3600, chance.whole(60, 300)]),
  });
  const desk = organiser(setting, world);
  const rush = chance.happens(0.4) ? (chance.happens(0.3) && asItFires()) || moment() : undefined;

  peopleCome();
  const visits = pages({ setting, past, site });
  visits.changeMinds({ moment, rush, most: size.people * 2 });
  visits.comeAfter(events, { from: endsAt - size.minutes * MINUTE, until: endsAt });
  if (tightMailboxes) ownersWantMail();
  organisersPause();
  organisersAct();
  if (chance.happens(0.5)) for (const event of events) moves({ setting, desk, moment, endsAt }, event);
  mishaps(setting, world, { moment, rows: past.rows, endsAt });
  let until = endsAt;
  let isNight = (_: number): boolean => false;
  const meddle = meddler(setting, { site, desk, world, past, until: () => until });
  return {
    endsAt,
    meddle,
    resume,
    /** Where a history has a day after: plans it, and says when it is over. */
    goOn(): number | undefined {
      if (!size.isBrief) return undefined;
      const next = dayAfter({ setting, past, visits }, events);
      isNight = next.night;
      until = next.until;
      return until;
    },
    isNight: (now: number): boolean => isNight(now),
  };

  /** The moment just before people are told how to join, if that is still to come. */
  function asItFires(): number | undefined {
    const { eventId } = chance.pick(events);
    const [event, joining] = [past.latest(keys.event(eventId)), past.latest(keys.campaign(eventId, JOINING))];
    const firesAt = event && joining && fireTimeOf(joining, event);
    return firesAt !== undefined && firesAt > time.now() + MINUTE && firesAt < endsAt
      ? firesAt - chance.between(0, 2 * SECOND)
      : undefined;
  }

  /** Some all at once, as after a newsletter; some press twice, some come back later. */
  function peopleCome(): void {
    for (let n = 0; n < size.people; n++) {
      const person = aPerson(n);
      const at = rush === undefined ? moment() : rush + chance.between(0, 2 * SECOND);
      const comes = (when: number) => time.at(when, () => site.register(chance.pick(events).eventId, person));
      comes(at);
      if (chance.happens(0.15)) comes(at + chance.between(0, 3 * SECOND));
      if (chance.happens(0.1)) comes(at + chance.between(601, 900) * SECOND);
    }
  }

  /** Whoever sees on their page that a mail was not sent has it sent. */
  function ownersWantMail(): void {
    for (let n = mailboxes.whole(0, size.people); n > 0; n--)
      time.at(mailboxes.between(time.now(), endsAt), () => {
        const found = past.rows().filter((row) => !row.erased && row.overBudget !== undefined);
        if (found.length === 0) return;
        const { eventId, registrationId } = mailboxes.pick(found);
        site.change(String(eventId), String(registrationId), 'send');
      });
  }

  function organisersPause(): void {
    for (let n = chance.pick([0, 0, 1, 2, 4]); n > 0; n--) {
      const at = moment();
      const until = Math.min(endsAt, at + chance.pick([0.5, 5, 60, 600]) * SECOND);
      const { eventId } = chance.pick(events);
      const campaignId = chance.pick(['1', ...CAMPAIGNS, JOINING]);
      const pauses = chance.pick([
        (paused: boolean) => desk.pauseEverything(paused),
        (paused: boolean) => desk.pauseEvent(eventId, paused),
        (paused: boolean) => desk.pauseCampaign(eventId, campaignId, paused),
      ]);
      time.at(at, () => pauses(true));
      time.at(until, () => pauses(false));
    }
  }

  function organisersAct(): void {
    for (const { eventId } of events) {
      for (let n = chance.pick([0, 0, 1, 2]); n > 0; n--) {
        const at = moment();
        time.at(at, () => desk.trigger(eventId, BY_HAND, `key-${n}`, n > 1));
        if (chance.happens(0.3))
          time.at(at + chance.between(0, 5 * SECOND), () => desk.trigger(eventId, BY_HAND, `key-${n}`, n > 1));
      }
      if (chance.happens(0.1)) time.at(moment(), () => desk.trigger(eventId, TIMED, 'early'));
      for (let n = chance.pick([0, 0, 1, 2]); n > 0; n--) {
        const by = chance.whole(1, 2);
        time.at(moment(), () => desk.raiseCapacity(eventId, by));
      }
      for (let n = own.pick([0, 0, 1, 2, 4]); n > 0; n--)
        time.at(startsAt + own.next() * (endsAt - startsAt), () => desk.editForm(eventId));
      const at = rush === undefined ? moment() : rush + chance.between(0.5, 1.8) * SECOND;
      if (chance.happens(rush === undefined ? 0.05 : 0.8)) time.at(at, () => desk.trigger(eventId, JOINING, 'early'));
    }
  }

  /** Whatever is paused flows again, and somebody looks after what only a person can mend. */
  function resume(): void {
    const insist = (ask: (answered: () => void) => void) => {
      let isDone = false;
      const attempt = () => {
        if (isDone) return;
        ask(() => {
          isDone = true;
        });
        time.after(5 * SECOND, attempt);
      };
      attempt();
    };
    // Whoever was about to pause something has done so by then.
    time.after(MINUTE, () => {
      insist((done) => desk.pauseEverything(false, done));
      for (const event of events) {
        insist((done) => desk.pauseEvent(event.eventId, false, done));
        for (const campaignId of ['1', ...campaignsOf(event.eventId)]) {
          const stays = endsItself(event.eventId, campaignId) && chance.happens(0.3);
          if (stays) faults.note('campaign stays paused');
          insist((done) => desk.pauseCampaign(event.eventId, campaignId, stays, done));
        }
      }
    });
    for (const name of world.names) world.queueOf(name).redrive(({ reason }) => reason === 'received too often');
  }

  function campaignsOf(eventId: string): string[] {
    return past
      .items(({ sk, eventId: its }) => sk.startsWith('CAMPAIGN#') && its === eventId)
      .flatMap(({ campaignId }) => {
        return campaignId === '1' ? [] : [String(campaignId)];
      });
  }

  /** Whether a campaign's mails will soon be too late, so that a pause for ever owes nobody anything. */
  function endsItself(eventId: string, campaignId: string): boolean {
    const soon = time.now() + 60 * MINUTE;
    const its = past.items(({ sk, eventId: of }) => of === eventId && sk.startsWith(`RUN#${TIMED}@`));
    const isArmed = past.latest(keys.campaign(eventId, TIMED))?.dueAt !== undefined;
    return (
      campaignId === TIMED && its.length > 0 && !isArmed && its.every(({ notAfter }) => Number(notAfter) * 1000 < soon)
    );
  }
}

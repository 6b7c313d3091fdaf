import type { Logger } from '#shared/logger.ts';
import { keys } from '#shared/store/keys.ts';
import type { Item } from '#shared/store/table.ts';
import type { Person } from './canary.ts';
import { type History, isRow } from './history.ts';
import type { Wish } from './people.ts';
import type { Setting } from './setting.ts';
import { whose } from './traces.ts';

/** How often somebody follows a link of a mail from before their address moved. */
const FROM_AN_OLD_MAIL = 0.1;

/** One press on a personal page, and what its answer commits Rollcall to. */
export interface Press {
  /** Tells a log's errors on, and keeps in mind the one that excuses an answer. */
  readonly noting: (error: Logger['error']) => Logger['error'];
  /** The page answered. */
  readonly answered: (status: number) => void;
}

/** Whoever was told that something is done can rely on it: looked at in the very moment that they learn so. */
export function acknowledged({ time, chance, violated }: Setting, past: History, proofs: Set<string>) {
  const keyOf = ({ eventId, registrationId }: Item) => keys.registration(String(eventId), String(registrationId));

  /** Not the place in line, which goes with the seat that is given on. */
  const isTrace = (item: Item): boolean => !isRow(item) && !item.pk.endsWith('#WAITLIST');

  function ensureDone(wish: Wish, link: Item): void {
    const row = past.latest(keyOf(link));
    const isGone = row === undefined || row.erased === true;
    const broken = (promise: string) => violated(promise, { link, row });
    if (wish === 'erase') {
      const left = past.items((item) => isTrace(item) && whose(item) === link.registrationId);
      if (!isGone) broken('an erasure that was acknowledged did not happen');
      if (left.length > 0) violated('an erasure was acknowledged before it was done', left);
    }
    if (isGone) return;
    if (wish === 'join' && row.joinedAt === undefined && row.openedAt === undefined)
      broken('a join that was acknowledged is lost');
    if (wish.startsWith('answer') && !row.answeredSurvey) broken('an answer that was acknowledged is lost');
    if (
      wish === 'object' &&
      row.objectedAt === undefined &&
      !past.everSince(keyOf(link), 0, (item) => item?.objectedAt !== undefined)
    )
      broken('an objection that was acknowledged is lost');
    if (wish === 'confirm' && row.confirmBy !== undefined && row.admissions === link.admissions)
      broken('an address that was confirmed waits to be');
  }

  return {
    /** The row as it was when the mail was written whose link is followed. */
    linkOf(row: Item): Item {
      if (Number(row.addressRevision) === 1 || !chance.happens(FROM_AN_OLD_MAIL)) return row;
      const older = past.of(row).find(({ item }) => item && item.linkSeed !== row.linkSeed);
      return older?.item ?? row;
    },

    press(link: Item, wish: Wish): Press {
      // Who objects is not the person: their link opens however often the registration moves on, and proves nothing.
      const isTheirs = wish !== 'object';
      const isDead = isTheirs && past.latest(keyOf(link))?.linkSeed !== link.linkSeed;
      const isPurging = past.latest(keys.event(String(link.eventId)))?.purgingAt !== undefined;
      // Who has the link has read a mail that went to the address.
      if (!isDead && isTheirs) proofs.add(`${link.registrationId} ${wish === 'use' ? link.newEmail : link.email}`);
      let isExcused = false;
      return {
        noting: (error) => (message, fields) => {
          if (wish === 'join') isExcused = true;
          error(message, fields);
        },
        answered(status) {
          if (status >= 400) return;
          if (isDead) violated('a dead link still opens', { link, wish });
          if (isPurging) violated('a page opens of people who are being purged', { link, wish });
          if (!isExcused) ensureDone(wish, link);
        },
      };
    },

    /** Somebody was told that their registration is taken: a living one had their address in the meantime. */
    registered(eventId: string, { email }: Person, since: number): void {
      const had = (item: Item | undefined) => item?.email === email && item.status !== 'cancelled';
      const everHad = past.everyRowOf(eventId).some((key) => past.everSince(key, since, had));
      if (!everHad) violated('a registration that was acknowledged is lost', { eventId, email, now: time.now() });
    },
  };
}

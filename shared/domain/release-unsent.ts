import { standingIn } from './address-run.ts';
import type { Campaign } from './campaign.ts';
import { alsoOwing } from './change-registration.ts';
import { decide } from './decide.ts';
import type { Event } from './event.ts';
import { confirmedAtOf } from './late.ts';
import { automaticKindOf, readMailKey, writeMailKey } from './mail-key.ts';
import { isNoticeKind, MAIL_RULES, type MailKind } from './mail-kinds.ts';
import { mailingOf } from './mailing.ts';
import type { Surroundings } from './predict.ts';
import type { Registration } from './registration.ts';
import { withReleaseNotes } from './release-note.ts';
import type { Run } from './run.ts';
import type { Epoch } from './time.ts';
import { type Unsent, type UnsentState, unsentOf } from './unsent.ts';
import { withEntry, withoutLoad } from './without-load.ts';

/** Which mails somebody means; all of an event's in that state, but for what is named. */
export interface Picked {
  readonly state: UnsentState;
  readonly kinds?: readonly MailKind[] | undefined;
  readonly campaigns?: readonly string[] | undefined;
  readonly reasons?: readonly string[] | undefined;
  /** Only what is so since then at the latest: what fails again meanwhile waits for another word. */
  readonly until: Epoch;
}

/** An event's mails as they are when some are to be released. */
export interface Around extends Surroundings {
  readonly campaigns: readonly Campaign[];
  readonly runs: readonly Run[];
}

/** What becomes of one of them: it is owed again, to be met by its run or to go by itself; or it is left as it is, and why. */
export type Fate = { readonly mail: Unsent } & (
  | { readonly owed: Run | 'by-itself' }
  | { readonly owed?: undefined; readonly left: string }
);

interface Released {
  readonly row: Registration;
  readonly fates: readonly Fate[];
  /** Whether somebody is to look at the person at once. */
  readonly isGreeted: boolean;
}

/** Answers, person by person, what becomes of the mails that were picked. The sender decides once more, when it sends. */
export function releasing(picked: Picked, { campaigns, runs, ...around }: Around) {
  const campaignBy = new Map(campaigns.map((campaign) => [campaign.campaignId, campaign]));
  const runBy = new Map(runs.map((run) => [writeMailKey({ campaign: run.campaignId, occasion: run.occasion }), run]));
  const kindOf = (campaign: string): MailKind | undefined =>
    campaignBy.get(campaign)?.kind ?? automaticKindOf(campaign);

  const isPicked = ({ mailKey, reason, at }: Unsent): boolean => {
    const { campaign } = readMailKey(mailKey);
    const kind = kindOf(campaign);
    return (
      at <= picked.until &&
      (picked.kinds === undefined || (kind !== undefined && picked.kinds.includes(kind))) &&
      (picked.campaigns?.includes(campaign) ?? true) &&
      (picked.reasons?.includes(reason) ?? true)
    );
  };

  /** By what it goes again; or why not, for the rules that were there when it failed hold now as well. */
  function wayOf(row: Registration, { mailKey }: Unsent): Run | 'by-itself' | { readonly left: string } {
    const key = readMailKey(mailKey);
    const campaign = campaignBy.get(key.campaign);
    const kind = kindOf(key.campaign);
    const open = withEntry(row, mailKey, undefined);
    const circumstances = { ...around, campaign, registration: open };
    const run = row.greetDue?.has(mailKey) ? undefined : runBy.get(mailKey);
    if (run) {
      const decision = decide(key, { ...circumstances, firedAt: run.firedAt });
      if (decision.do !== 'skip') {
        const mailing = mailingOf(run, campaign);
        const isMet = mailing && standingIn(open, { ...around, mailing, occasion: key.occasion }) === 'open';
        return isMet ? run : { left: 'not-in-audience' };
      }
      // Whoever came when the others had been told how to join may be told until the end.
      const mayBeLate = kind === 'joining' && confirmedAtOf(row) >= run.firedAt;
      if (decision.reason !== 'expired' || !mayBeLate) return { left: decision.reason };
    }
    if (kind !== undefined && !goesByItself(kind, around.event)) return { left: 'superseded' };
    const decision = decide(key, circumstances);
    return decision.do === 'skip' ? { left: decision.reason } : 'by-itself';
  }

  return {
    /**
     * The row once its picked mails are released; of those by a run only where `isOpen`. A mail's entry goes, so that it is
     * claimed as if for the first time, under the same key, and whoever releases it again finds none. What it brought along
     * is owed as well.
     */
    release(row: Registration, keyId: string, isOpen: (run: Run) => boolean = () => true): Released {
      const mails = unsentOf(row, picked.state).filter(isPicked);
      let next = row;
      const fates = carriersFirst(mails).map((mail): Fate => {
        // Its carrier takes it along.
        if (next.deliveries[mail.mailKey] === undefined) return { mail, owed: 'by-itself' };
        const way = wayOf(next, mail);
        if (typeof way === 'object' && 'left' in way) return { mail, left: way.left };
        if (way !== 'by-itself' && !isOpen(way)) return { mail, left: 'stale' };
        const { now } = around;
        next = withoutLoad(withEntry(next, mail.mailKey, undefined), { mailKey: mail.mailKey, now });
        if (way === 'by-itself') next = alsoOwing(next, { mailKeys: [mail.mailKey], now })?.row ?? next;
        return { mail, owed: way };
      });
      const owed = fates.filter((fate) => fate.owed !== undefined);
      if (owed.length === 0) return { row, fates, isGreeted: false };
      const notes = owed.map(
        ({ mail: { mailKey, state: was, reason } }) => [mailKey, { at: around.now, was, reason, keyId }] as const,
      );
      const isGreeted = [...(next.greetDue ?? [])].some((key) => next.deliveries[key] === undefined);
      return { row: withReleaseNotes(dueFrom(next, around.now), notes), fates, isGreeted };
    },
  };
}
export type Releasing = ReturnType<typeof releasing>;

/** Nothing that is released is late already, whatever else waits since long ago; what is to wait still, waits. */
const dueFrom = (row: Registration, now: Epoch): Registration =>
  row.greetDueAt === undefined ? row : { ...row, greetDueAt: Math.max(row.greetDueAt, now) };

/** Those that were brought along come after what brings them. */
const carriersFirst = (mails: readonly Unsent[]): Unsent[] =>
  [...mails].sort((a, b) => Number(a.carrier !== undefined) - Number(b.carrier !== undefined));

/** Whether a mail can be owed to one person, without a run. */
function goesByItself(kind: MailKind, { notice }: Event): boolean {
  const { occasion } = MAIL_RULES[kind];
  if (isNoticeKind(kind)) return notice !== undefined;
  return kind === 'joining' || occasion === 'admission' || occasion === 'request';
}

import type { Item } from '#shared/store/table.ts';
import { type History, isRow } from './history.ts';
import { shownBy } from './mails.ts';
import type { Ref } from './promised.ts';
import type { Setting } from './setting.ts';
import type { Call } from './sim-ses.ts';
import type { Commit } from './sim-table.ts';

/** One address that was left. */
interface Move {
  readonly row: Item;
  readonly at: number;
  /** Mails that told of it, by their occasion. */
  readonly told: Map<string, Call[]>;
}

/** Every move of an address is told to the address that was left, once, and nowhere else; and nobody moves who was objected to. */
export function tellings({ time, faults, violated }: Setting, past: History) {
  const moves = new Map<string, Move[]>();
  const calls = new Map<string, Call[]>();
  /** Addresses an invitation may have gone to: some mail that brings one was claimed while they were theirs. */
  const invited = new Set<string>();
  const whose = ({ eventId, registrationId }: Item) => `${eventId} ${registrationId}`;
  const hereOf = (row: Item) => `${whose(row)} ${row.addressRevision}`;

  const note = (before: Item | undefined, after: Item): void => {
    const was = (before?.deliveries ?? {}) as Record<string, string>;
    for (const [key, entry] of Object.entries((after.deliveries ?? {}) as Record<string, string>))
      if (/^(1|change)@/.test(key) && entry.startsWith('claimed') && was[key] !== entry) invited.add(hereOf(after));
  };

  function moved(before: Item, after: Item): void {
    faults.note('moves');
    if (before.objectedAt !== undefined) violated('moved, though somebody had objected', { before, after });
    if (after.linkSeed === before.linkSeed) violated('moved, and its links still open', after);
    const id = whose(after);
    moves.set(id, [...(moves.get(id) ?? []), { row: before, at: time.now(), told: new Map() }]);
  }

  /** The calendar of the old address loses what it had, and never what the new one gets. */
  function lookAtCalendar(call: Call, { row }: Move, ref: Ref): void {
    const { calendar } = shownBy(call.mail);
    const broken = (promise: string, more?: unknown) => violated(promise, { ...ref, row, calendar, more });
    const requests = (calls.get(`${ref.eventId} ${ref.registrationId}`) ?? []).flatMap((each) => {
      const { calendar: theirs } = shownBy(each.mail);
      const revision = Number(each.mail.tags.addressRevision);
      return theirs?.method === 'REQUEST' ? [{ call: each, sequence: theirs.sequence, revision }] : [];
    });
    const here = requests.filter(({ revision }) => revision === row.addressRevision);
    const arrived = here.filter(({ call: { accepted, bounced } }) => accepted && !bounced);
    if (!calendar && arrived.length > 0) broken('left with the event in its calendar', arrived);
    if (!calendar) return;
    if (calendar.method !== 'CANCEL' || !invited.has(hereOf(row))) broken('a CANCEL where nobody was invited');
    for (const { sequence, revision } of requests) {
      if (revision <= Number(row.addressRevision) && sequence >= calendar.sequence)
        broken('a CANCEL that its calendar passes over', { sequence });
      if (revision > Number(row.addressRevision) && sequence <= calendar.sequence)
        broken('a CANCEL that takes away the invitation to the new address', { sequence });
    }
  }

  return {
    /** The first byte of a call is at SES. */
    called(call: Call, ref: Ref): void {
      const id = `${ref.eventId} ${ref.registrationId}`;
      calls.set(id, [...(calls.get(id) ?? []), call]);
      if (ref.campaign !== 'address-moved') return;
      const toldAt = Number.parseInt(ref.occasion.slice(1).split('-')[0] ?? '', 36) * 1000;
      const of = (moves.get(id) ?? []).filter(
        ({ row, at }) => row.email === call.mail.to && Math.abs(at - toldAt) < 60_000,
      );
      // Of two moves within seconds from one address, each is told.
      const move = of.find(({ told }) => told.has(ref.occasion)) ?? of.find(({ told }) => told.size === 0);
      if (!move) {
        violated('a move told that never was, or is told already', { ...ref, to: call.mail.to });
        return;
      }
      move.told.set(ref.occasion, [...(move.told.get(ref.occasion) ?? []), call]);
      faults.note('is told of a move');
      lookAtCalendar(call, move, ref);
    },

    committed({ before, after }: Commit): void {
      if (!after || !isRow(after) || after.erased) return;
      note(before, after);
      if (before && before.email !== after.email) moved(before, after);
      else if (before?.objectedAt === undefined && after.objectedAt !== undefined && after.newEmail !== undefined)
        violated('objected to, and still about to move', after);
    },

    /** Moves that nobody was told of, although nothing stood in the way. */
    untold(): Item[] {
      return past.rows().flatMap((row) => {
        if (row.erased) return [];
        const all = moves.get(whose(row)) ?? [];
        return all.filter(({ told }) => ![...told.values()].flat().some(mayHaveCome)).length > failedOf(row)
          ? [row]
          : [];
      });
    },
  };
}
export type Tellings = ReturnType<typeof tellings>;

const mayHaveCome = ({ accepted, learnt }: Call): boolean => accepted || learnt === 'unknown' || learnt === undefined;

/** How many such mails SES refused for good, or nobody knows the fate of. */
const failedOf = ({ deliveries }: Item): number =>
  Object.entries(deliveries as Record<string, string>).filter(
    ([key, entry]) => key.startsWith('address-moved@') && /^(failed|held)\|/.test(entry),
  ).length;

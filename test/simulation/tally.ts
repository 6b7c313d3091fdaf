import { DEEDS, FAULTS, MISHAPS } from './faults.ts';
import type { Verdict } from './simulate.ts';

/** What many histories came to. */
export interface Tally {
  readonly histories: number;
  readonly mails: number;
  readonly happened: number;
  /** The longest it took to settle after the last fault, virtual minutes. */
  readonly longest: number;
  readonly struck: Readonly<Record<string, number>>;
  readonly broken: readonly { readonly seed: number; readonly promise: string }[];
}

export const NOTHING: Tally = { histories: 0, mails: 0, happened: 0, longest: 0, struck: {}, broken: [] };

/** One history more. */
export const tallied = (tally: Tally, { seed, mails, happened, settledIn, struck, broken }: Verdict): Tally =>
  together(tally, {
    histories: 1,
    mails,
    happened,
    longest: settledIn,
    struck: Object.fromEntries(struck),
    broken: broken ? [{ seed, promise: broken.promise }] : [],
  });

/** Both. */
export function together(a: Tally, b: Tally): Tally {
  const struck: Record<string, number> = { ...a.struck };
  for (const [fault, times] of Object.entries(b.struck)) struck[fault] = (struck[fault] ?? 0) + times;
  return {
    histories: a.histories + b.histories,
    mails: a.mails + b.mails,
    happened: a.happened + b.happened,
    longest: Math.max(a.longest, b.longest),
    struck,
    broken: [...a.broken, ...b.broken],
  };
}

/** Faults that never struck and deeds nobody did: what they would have broken is not known. */
export const neverStruck = ({ struck }: Tally): string[] =>
  [...Object.keys(FAULTS), ...MISHAPS, ...DEEDS].filter((fault) => !struck[fault]);

import { type Changed, withChoices } from './change-registration.ts';
import type { Registration } from './registration.ts';

/** What a person may correct of their row. */
export interface Correction {
  readonly name: string;
  readonly timeZone: string | undefined;
  readonly chose: Registration['chose'];
}

/** The row as corrected; undefined where nothing of it differs. */
export function correct(row: Registration, { name, timeZone, chose }: Correction): Changed | undefined {
  const isSame =
    row.name === name &&
    row.timeZone === timeZone &&
    row.segments === undefined &&
    JSON.stringify(row.chose ?? {}) === JSON.stringify(chose ?? {});
  if (isSame) return undefined;
  const { timeZone: _, ...rest } = withChoices(row, chose);
  return { row: { ...rest, name, ...(timeZone !== undefined && { timeZone }) } };
}

/** The row after a correction of anything they said, of what is kept apart from it too. */
export const edited = (row: Registration): Registration => ({ ...row, edits: (row.edits ?? 0) + 1 });

/**
 * The revision of what a person said of themselves: it rises when they or the organiser correct it, when their address moves,
 * and when they register again. Mail and attendance leave it as it is.
 */
export const revisionOf = ({ edits = 0, addressRevision, admissions }: Registration): number =>
  edits + addressRevision + admissions - 1;

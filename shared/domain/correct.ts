import type { Changed } from './change-registration.ts';
import type { Registration } from './registration.ts';

/** What a person may correct of their row. */
export interface Correction {
  readonly name: string;
  readonly timeZone: string | undefined;
  readonly segments: Registration['segments'];
}

/** The row as corrected; undefined where nothing of it differs. */
export function correct(row: Registration, { name, timeZone, segments }: Correction): Changed | undefined {
  const isSame =
    row.name === name &&
    row.timeZone === timeZone &&
    JSON.stringify(row.segments ?? {}) === JSON.stringify(segments ?? {});
  if (isSame) return undefined;
  const { timeZone: _, segments: __, ...rest } = row;
  return {
    row: { ...rest, name, ...(timeZone !== undefined && { timeZone }), ...(segments !== undefined && { segments }) },
  };
}

/** The row after a correction of anything they said, of what is kept apart from it too. */
export const edited = (row: Registration): Registration => ({ ...row, edits: (row.edits ?? 0) + 1 });

/**
 * The revision of what a person said of themselves: it rises when they or the organiser correct it, when their address moves,
 * and when they register again. Mail and attendance leave it as it is.
 */
export const revisionOf = ({ edits = 0, addressRevision, admissions }: Registration): number =>
  edits + addressRevision + admissions - 1;

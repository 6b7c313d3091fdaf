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

const UNITS = { d: 86_400, h: 3600, m: 60, s: 1 } as const;

/** "1h 2m 3s", "1 hour and 2 minutes", "62 min.". */
const PARTS =
  /(?<number>\d+(?:[.,]\d+)?)\s*(?<unit>d(?:ays?)?|h(?:(?:ou)?rs?)?|m(?:in(?:ute)?s?)?|s(?:ec(?:ond)?s?)?)(?![a-z])\.?,?\s*(?:and\s+)?/gy;
const BRIEF = /^(<|less than)\s*(a|1|one)?\s*(m|min|minute)?s?$/;
const NONE = /^(-+|–|—|n\/a)?$/;

/**
 * Seconds of a duration as reports write them; a bare number counts in the unit of its column. `none` where nothing is
 * written, undefined where it is not understood: "1:02" may be hours or minutes, and nobody can tell.
 */
export function secondsIn(written: string, unit: 'minutes' | 'seconds'): number | 'none' | undefined {
  const text = written.trim().toLowerCase();
  if (NONE.test(text)) return 'none';
  if (BRIEF.test(text)) return 0;
  if (/^\d+(\.\d+|,\d{1,2})?$/.test(text)) return numberIn(text) * (unit === 'minutes' ? 60 : 1);
  const [, hours, minutes, seconds] = /^(\d+):([0-5]?\d):([0-5]?\d)$/.exec(text) ?? [];
  if (seconds !== undefined) return Number(hours) * 3600 + Number(minutes) * 60 + Number(seconds);
  return inWords(text.replace(/^pt(?=\d)/, ''));
}

/** Undefined unless all of it is read. */
function inWords(text: string): number | undefined {
  const parts = [...text.matchAll(PARTS)];
  const read = parts.reduce((length, [part]) => length + part.length, 0);
  if (parts.length === 0 || read < text.length) return undefined;
  return parts.reduce((sum, { groups: { number = '', unit = '' } = {} }) => {
    return sum + numberIn(number) * UNITS[unit.charAt(0) as keyof typeof UNITS];
  }, 0);
}

const numberIn = (text: string): number => Number(text.replace(',', '.'));

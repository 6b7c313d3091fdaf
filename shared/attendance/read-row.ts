import { typedAddress } from '#shared/domain/address.ts';
import type { Stay } from '#shared/domain/stay.ts';
import type { Columns } from './columns.ts';
import { secondsIn } from './duration.ts';
import { momentIn } from './moment.ts';

/** What a row says: of somebody who came, of somebody who did not, or nothing one could use, and why. */
export type RowRead =
  | { readonly name: string | undefined; readonly email: string | undefined; readonly stay: Stay }
  | 'absent'
  | { readonly fault: string };

/** No event lasts longer than 31 days, and nobody stays for more than a day without leaving once. */
const LONGEST = 31 * 86_400;
const LONGEST_TIMED = 86_400;
const LONGEST_NAME = 200;
const LONGEST_CELL = 1000;

/** Reads one row of a table of people. */
export function readRow(cells: readonly string[], columns: Columns): RowRead {
  // The beginning of a cell says whether it is one of ours; nobody reads the rest of a longer one.
  const cell = (at: number | undefined): string =>
    at === undefined ? '' : (cells[at] ?? '').slice(0, LONGEST_CELL).trim();
  const attended = columns.attended === undefined ? undefined : cell(columns.attended).toLowerCase();
  if (attended !== undefined && /^(no|n|false|0)$/.test(attended)) return 'absent';

  const written = columns.emails.map(cell).filter((text) => text !== '');
  const email = written.map(typedAddress).find((address) => address !== undefined);
  const name = [...columns.names.map(cell), `${cell(columns.first)} ${cell(columns.last)}`]
    .map((text) => text.replace(/\s+/g, ' ').trim().slice(0, LONGEST_NAME))
    .find((text) => /[\p{L}\p{N}]/u.test(text));
  if (email === undefined && name === undefined) {
    const [first] = written;
    return {
      fault: first === undefined ? 'There is neither an address nor a name' : `${quoted(first)} is no email address`,
    };
  }

  const told = columns.duration && secondsIn(cell(columns.duration.at), columns.duration.unit);
  if (columns.duration && told === undefined) {
    return { fault: `${quoted(cell(columns.duration.at))} is no duration: write minutes, or like 1h 2m 3s or 1:02:03` };
  }
  const timed = timesIn(cell(columns.from), cell(columns.until));
  const seconds = typeof told === 'number' ? told : timed && timed.until - timed.from;
  if (seconds === undefined) {
    const came = attended !== undefined && /^(yes|y|true|1)$/.test(attended);
    return came ? { name, email, stay: { seconds: 0 } } : { fault: 'It does not say how long they were there' };
  }
  if (seconds > LONGEST) return { fault: 'Nobody was there for more than 31 days' };
  // In a table of their own, people write 0 for who did not come; a provider lists who was there for a moment.
  if (seconds === 0 && attended === undefined && columns.provider === 'other') return 'absent';
  return { name, email, stay: { seconds, ...timed } };
}

/** Between which moments; undefined where that is not told, or cannot be. */
function timesIn(joined: string, left: string): { from: number; until: number } | undefined {
  const [from, until] = [momentIn(joined), momentIn(left)];
  if (from === undefined || until === undefined) return undefined;
  return until >= from && until - from <= LONGEST_TIMED ? { from, until } : undefined;
}

const quoted = (text: string): string => `“${text.length > 40 ? `${text.slice(0, 40)}…` : text}”`;

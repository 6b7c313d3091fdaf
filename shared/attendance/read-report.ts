import type { AttendanceReport } from '#shared/domain/attendance-report.ts';
import { columnsOf } from './columns.ts';
import { decodeText } from './decode-text.ts';
import { BrokenTable, DELIMITERS, type Delimiter, eachRow } from './rows.ts';
import { MOST_ROWS, tableReader } from './table-reader.ts';
import { isUnreadable, type Unreadable, WANTED } from './unreadable.ts';

/** A table of people begins within so many rows: before it reports tell of the meeting. */
const HEAD = 300;
const NO_HEAD = 'There is no row of headings that says who was there and for how long';

/**
 * Reads a provider's attendance report, whatever its encoding and delimiter: everybody it tells of once, with all their
 * stays, and each row it could not use with the reason. Whatever the bytes, it gives a report or says why it is none.
 */
export function readReport(bytes: Uint8Array): AttendanceReport | Unreadable {
  const decoded = decodeText(bytes);
  if (isUnreadable(decoded)) return { unreadable: `${decoded.unreadable}. ${WANTED}.` };
  try {
    const { text } = decoded;
    const delimiter = delimiterOf(text);
    if (!delimiter) return { unreadable: `${NO_HEAD}. ${WANTED}.` };
    return unquoted(delimiter, (quotes) => {
      const reader = tableReader();
      eachRow(text, { delimiter, quotes, most: MOST_ROWS + 1 }, reader.take);
      return reader.report();
    });
  } catch (error) {
    if (error instanceof BrokenTable) return { unreadable: `${error.message}. ${WANTED}.` };
    throw error;
  }
}

/** By which delimiter a row near the beginning names most columns. */
function delimiterOf(text: string): Delimiter | undefined {
  const found = DELIMITERS.map((delimiter) => {
    let most = 0;
    const note = (cells: readonly string[]) => {
      if (columnsOf(cells)) most = Math.max(most, cells.length);
    };
    try {
      eachRow(text, { delimiter, most: HEAD }, note);
    } catch (error) {
      if (!(error instanceof BrokenTable)) throw error;
    }
    return { delimiter, most };
  });
  const [best] = found.sort((a, b) => b.most - a.most);
  return best && best.most > 0 ? best.delimiter : undefined;
}

/** Between tabs a quotation mark may be a mere letter: providers put none around what they write there. */
function unquoted<Result>(delimiter: Delimiter, read: (quotes: boolean) => Result): Result {
  try {
    return read(true);
  } catch (error) {
    if (delimiter === '\t' && error instanceof BrokenTable) return read(false);
    throw error;
  }
}

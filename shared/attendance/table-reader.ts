import type { AttendanceReport, Attendee, RowFault } from '#shared/domain/attendance-report.ts';
import { nameKey } from '#shared/domain/match-attendance.ts';
import { type Columns, columnsOf } from './columns.ts';
import { readRow } from './read-row.ts';
import { BrokenTable } from './rows.ts';

/** Twice the people of the largest webinar there is. */
export const MOST_ROWS = 200_000;

interface Row {
  readonly cells: readonly string[];
  readonly row: number;
}

/**
 * Takes the rows of a report one after the other, and gives what they say. What comes before the first table is about the
 * meeting. Zoom has a table each of hosts, panellists, attendees and others, with a title above; Teams tells of everybody
 * in the first one, and of the same people again in those after it.
 */
export function tableReader() {
  const people = new Map<string, { -readonly [Field in keyof Attendee]: Attendee[Field] }>();
  const faults: RowFault[] = [];
  const seen = { rows: 0, absent: 0, provider: 'other' as AttendanceReport['provider'] };
  let columns: Columns | undefined;
  /** A title of the next table, or a row that says too little: what follows tells. */
  let lone: Row | undefined;
  let isOver = false;

  const read = ({ cells, row }: Row, from: Columns): void => {
    seen.rows++;
    const said = readRow(cells, from);
    if (said === 'absent') seen.absent++;
    else if ('fault' in said) faults.push({ row, reason: said.fault });
    else {
      const { name, email, stay } = said;
      const key = `${email ?? ''}\n${name === undefined ? '' : nameKey(name)}`;
      const known = people.get(key);
      if (known) known.stays.push(stay);
      else people.set(key, { row, ...(name !== undefined && { name }), ...(email && { email }), stays: [stay] });
    }
  };

  const settleLone = (): void => {
    if (lone && columns) read(lone, columns);
    lone = undefined;
  };

  const begin = (head: Columns): void => {
    lone = undefined;
    isOver = seen.provider === 'teams' && columns !== undefined;
    columns = head;
    if (seen.provider === 'other') seen.provider = head.provider;
  };

  return {
    take(cells: readonly string[], row: number): void {
      if (row > MOST_ROWS) throw new BrokenTable(`The file has more than ${MOST_ROWS.toLocaleString('en-GB')} rows`);
      const filled = cells.filter((cell) => cell.trim() !== '').length;
      if (isOver || filled === 0) return;
      const head = columnsOf(cells);
      if (head) begin(head);
      else if (columns) {
        settleLone();
        if (filled === 1 && cells[0]?.trim()) lone = { cells, row };
        else read({ cells, row }, columns);
      }
    },

    report(): AttendanceReport {
      settleLone();
      return { ...seen, attendees: [...people.values()], faults };
    },
  };
}

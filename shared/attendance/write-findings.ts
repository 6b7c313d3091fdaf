import { stringify } from 'csv-stringify/sync';
import type { RowFault } from '#shared/domain/attendance-report.ts';
import type { Finding } from '#shared/domain/match-attendance.ts';
import { minutesOf } from '#shared/domain/stay.ts';

const COLUMNS = ['row', 'outcome', 'name', 'email', 'minutes', 'registrationIds', 'reason'];

/**
 * Everything that was found, as a CSV in the order of the report. A spreadsheet shows it and computes nothing: what begins
 * like a formula is written as text. The byte order mark tells Excel that it is UTF-8.
 */
export function writeFindings(findings: readonly Finding[], faults: readonly RowFault[]): string {
  const rows = [
    ...findings.map(({ attendee: { row, name, email, stays }, outcome, by, registrationIds }) => ({
      row,
      outcome: by === undefined || outcome !== 'matched' ? outcome : `${outcome} by ${by}`,
      name,
      email,
      minutes: minutesOf(stays),
      registrationIds: registrationIds.join(' '),
    })),
    ...faults.map(({ row, reason }) => ({ row, outcome: 'not used', reason })),
  ].sort((a, b) => a.row - b.row);
  return stringify(rows, {
    bom: true,
    header: true,
    columns: COLUMNS,
    escape_formulas: true,
    record_delimiter: 'windows',
  });
}

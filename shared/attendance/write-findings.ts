import { BYTE_ORDER_MARK, csvLine } from '#shared/csv/csv-line.ts';
import type { RowFault } from '#shared/domain/attendance-report.ts';
import type { Finding } from '#shared/domain/match-attendance.ts';
import { minutesOf } from '#shared/domain/stay.ts';

const HEAD = ['row', 'outcome', 'name', 'email', 'minutes', 'registrationIds', 'reason'];

/** Everything that was found, as a CSV in the order of the report. A spreadsheet shows it and computes nothing. */
export function writeFindings(findings: readonly Finding[], faults: readonly RowFault[]): string {
  const rows = [...findings.map(foundRow), ...faults.map(faultRow)].sort((a, b) => Number(a[0]) - Number(b[0]));
  return BYTE_ORDER_MARK + [HEAD, ...rows].map(csvLine).join('');
}

function foundRow({ attendee, outcome, by, registrationIds }: Finding): string[] {
  const { row, name = '', email = '', stays } = attendee;
  const became = outcome === 'matched' ? `matched by ${by}` : outcome;
  return [String(row), became, name, email, String(minutesOf(stays)), registrationIds.join(' '), ''];
}

const faultRow = ({ row, reason }: RowFault): string[] => [String(row), 'not used', '', '', '', '', reason];

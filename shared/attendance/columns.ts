import type { AttendanceReport } from '#shared/domain/attendance-report.ts';
import { canFold } from '#shared/domain/text.ts';

/** Where a table of people keeps what: positions of columns, the best first. */
export interface Columns {
  readonly emails: readonly number[];
  readonly names: readonly number[];
  readonly first: number | undefined;
  readonly last: number | undefined;
  readonly duration: { readonly at: number; readonly unit: 'minutes' | 'seconds' } | undefined;
  readonly from: number | undefined;
  readonly until: number | undefined;
  readonly attended: number | undefined;
  readonly provider: AttendanceReport['provider'];
}

/** Headings by what they head, as they read in lower case; those that tell most exactly come first. */
const HEADINGS = {
  // Somebody may have joined a webinar from another account than the one they registered with.
  email: [
    'registration email',
    'email',
    'e-mail',
    'email address',
    'e-mail address',
    'user email',
    'participant id (upn)',
  ],
  name: ['name', 'full name', 'user name (original name)', 'name (original name)', 'user name', 'participant name'],
  first: ['first name', 'registration first name'],
  last: ['last name', 'registration last name'],
  duration: [
    'time in session (minutes)',
    'time in session',
    'total duration (minutes)',
    'duration (minutes)',
    'in-meeting duration',
    'minutes',
    'duration',
    'time in session (seconds)',
    'duration (seconds)',
  ],
  from: ['join time'],
  until: ['leave time'],
  attended: ['attended'],
} as const;

/** Longer is no heading: a cell is as long as whoever wrote the file likes. */
const LONGEST_HEADING = 100;

const heading = (cell: string): string =>
  canFold(cell, LONGEST_HEADING) ? cell.normalize('NFC').trim().replace(/\s+/g, ' ').toLowerCase() : '';

/** The columns of a table of people if this row is the head of one: it says who, and how long or whether they came. */
export function columnsOf(cells: readonly string[]): Columns | undefined {
  const headings = cells.map(heading);
  const all = (field: keyof typeof HEADINGS) =>
    HEADINGS[field].map((name: string) => headings.indexOf(name)).filter((at) => at >= 0);
  const [duration] = all('duration');
  const columns = {
    emails: all('email'),
    names: all('name'),
    first: all('first')[0],
    last: all('last')[0],
    duration: duration === undefined ? undefined : { at: duration, unit: unitOf(headings[duration]) },
    from: all('from')[0],
    until: all('until')[0],
    attended: all('attended')[0],
  };
  const { emails, names, first, last, from, until, attended } = columns;
  const saysWho = emails.length + names.length > 0 || (first !== undefined && last !== undefined);
  const saysHowLong = duration !== undefined || attended !== undefined || (from !== undefined && until !== undefined);
  // Zoom tells of the meeting as a whole in a table that has a host's address and a duration, too.
  if (!saysWho || !saysHowLong || headings.includes('participants')) return undefined;
  return { ...columns, provider: providerOf(headings) };
}

const unitOf = (name = ''): 'minutes' | 'seconds' => (name.endsWith('(seconds)') ? 'seconds' : 'minutes');

function providerOf(headings: readonly string[]): AttendanceReport['provider'] {
  const has = (...names: string[]) => names.some((name) => headings.includes(name));
  if (has('in-meeting duration', 'first join', 'participant id (upn)')) return 'teams';
  if (has('user name (original name)', 'name (original name)', 'user name')) return 'zoom';
  return has('interest rating') || (has('email address') && has('attended')) ? 'goto' : 'other';
}

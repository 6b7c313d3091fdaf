import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { readReport } from '#shared/attendance/read-report.ts';
import { isUnreadable } from '#shared/attendance/unreadable.ts';
import type { AttendanceReport } from '#shared/domain/attendance-report.ts';
import { minutesOf } from '#shared/domain/stay.ts';
import { goTo, plain, teams, teamsAs, zoomMeeting, zoomWebinar } from '#test/support/reports.ts';

const read = (file: Uint8Array | string): AttendanceReport => {
  const report = readReport(typeof file === 'string' ? Buffer.from(file) : file);
  if (isUnreadable(report)) throw new Error(report.unreadable);
  return report;
};
/** Who was there for how long: by address, or by name where there is none. */
const minutesIn = (file: Uint8Array | string) =>
  Object.fromEntries(read(file).attendees.map(({ email, name, stays }) => [email ?? name, minutesOf(stays)]));
const refusal = (file: Uint8Array | string): string => {
  const report = readReport(typeof file === 'string' ? Buffer.from(file) : file);
  if (!isUnreadable(report)) throw new Error('It was read');
  return report.unreadable;
};

describe('the report of', () => {
  test('a Zoom webinar tells of hosts, panellists, attendees with all their sessions, and who dialled in', () => {
    expect(minutesIn(zoomWebinar)).toEqual({
      'events@example.org': 231,
      'mara@example.org': 225,
      'ada@example.org': 80,
      'cem@example.org': 209,
      '442079460000': 12,
    });
    expect(read(zoomWebinar)).toMatchObject({ provider: 'zoom', rows: 7, absent: 1, faults: [] });
    expect(read(zoomWebinar).attendees[3]).toMatchObject({ row: 16, name: 'Cem Aydın, Ankara' });
  });

  test('a Zoom meeting is that of its people, not of the meeting as a whole; sessions that overlap count once', () => {
    expect(minutesIn(zoomMeeting)).toEqual({ 'ada@example.org': 125, 'Bea Ortiz': 50 });
    expect(read(zoomMeeting)).toMatchObject({ provider: 'zoom', rows: 3 });
  });

  test('Teams tells of everybody once, although the file does twice', () => {
    expect(minutesIn(teams)).toEqual({
      'ada@example.org': 62,
      'zoe@example.org': 1,
      'Guest of nobody (Unverified)': 20,
    });
    expect(read(teams)).toMatchObject({ provider: 'teams', rows: 3, absent: 0, faults: [] });
    expect(read(teams).attendees[1]).toMatchObject({ name: 'Zoë "Zo" Ångström' });
  });

  test('GoTo leaves out who did not come', () => {
    expect(minutesIn(goTo)).toEqual({ 'ada@example.org': 90, 'cem@example.org': 64 });
    expect(read(goTo)).toMatchObject({ provider: 'goto', rows: 3, absent: 1 });
    expect(read(goTo).attendees[0]).toMatchObject({ name: 'Ada Moreau', row: 8 });
  });

  test('nobody in particular is a table of addresses, names and minutes; no minutes mean not there', () => {
    expect(minutesIn(plain)).toEqual({ 'ada@example.org': 62 });
    expect(read(plain)).toMatchObject({ provider: 'other', rows: 2, absent: 1 });
    expect(minutesIn('Minutes;Email\n5;ada@example.org')).toEqual({ 'ada@example.org': 5 });
    expect(minutesIn('name,minutes\nAda Moreau,7')).toEqual({ 'Ada Moreau': 7 });
    expect(minutesIn('email,attended\nada@example.org,yes\nbea@example.org,no')).toEqual({ 'ada@example.org': 0 });
  });

  test('a Teams webinar goes by the address somebody registered with', () => {
    const head = 'Name\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRegistration Email';
    expect(minutesIn(`${head}\nAda\t5m\tada@work.example.org\tada@tenant.example.org\tada@example.org`)).toEqual({
      'ada@example.org': 5,
    });
  });
});

describe('a file may be', () => {
  test.each(['utf-8', 'utf-16le, unmarked', 'utf-16be', 'utf-16be, unmarked'] as const)('%s', (encoding) => {
    expect(read(teamsAs(encoding))).toEqual(read(teams));
  });

  test('UTF-8 with its mark, or Windows-1252', () => {
    const text = 'name,minutes\nZoë Ångström,5';
    expect(minutesIn(`\ufeff${text}`)).toEqual({ 'Zoë Ångström': 5 });
    expect(minutesIn(Buffer.from(text, 'latin1'))).toEqual({ 'Zoë Ångström': 5 });
    expect(minutesIn(Buffer.from([...Buffer.from('name,minutes\n'), 0x80, 0x41, ...Buffer.from(',5')]))).toEqual({
      '€A': 5,
    });
  });

  test.each([',', ';', '\t'])('divided by %j, whatever stands in quotes', (delimiter) => {
    const row = (...cells: string[]) => cells.map((cell) => `"${cell}"`).join(delimiter);
    const file = `${row('email', 'name', 'minutes')}\r\n${row('a@example.org', 'Moreau,\nAda; ""Ad""\t', '5,5')}\r\n`;
    expect(read(file).attendees).toEqual([
      { row: 2, email: 'a@example.org', name: 'Moreau, Ada; "Ad"', stays: [{ seconds: 330 }] },
    ]);
  });

  test.each(['\n', '\r\n', '\r'])('of lines that end in %j, even if the first ends otherwise', (end) => {
    for (const first of ['\n', '\r\n', '\r']) {
      expect(minutesIn(`email,minutes${first}a@example.org,1${end}b@example.org,2${end}`)).toEqual({
        'a@example.org': 1,
        'b@example.org': 2,
      });
    }
  });

  test('of 50,000 rows, of which none is kept but the people', () => {
    const line = (n: number) =>
      `Yes,Person ${n % 20_000},p${n % 20_000}@example.org,"02/19/2026 09:30:00 AM",,${n % 90}`;
    const rows = Array.from({ length: 50_000 }, (_, n) => line(n));
    const report = read(['Attended,User Name,Email,Join Time,Leave Time,Duration (minutes)', ...rows].join('\n'));
    expect(report).toMatchObject({ rows: 50_000, absent: 0, faults: [] });
    expect(report.attendees).toHaveLength(20_000);
    expect(report.attendees.flatMap(({ stays }) => stays)).toHaveLength(50_000);
  });
});

test('a formula is a name like any other, as long as nobody computes it', () => {
  const [attendee] = read('name,minutes\n"=cmd|\' /C calc\'!A0",5').attendees;
  expect(attendee?.name).toBe("=cmd|' /C calc'!A0");
});

test('a row that cannot be used is named by its number, as a spreadsheet counts, with the reason', () => {
  const file = [
    'email,name,minutes',
    'ada@example.org,Ada,5',
    '',
    'nobody at all,,5',
    '"bea@example.org","Bea\nOrtiz",many',
    ',,7',
    'cem@example.org,Cem,1:02',
    'dan@example.org,Dan,',
    'eve@example.org',
    'fay@example.org,Fay,999999',
    'not-an-address,Gil,3',
  ].join('\n');
  expect(read(file)).toMatchObject({
    rows: 9,
    attendees: [
      { email: 'ada@example.org', row: 2 },
      { name: 'Gil', row: 11 },
    ],
    faults: [
      { row: 4, reason: '“nobody at all” is no email address' },
      { row: 5, reason: '“many” is no duration: write minutes, or like 1h 2m 3s or 1:02:03' },
      { row: 6, reason: 'There is neither an address nor a name' },
      { row: 7, reason: '“1:02” is no duration: write minutes, or like 1h 2m 3s or 1:02:03' },
      { row: 8, reason: 'It does not say how long they were there' },
      { row: 9, reason: 'It does not say how long they were there' },
      { row: 10, reason: 'Nobody was there for more than 31 days' },
    ],
  });
});

test.each([
  ['nothing', '', 'The file is empty'],
  ['a mark and blanks', '\ufeff \r\n ', 'The file is empty'],
  ['a PDF', '%PDF-1.7\n%âãÏÓ\n1 0 obj', 'This is a PDF: download the report as CSV instead'],
  ['a workbook', Buffer.from('504b0304140006000800', 'hex'), 'This is an Excel workbook'],
  ['an old workbook', Buffer.from('d0cf11e0a1b11ae1', 'hex'), 'This is an old Excel workbook'],
  ['a compressed file', Buffer.from('1f8b0800', 'hex'), 'This file is compressed'],
  ['a web page', '<!DOCTYPE html><title>Sign in</title>', 'This is a web page'],
  ['pixels', Buffer.from('89504e470d0a1a0a0000000d49484452', 'hex'), 'This is not a text file'],
  ['rows without headings', 'ada@example.org,Ada,62\nbea@example.org,Bea,4', 'There is no row of headings'],
  ['headings that say nothing of use', 'email,organisation\nada@example.org,Blois', 'There is no row of headings'],
  ['prose', 'Everybody was there, and stayed to the end.', 'There is no row of headings'],
  ['a quotation mark too many', 'email,minutes\n"ada@example.org,5\n', 'Row 2 begins with a quotation mark'],
  ['a row without an end', `email,minutes\n${'a'.repeat(70_000)}`, 'Row 2 is longer than 64 KB'],
  ['more rows than any event has people', `email,minutes\n${',\n'.repeat(200_000)}`, 'more than 200,000 rows'],
])('%s is no report, and the reason says what is wanted', (_, file, reason) => {
  expect(refusal(file)).toContain(reason);
  expect(refusal(file)).toMatch(/\. Send the attendance report of Zoom, Teams or GoTo .* email, name and minutes\.$/);
});

/** Bytes of every kind: any at all, text with a head of a table, and real reports cut and spoilt. */
const anyBytes = fc.oneof(
  fc.uint8Array({ maxLength: 400 }),
  fc.string({ unit: 'binary', maxLength: 200 }).map((text) => Buffer.from(`email,name,minutes\n${text}`)),
  fc
    .tuple(
      fc.constantFrom(zoomWebinar, zoomMeeting, teams, goTo, plain),
      fc.nat(),
      fc.nat(),
      fc.uint8Array({ maxLength: 9 }),
    )
    .map(([file, from, to, spoilt]) => {
      const [start, end] = [from % file.length, to % file.length].sort((a, b) => a - b);
      return Buffer.concat([file.subarray(0, start), spoilt, file.subarray(end)]);
    }),
);

test('whatever the bytes, they are a report or there is a reason why not, and all that is read makes sense', () => {
  fc.assert(
    fc.property(anyBytes, (file) => {
      const report = readReport(file);
      if (isUnreadable(report)) {
        expect(report.unreadable).toMatch(/^[A-Z].+\.$/s);
        return;
      }
      const { rows, absent, faults, attendees } = report;
      expect(absent + faults.length + attendees.flatMap(({ stays }) => stays).length).toBe(rows);
      for (const { email, name, stays } of attendees) {
        expect(email ?? name).toBeTruthy();
        for (const { seconds } of stays) expect(seconds).toBeGreaterThanOrEqual(0);
        expect(minutesOf(stays)).toBeLessThanOrEqual(stays.length * 31 * 24 * 60);
      }
    }),
    { numRuns: 600 },
  );
});

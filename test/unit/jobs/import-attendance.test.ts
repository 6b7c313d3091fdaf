import { describe, expect, test } from 'vitest';
import { attendanceOf } from '#shared/domain/attendance.ts';
import { erase } from '#shared/domain/erase.ts';
import { PIECE } from '#shared/domain/job.ts';
import { filesOf } from '#shared/domain/job-files.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { instantAt } from '#shared/domain/time.ts';
import { teams, zoomWebinar } from '#test/support/reports.ts';
import { type Working, working } from '#test/support/working.ts';

const person = (name: string, other: Partial<Registration> = {}): Partial<Registration> => ({
  name,
  email: `${name.toLowerCase().replaceAll(' ', '.')}@example.org`,
  ...other,
});
const PEOPLE = [
  person('Ada Moreau', { email: 'ada@example.org' }),
  person('Bea Ortiz'),
  person('Cem Aydın'),
  person('Jo'),
  person('JO'),
];
const REPORT = [
  'email,name,minutes',
  'ada@example.org,,62',
  'ada@example.org,,8',
  'cem@elsewhere.example.org,cem aydın,30',
  ',Jo,15',
  'stranger@example.org,A. Stranger,5',
  'nobody,,5',
  'bea.ortiz@example.org,,0',
].join('\n');

const read = async (world: Working, report: string | Uint8Array = REPORT) => {
  const jobId = await world.upload(report);
  await world.work(jobId);
  return world.job(jobId);
};
const fileOf = (world: Working, name: string) => Buffer.from(world.kept.get(name) ?? '').toString();

test('read, a report counts for nothing yet: it says who was found, who may be several, and who is nobody', async () => {
  const world = await working(PEOPLE);
  const job = await read(world);
  expect(job).toMatchObject({ state: 'previewed', provider: 'other', step: 10, steps: 10 });
  expect(job.counts).toEqual({ rows: 7, faults: 1, absent: 1, attendees: 4, matched: 2, ambiguous: 1, unknown: 1 });
  expect(JSON.parse(fileOf(world, filesOf(job.jobId).excerpt))).toMatchObject({
    matched: [
      { row: 4, by: 'name', minutes: 30, registrationId: world.rows[2]?.registrationId },
      { row: 2, by: 'address', minutes: 70, registrationId: world.rows[0]?.registrationId },
    ],
    ambiguous: [{ row: 5, name: 'Jo' }],
    unknown: [{ row: 6, email: 'stranger@example.org' }],
    faults: [{ row: 7, reason: '“nobody” is no email address' }],
  });
  expect(Object.values(await world.minutes())).toEqual(PEOPLE.map(() => undefined));
  expect(await world.stored()).toEqual(world.event);
});

test('applied, everybody who was found has their minutes, and it is final who came', async () => {
  const world = await working(PEOPLE);
  const job = await world.imported(REPORT);
  expect(job).toMatchObject({ state: 'done', confirmed: 2, gone: 0, step: 2, steps: 2 });
  expect(await world.minutes()).toEqual({ 'Ada Moreau': 70, 'Cem Aydın': 30 });
  const event = await world.stored();
  const at = instantAt(world.now());
  expect(event).toEqual({ ...world.event, attendanceFinalAt: at, attendanceImportedAt: at, revision: event.revision });
  expect(await world.events.planDueAt(world.eventId)).toBe(world.now());
  const { people } = await world.registrations.list(world.eventId);
  const came = Object.fromEntries(people.map((row) => [row.name, attendanceOf(event, row, world.now())]));
  expect(came).toMatchObject({ 'Ada Moreau': 'attended', 'Cem Aydın': 'attended', 'Bea Ortiz': 'no-show' });
});

test.each([
  ['Zoom', zoomWebinar, 80],
  ['Teams', teams, 62],
])('the report of %s as it is exported', async (_, report, minutes) => {
  const world = await working(PEOPLE);
  expect(await world.imported(report)).toMatchObject({ state: 'done' });
  expect(await world.minutes()).toMatchObject({ 'Ada Moreau': minutes });
});

test('a second report adds who was missing and lowers nobody', async () => {
  const world = await working(PEOPLE);
  await world.imported('email,minutes\nada@example.org,70');
  const first = await world.stored();
  world.pass(3600);
  await world.imported('email,minutes\nada@example.org,20\nbea.ortiz@example.org,40');
  expect(await world.minutes()).toMatchObject({ 'Ada Moreau': 70, 'Bea Ortiz': 40 });
  expect(await world.stored()).toMatchObject({
    attendanceImportedAt: instantAt(world.now()),
    attendanceFinalAt: first.attendanceFinalAt,
  });
});

test('everything that was found is a CSV in which no spreadsheet computes anything', async () => {
  const world = await working(PEOPLE);
  const { jobId } = await read(
    world,
    'name,minutes\n"=cmd|\' /C calc\'!A0",5\nJo,6\n@SUM(A1),7\n-1+2,x\nBea Ortiz,8\n',
  );
  const idOf = (n: number) => world.rows[n]?.registrationId ?? '';
  const line = (...cells: string[]) => cells.map((cell) => `"${cell}"`).join(',');
  expect(fileOf(world, filesOf(jobId).findings).split('\r\n')).toEqual([
    `\ufeff${line('row', 'outcome', 'name', 'email', 'minutes', 'registrationIds', 'reason')}`,
    line('2', 'unknown', "'=cmd|' /C calc'!A0", '', '5', '', ''),
    line('3', 'ambiguous', 'Jo', '', '6', [idOf(3), idOf(4)].sort().join(' '), ''),
    line('4', 'unknown', "'@SUM(A1)", '', '7', '', ''),
    line('5', 'not used', '', '', '', '', '“x” is no duration: write minutes, or like 1h 2m 3s or 1:02:03'),
    line('6', 'matched by name', 'Bea Ortiz', '', '8', idOf(1), ''),
    '',
  ]);
});

describe('a job fails with a reason for whoever sent the file', () => {
  test('that is no report', async () => {
    const world = await working(PEOPLE);
    const job = await read(world, '%PDF-1.7');
    expect(job).toMatchObject({ state: 'failed', failure: expect.stringContaining('This is a PDF') });
    await world.work(job.jobId);
    expect(await world.job(job.jobId)).toEqual(job);
  });

  test('that was replaced after it was to be read', async () => {
    const world = await working(PEOPLE);
    const jobId = await world.upload(REPORT);
    world.kept.set(filesOf(jobId).upload, Buffer.from('email,minutes\nbea.ortiz@example.org,99'));
    await world.work(jobId);
    expect(await world.job(jobId)).toMatchObject({ state: 'failed', failure: expect.stringContaining('was replaced') });
  });
});

test('who is erased between preview and applying is passed over, and nothing brings them back', async () => {
  const world = await working([...PEOPLE, person('Dan'), person('Eve')]);
  const job = await read(world, `${REPORT}\ndan@example.org,,5\neve@example.org,,6`);
  const [dan, eve] = world.rows.slice(-2) as [Registration, Registration];
  await world.registrations.revise(dan, (row) => erase(row, world.now()));
  await world.table.remove({ pk: `EVENT#${world.eventId}#${shardOf(eve)}`, sk: `REG#${eve.registrationId}` });
  await world.apply(job.jobId);
  await world.work(job.jobId);
  expect(await world.job(job.jobId)).toMatchObject({ state: 'done', confirmed: 2, gone: 2 });
  expect(await world.registrations.tombstone(world.eventId, dan.registrationId)).not.toHaveProperty('minutes');
  expect(await world.registrations.get(world.eventId, eve.registrationId)).toBeUndefined();
});

const shardOf = ({ registrationId }: Registration): number => Number(registrationId.charAt(0)) % 8;

test('of a big event, pieces are bounded and progress rises with each', async () => {
  const count = PIECE * 2 + 7;
  const world = await working(Array.from({ length: count }, (_, n) => person(`Person ${n}`)));
  const lines = Array.from({ length: count }, (_, n) => `person.${n}@example.org,${(n % 90) + 1}`);
  const jobId = await world.upload(['email,minutes', ...lines].join('\n'));
  const seen: number[] = [];
  const save: typeof world.jobs.save = async (before, next) => {
    if (next.step > before.step) seen.push(next.step / next.steps);
    return world.jobs.save(before, next);
  };
  let most = 0;
  const getMany: typeof world.registrations.getMany = async (people) => {
    most = Math.max(most, people.length);
    return world.registrations.getMany(people);
  };
  const over = { jobs: { ...world.jobs, save }, registrations: { ...world.registrations, getMany } };
  await world.work(jobId, over);
  expect(seen).toEqual(Array.from({ length: 10 }, (_, n) => (n + 1) / 10));
  seen.length = 0;
  await world.apply(jobId);
  await world.work(jobId, over);
  expect(seen).toEqual([1 / 4, 2 / 4, 3 / 4, 1]);
  expect(most).toBe(PIECE);
  expect(await world.job(jobId)).toMatchObject({ state: 'done', confirmed: count });
});

test('whoever the report cannot mean is met and let go: what is kept grows with the report, not with the event', async () => {
  const world = await working([...PEOPLE, ...Array.from({ length: 300 }, (_, n) => person(`Somebody ${n}`))]);
  const { jobId } = await read(world);
  const kept = filesOf(jobId).candidates.flatMap((name) => JSON.parse(fileOf(world, name)) as { name: string }[]);
  expect(kept.map(({ name }) => name).sort()).toEqual(['Ada Moreau', 'Cem Aydın', 'JO', 'Jo']);
});

test('out of time, the rest is left to a message that names the job and nobody; to sweep after three of them', async () => {
  const world = await working(PEOPLE);
  const jobId = await world.upload(REPORT);
  const chains: number[] = [];
  for (let due = [jobId]; due.length > 0; due = await world.jobs.due(world.now())) {
    let links = 0;
    await world.work(jobId, { budget: 0 });
    for (; world.queue.length > 0; links++) {
      expect(world.queue.splice(0)).toEqual([{ body: { v: 1, jobId, links: links + 1 } }]);
      await world.work(jobId, { budget: 0 }, links + 1);
    }
    chains.push(links);
  }
  expect(chains).toEqual([3, 3, 1]);
  expect(await world.job(jobId)).toMatchObject({ state: 'previewed', counts: { matched: 2 } });
});

test('nobody is named in the log, in the job, or in the names of its files', async () => {
  const world = await working(PEOPLE);
  const job = await world.imported(REPORT);
  const said = JSON.stringify([world.logger.lines, job, [...world.kept.keys()]]);
  for (const secret of ['Ada', 'Moreau', '@example', 'Stranger', 'nobody']) expect(said).not.toContain(secret);
});

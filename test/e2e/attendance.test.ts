import { expect, inject, test } from 'vitest';
import type { JobView } from '#functions/organiser-api/job-view.ts';
import type { RegistrationView } from '#functions/organiser-api/registration-view.ts';
import { crowd } from '#test/support/crowd.ts';
import { deployed, settled, until } from '#test/support/deployed.ts';
import { killWorkersOf } from '#test/support/workers.ts';

const app = deployed();
const MINUTE = 60_000;
const wall = (at: number) => new Date(at).toISOString().slice(0, 16);

/** An online event in UTC that ended an hour ago, and so many people who had a place at it. */
async function over(people: number) {
  const end = Date.now() - 60 * MINUTE;
  const times = { startsAt: wall(end - 60 * MINUTE), endsAt: wall(end), timeZone: 'UTC' };
  const { eventId, slug } = await app.event({ ...times, joining: { url: 'https://meet.example.org/1' } });
  const host = `${slug}.example.org`;
  const began = performance.now();
  await crowd(eventId, people, host);
  /** How long this machine took for one write of each, as busy as it is. */
  const wrote = performance.now() - began;
  return { eventId, host, wrote, path: `/api/v1/events/${eventId}` };
}

/** A job and where its file is to be sent. */
async function asked(path: string, bytes: number): Promise<JobView> {
  const { status, body } = await app.call<JobView>('POST', `${path}/attendance/import`, { body: { bytes } });
  expect(status, JSON.stringify(body)).toBe(202);
  return body;
}

const put = (url: string | undefined, body: Uint8Array) => fetch(String(url), { method: 'PUT', body });
const act = (jobId: string, what: 'start' | 'apply') => app.call<JobView>('POST', `/api/v1/jobs/${jobId}/${what}`);
const look = async (jobId: string) => (await app.call<JobView>('GET', `/api/v1/jobs/${jobId}`)).body;

/** Sends a report as an organiser does: says how large it is, uploads it, has it read. */
async function sent(path: string, report: Uint8Array): Promise<string> {
  const { jobId, upload } = await asked(path, report.length);
  expect((await put(upload?.url, report)).status).toBe(200);
  expect(await act(jobId, 'start')).toMatchObject({ status: 202 });
  return jobId;
}

/** Watches a job until it is so; resolves to it, and to every progress that was seen. */
async function watch(jobId: string, state: JobView['state'], meanwhile: (job: JobView) => void = () => {}) {
  const seen: number[] = [];
  const job = await until(
    `the job to be ${state}`,
    async () => {
      const now = await look(jobId);
      if (now.state === 'failed') throw new Error(now.failure);
      seen.push(now.progress);
      if (now.state === state) return now;
      meanwhile(now);
      await settled(500);
      return false;
    },
    4 * MINUTE,
  );
  return { job, seen };
}

const minutesOf = async (eventId: string) =>
  new Map((await app.people(eventId)).map(({ email, minutes }) => [email, minutes]));

test(
  '10,000 rows are read and applied in a minute, or 2.5 times as long as as many plain writes, and progress is seen to rise',
  async () => {
    const rows = 10_000;
    const { host, path, wrote } = await over(rows);
    const lines = Array.from({ length: rows }, (_, n) => `person${n}@${host},Person ${n},${(n % 90) + 1}`);
    const began = performance.now();
    const jobId = await sent(path, Buffer.from(['email,name,minutes', ...lines].join('\n')));
    const read = await watch(jobId, 'previewed');
    expect(read.job.counts).toMatchObject({ rows, matched: rows, ambiguous: 0, unknown: 0, faults: 0 });
    expect((await act(jobId, 'apply')).status).toBe(202);
    const done = await watch(jobId, 'done');
    // The emulator does one thing at a time, on a machine that others may keep busy.
    expect(performance.now() - began).toBeLessThan(Math.max(MINUTE, 2.5 * wrote));
    expect(done.job.applied).toEqual({ confirmed: rows, gone: 0 });
    for (const { seen } of [read, done]) expect(seen).toEqual([...seen].sort((a, b) => a - b));
    // Reading is a matter of seconds, between two looks.
    expect(new Set(done.seen).size).toBeGreaterThan(5);
  },
  6 * MINUTE,
);

test(
  'a report of Teams: previewed, it counts for nothing; applied, mail to those who came goes out at last',
  async () => {
    const { eventId, host, path } = await over(3);
    const campaign = {
      name: 'Thank you',
      kind: 'announcement',
      state: 'active',
      trigger: { at: wall(Date.now() + 2 * MINUTE) },
      audience: { attendance: ['attended'] },
    };
    expect(await app.call('POST', `${path}/campaigns`, { body: campaign })).toMatchObject({ status: 201 });
    const head = 'Name\tFirst Join\tLast Leave\tIn-Meeting Duration\tEmail\tParticipant ID (UPN)\tRole';
    const row = (name: string, lasted: string, email: string) => `${name}\t\t\t${lasted}\t${email}\t\tAttendee`;
    const lines = [
      '1. Summary',
      '',
      '2. Participants',
      head,
      row('P', '1h 2m 3s', `Person0@${host.toUpperCase()}`),
      row('=cmd|calc', '4m', ''),
    ];
    const jobId = await sent(path, Buffer.from(`\ufeff${lines.join('\r\n')}`, 'utf16le'));
    const { job } = await watch(jobId, 'previewed');
    expect(job).toMatchObject({
      provider: 'teams',
      counts: { matched: 1, unknown: 1 },
      found: { matched: [{ row: 5, by: 'address', minutes: 62 }], unknown: [{ name: '=cmd|calc' }] },
    });
    const download = await fetch(String(job.download?.url));
    expect(download.headers.get('content-disposition')).toBe(`attachment; filename="attendance-${eventId}.csv"`);
    expect(await download.text()).toContain(`"6","unknown","'=cmd|calc","","4"`);
    expect([...(await minutesOf(eventId)).values()]).toEqual([undefined, undefined, undefined]);
    expect((await app.call('GET', `${path}/stats`)).body).toMatchObject({ attendance: { final: false } });

    expect((await act(jobId, 'apply')).status).toBe(202);
    await watch(jobId, 'done');
    const people = await app.people(eventId);
    const came = (email: string) => people.find((each): each is RegistrationView => each.email === email);
    expect(came(`person0@${host}`)).toMatchObject({
      attendance: 'attended',
      evidence: 'provider-confirmed',
      minutes: 62,
    });
    expect(came(`person1@${host}`)).toMatchObject({ attendance: 'no-show', evidence: 'none' });
    expect((await app.call('GET', `${path}/stats`)).body).toMatchObject({
      attendance: { final: true, counts: { attended: 1, 'no-show': 2, unknown: 0 } },
    });
    await until('the mail', async () => (await app.mails(`person0@${host}`)).length === 1, 4 * MINUTE);
    for (const n of [1, 2]) expect(await app.mails(`person${n}@${host}`)).toEqual([]);
  },
  6 * MINUTE,
);

test('an upload opens to its address alone: for that file, of that size, and to nobody without it', async () => {
  const { path } = await over(1);
  const report = Buffer.from('email,minutes\nnobody@example.org,5');
  const { jobId, upload } = await asked(path, report.length);
  const url = new URL(String(upload?.url));
  const bare = `${url.origin}${url.pathname}`;
  const forged = new URL(url);
  forged.pathname = forged.pathname.replace(/.$/, 'x');
  for (const refused of [
    await put(bare, report),
    await put(forged.href, report),
    await put(url.href, Buffer.concat([report, report])),
    await fetch(url.href),
  ]) {
    expect(refused.status).toBe(403);
  }
  expect(await act(jobId, 'start')).toMatchObject({ status: 409 });
  expect((await put(url.href, report)).status).toBe(200);
  expect((await fetch(bare)).status).toBe(403);
  expect(await act(jobId, 'start')).toMatchObject({ status: 202 });
});

test(
  'kill -9 of the worker in the middle of its work: the import comes to the same, and nobody is left out',
  async () => {
    const rows = 2000;
    const { eventId, host, path } = await over(rows);
    const lines = Array.from({ length: rows }, (_, n) => `person${n}@${host},yes,${n % 90}`);
    const jobId = await sent(path, Buffer.from(['email,attended,minutes', ...lines].join('\n')));
    // Once: each costs the time for which its message stays out of sight.
    const killed = new Map<string, number>();
    const kill = ({ state, progress }: JobView) => {
      if (progress === 0 || progress === 1 || killed.has(state)) return;
      const found = killWorkersOf(String(app.outputs.JobsFunctionName), inject('localAws').endpoint);
      if (found > 0) killed.set(state, found);
    };
    await watch(jobId, 'previewed');
    expect((await act(jobId, 'apply')).status).toBe(202);
    const { job } = await watch(jobId, 'done', kill);
    expect(killed.get('applying')).toBeGreaterThan(0);
    expect(job.applied).toEqual({ confirmed: rows, gone: 0 });
    const minutes = await minutesOf(eventId);
    for (let n = 0; n < rows; n++) expect(minutes.get(`person${n}@${host}`)).toBe(n % 90);
  },
  8 * MINUTE,
);

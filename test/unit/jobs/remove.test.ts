import { describe, expect, test } from 'vitest';
import type { JobDeps } from '#functions/jobs/deps.ts';
import { registerAgain } from '#shared/domain/change-registration.ts';
import { PIECE } from '#shared/domain/job.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { Removal } from '#shared/domain/removal.ts';
import { dyingAt } from '#test/support/mortal.ts';
import { type Working, working } from '#test/support/working.ts';

type Mortal = ReturnType<typeof dyingAt>['mortal'];

const JUNK: Partial<Registration>[] = [
  { name: 'Casino 1', email: 'c1@example.org', greetDue: new Set(['1@a1']), greetDueAt: 0 },
  { name: 'Casino 2', email: 'c2@example.org', seat: 'taken' },
  { name: 'CASINO 3', email: 'c3@example.org', status: 'waitlisted', seat: 'waiting:4' },
  { name: 'Casino 4', email: 'c4@example.org', status: 'cancelled', cancelledAt: '2026-01-01T00:00:00Z' },
];
const REAL: Partial<Registration>[] = [{ name: 'Ada Moreau', email: 'ada@example.org' }];
const people = [...JUNK, ...REAL];
const casinos = (action: Removal['action']): Removal => ({ action, filter: { name: 'casino*' } });

const everybody = async ({ registrations, rows }: Working) =>
  Object.fromEntries((await registrations.rows(rows)).map((row) => [row.email, row]));

/** What came of it: for whoever asks, nothing else of a removal is ever seen. */
async function outcome(world: Working, jobId: string) {
  const { state, step, steps, people: found, removed, left } = await world.job(jobId);
  return { job: { state, step, steps, found, removed, left }, rows: await everybody(world) };
}

/** A whole removal whose worker dies at its n-th call; its message is then delivered again. */
async function removal(
  action: Removal['action'],
  at: { n: number; when: 'before' | 'after' } = { n: 0, when: 'before' },
) {
  const withIds = people.map((each, n) => ({ registrationId: `00000000000000p${n}`, ...each }));
  const world = await working(withIds, { eventId: '0000000000000e01' });
  const jobId = await world.remove(casinos(action));
  const { mortal, died, calls } = dyingAt(at.n, at.when);
  const deliver = async () => {
    await Promise.race([world.work(jobId, mortalPorts(world, mortal)), died]);
    await world.work(jobId);
  };
  await deliver();
  const { people: found } = await world.job(jobId);
  await world.apply(jobId, found);
  await deliver();
  return { calls: calls(), outcome: await outcome(world, jobId), world };
}

function mortalPorts({ deps }: Working, mortal: Mortal): JobDeps {
  const { jobs, events, registrations, eraser, files } = deps;
  const { page, rows, revise, tombstone } = registrations;
  const theirs = { page: mortal(page), rows: mortal(rows), revise: mortal(revise), tombstone: mortal(tombstone) };
  return {
    ...deps,
    jobs: { ...jobs, get: mortal(jobs.get), save: mortal(jobs.save) },
    events: { ...events, get: mortal(events.get) },
    registrations: { ...registrations, ...theirs },
    eraser: { removeTraces: mortal(eraser.removeTraces), removeRow: mortal(eraser.removeRow) },
    files: { ...files, read: mortal(files.read), write: mortal(files.write) },
  };
}

describe('a removal', () => {
  test('finds whom it means, and changes nothing before it is applied', async () => {
    const world = await working(people);
    const jobId = await world.remove(casinos('cancel'));
    const before = await everybody(world);
    await world.work(jobId);
    expect(await world.job(jobId)).toMatchObject({ state: 'previewed', people: 3 });
    expect(await everybody(world)).toEqual(before);
  });

  test('is not applied without the number of those it means, nor with another', async () => {
    const world = await working(people);
    const jobId = await world.remove(casinos('cancel'));
    await world.work(jobId);
    for (const expected of [undefined, 0, 2, 4]) {
      await expect(world.apply(jobId, expected)).rejects.toMatchObject({ code: 'expectation-needed', field: 'expect' });
    }
    await world.apply(jobId, 3);
    expect((await world.job(jobId)).state).toBe('applying');
  });

  test('cancelled without mail: nothing is owed to them but that their seat is given on', async () => {
    const { outcome: after } = await removal('cancel');
    const { job, rows } = after;
    expect(job).toMatchObject({ state: 'done', found: 3, removed: 3, left: 0 });
    for (const email of ['c1@example.org', 'c2@example.org', 'c3@example.org']) {
      expect(rows[email]).toMatchObject({ status: 'cancelled', cancelledQuietly: true });
    }
    expect(rows['c1@example.org']?.greetDue).toBeUndefined();
    expect(rows['c2@example.org']?.greetDue).toEqual(new Set(['seat']));
    expect(rows['c3@example.org']?.greetDue).toEqual(new Set(['seat']));
    expect(rows['c4@example.org']?.cancelledQuietly).toBeUndefined();
    expect(rows['ada@example.org']).toMatchObject({ status: 'confirmed' });
  });

  test('what an address they left is told stays owed, and so does a mail that somebody is sending', async () => {
    const stays = ['address-moved@q1-abc', 'resend@q2-abc'];
    const greetDue = new Set([...stays, 'already-registered@q3-abc', '1@a1']);
    const deliveries = { 'resend@q2-abc': 'claimed|1770000000|1|abcdef' };
    const world = await working([{ name: 'Casino', greetDue, greetDueAt: 5, deliveries }]);
    const jobId = await world.remove(casinos('cancel'));
    await world.work(jobId);
    await world.apply(jobId, 1);
    await world.work(jobId);
    const [row] = Object.values(await everybody(world));
    expect(row?.greetDue).toEqual(new Set(stays));
  });

  test('erased, of seat holders is left what gives the seat on, of the others nothing', async () => {
    const { outcome: after } = await removal('erase');
    expect(after.job).toMatchObject({ state: 'done', found: 4, removed: 4, left: 0 });
    const names = Object.values(after.rows).map(({ name }) => name);
    expect(names.sort()).toEqual(['Ada Moreau', 'Erased']);
    const tombstones = Object.values(after.rows).filter(({ erased }) => erased);
    expect(tombstones.every(({ seat }) => seat !== undefined)).toBe(true);
  });

  test('touches nobody who was not previewed, nor whoever came back, corrected their name, or moved since', async () => {
    const world = await working([
      { name: 'Casino 1', email: 'c1@example.org' },
      { name: 'Casino 2', email: 'c2@example.org' },
      { name: 'Casino 3', email: 'c3@example.org', status: 'cancelled' },
    ]);
    const jobId = await world.remove({ action: 'erase', filter: { name: 'casino*' } });
    await world.work(jobId);
    const [one, two, three] = world.rows as [Registration, Registration, Registration];
    await world.registrations.revise(one, (row) => ({ row: { ...row, name: 'Ada Moreau' } }));
    await world.registrations.revise(two, (row) => ({ row: { ...row, admissions: row.admissions + 1 } }));
    const again = { capped: false, now: '2026-02-01T00:00:00Z', allowance: { delay: 0, dropped: false } };
    await world.registrations.revise(three, (row) => registerAgain(row, again));
    await world.apply(jobId, 3);
    const before = await everybody(world);
    await world.work(jobId);
    expect(await everybody(world)).toEqual(before);
    expect(await world.job(jobId)).toMatchObject({ state: 'done', removed: 0, left: 3 });
  });

  test('whoever registers again is as if nobody had removed them', async () => {
    const { world, outcome: after } = await removal('cancel');
    const row = after.rows['c1@example.org'] as Registration;
    const again = { capped: false, now: '2026-02-01T00:00:00Z', allowance: { delay: 0, dropped: false } };
    const back = await world.registrations.revise(row, (current) => registerAgain(current, again));
    expect(back).toMatchObject({ status: 'confirmed', greetDue: new Set(['1@a2']) });
    expect(back?.cancelledQuietly).toBeUndefined();
  });

  test.each(['cancel', 'erase'] as const)(
    '%s: a worker killed before or after any of its calls, and its message delivered again: it comes to the same',
    async (action) => {
      const unharmed = await removal(action);
      expect(unharmed.outcome.job).toMatchObject({ state: 'done' });
      expect(unharmed.calls).toBeGreaterThan(50);
      for (const when of ['before', 'after'] as const) {
        for (let n = 1; n <= unharmed.calls; n++) {
          expect((await removal(action, { n, when })).outcome, `${when} call ${n}`).toEqual(unharmed.outcome);
        }
      }
    },
  );

  test('more than one piece: each of them is removed once', async () => {
    const count = PIECE + 2;
    const world = await working(
      Array.from({ length: count }, (_, n) => ({ name: `Casino ${n}`, email: `c${n}@example.org` })),
    );
    const jobId = await world.remove(casinos('cancel'));
    await world.work(jobId);
    await world.apply(jobId, count);
    await world.work(jobId);
    expect(await world.job(jobId)).toMatchObject({ state: 'done', steps: 2, removed: count, left: 0 });
  });
});

describe('who is meant', () => {
  const hourAgo = (world: Working, seconds: number) => new Date((world.now() - seconds) * 1000).toISOString();

  test('never delivered: no mail arrived and nobody pressed anything, an hour after they registered', async () => {
    const world = await working();
    const registeredAt = hourAgo(world, 3601);
    const made: Partial<Registration>[] = [
      { name: 'sent only', deliveries: { '1@a1': 'sent|1770000000|1|abcdef' } },
      { name: 'nothing at all', deliveries: {} },
      { name: 'bounced', deliveries: { '1@a1': 'bounced|1770000000|1|abcdef' }, bounced: true },
      { name: 'arrived', deliveries: { '1@a1': 'delivered|1770000000|1|abcdef' } },
      { name: 'proved', provedAt: 1_770_000_000, deliveries: {} },
      { name: 'just came', registeredAt: hourAgo(world, 3000), deliveries: {} },
    ];
    const other = await working(made.map((each) => ({ registeredAt, ...each })));
    const found = async (filter: Removal['filter']) => {
      const jobId = await other.remove({ action: 'erase', filter });
      await other.work(jobId);
      return (await other.job(jobId)).people;
    };
    expect(await found({ neverDelivered: true })).toBe(3);
    expect(await found({ bounced: true })).toBe(1);
    expect(await found({ neverDelivered: true, name: '*only' })).toBe(1);
    expect(await found({ registeredAfter: hourAgo(other, 3500) })).toBe(1);
    expect(await found({ registeredBefore: hourAgo(other, 3500) })).toBe(5);
  });
});

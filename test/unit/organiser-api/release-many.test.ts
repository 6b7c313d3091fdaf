import { expect, test } from 'vitest';
import { type ReleasePlace, releaseUnsent } from '#functions/organiser-api/release-unsent.ts';
import { shardOf } from '#shared/domain/ids.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { keys } from '#shared/store/keys.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';
import { aCampaign, anEvent, aRegistration, NOW_EPOCH } from '#test/support/builders.ts';
import { organiserApi } from '#test/support/organiser-api.ts';

const PEOPLE = 100_000;
const PAGE = 1000;
/** What each costs on AWS, milliseconds: a page of a megabyte that is read and parsed, 25 writes at once. */
const READ = 120;
const WRITE = 15;
/** API Gateway hangs up after thirty seconds, and the function ends a second before. */
const LONGEST = 29_000;

const FAILED = 'failed|1795425300|1|k2m4t8|1|MessageRejected';

/** A hundred thousand people of whom so many failed mails, and a clock that every request of the table moves. */
async function manyPeople(failing: (n: number) => boolean) {
  const { deps } = await organiserApi();
  const event = anEvent();
  const rows = Array.from({ length: PEOPLE }, (_, n) =>
    aRegistration({ eventId: event.eventId, deliveries: { '1@a1': failing(n) ? FAILED : 'sent|1|1|k2m4t8' } }),
  );
  const shards = Map.groupBy(rows, ({ registrationId }) => shardOf(registrationId));
  const clock = { now: NOW_EPOCH * 1000 };
  let writes = 0;
  const released = new Map<string, number>();
  const registrations = {
    ...deps.registrations,
    get: async () => undefined,
    async page(eventId: string, shard: number, after?: Record<string, unknown>) {
      clock.now += READ;
      const all = shards.get(shard) ?? [];
      const last = String(after?.sk ?? '').slice('REG#'.length);
      const from = last === '' ? 0 : all.findIndex(({ registrationId }) => registrationId === last) + 1;
      const people = all.slice(from, from + PAGE);
      const end = people.at(-1);
      const hasMore = from + PAGE < all.length && end !== undefined;
      return { people, ...(hasMore && { after: { ...keys.registration(eventId, end.registrationId) } }) };
    },
    revise: (async (row, transition) => {
      if (writes++ % 25 === 0) clock.now += WRITE;
      const next = transition(row);
      if (next) released.set(row.registrationId, (released.get(row.registrationId) ?? 0) + 1);
      return next?.row ?? row;
    }) satisfies RegistrationStore['revise'],
  };
  const events = { ...deps.events, get: async () => event };
  const campaigns = { ...deps.campaigns, list: async () => [aCampaign()] };
  return { deps: { ...deps, registrations, events, campaigns, now: () => clock.now }, event, clock, released, rows };
}
/** Releases until nothing is left to do; how long each call took, milliseconds. */
async function releaseAll({ deps, event, clock }: Awaited<ReturnType<typeof manyPeople>>): Promise<number[]> {
  const calls: number[] = [];
  let from: ReleasePlace | undefined;
  do {
    const started = clock.now;
    const wish = { eventId: event.eventId, state: 'failed', until: NOW_EPOCH, keyId: 'k1', expect: PEOPLE } as const;
    const { next } = await releaseUnsent(deps, { ...wish, from });
    calls.push(clock.now - started);
    from = next;
  } while (from);
  return calls;
}

test.each<[string, (n: number) => boolean]>([
  ['three', (n) => n % 40_000 === 7],
  ['a third', (n) => n % 3 === 0],
  ['all', () => true],
])(
  'of 100,000 people, %s whose mails failed are released once each, and no call comes near its end',
  { timeout: 120_000 },
  async (_, failing) => {
    const many = await manyPeople(failing);
    const calls = await releaseAll(many);
    const meant = many.rows.filter((_row: Registration, n) => failing(n)).map(({ registrationId }) => registrationId);
    expect([...many.released.keys()].sort()).toEqual(meant.sort());
    expect(Math.max(...many.released.values())).toBe(1);
    expect(Math.max(...calls)).toBeLessThan(LONGEST - 5000);
    expect(calls.length).toBeLessThan(20);
  },
);

import { setFlagsFromString } from 'node:v8';
import { runInNewContext } from 'node:vm';
import { expect, test } from 'vitest';
import { meetEverybody } from '#functions/organiser-api/meet-everybody.ts';
import { planCounter } from '#functions/organiser-api/plan-counts.ts';
import { outlookOf } from '#shared/domain/outlook.ts';
import { predict } from '#shared/domain/predict.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { aCampaign, anEvent, aRegistration, aReminder, NOW_EPOCH } from '#test/support/builders.ts';
import { TIMINGS } from '#test/support/sending.ts';

const SHARDS = 8;
const PAGES = 25;
const PAGE = 500;

setFlagsFromString('--expose-gc');
const collect = runInNewContext('gc') as () => void;

/** A hundred thousand people who exist only while somebody holds their page. */
function manyPeople() {
  const alive: WeakRef<readonly Registration[]>[] = [];
  let most = 0;
  const look = () => {
    collect();
    most = Math.max(most, alive.filter((page) => page.deref() !== undefined).length);
  };
  const page = async (eventId: string, shard: number, after?: Record<string, unknown>) => {
    const number = Number(after?.page ?? 0);
    const people = Array.from({ length: PAGE }, (_, n) =>
      aRegistration({ eventId, email: `${shard}.${number}.${n}@example.org`, muted: n % 10 === 0 }),
    );
    alive.push(new WeakRef(people));
    // Between turns only: what was just handed over is held by whoever waits for it.
    await new Promise(setImmediate);
    if (alive.length % 20 === 0) look();
    return { people, ...(number + 1 < PAGES && { after: { page: number + 1 } }) };
  };
  return { page, most: () => most };
}

test('100,000 people are planned in one pass, with one page of each shard in memory', { timeout: 60_000 }, async () => {
  const event = anEvent();
  const people = manyPeople();
  const outlook = outlookOf(event, aReminder(), { runs: [], now: NOW_EPOCH });
  const around = {
    event,
    control: undefined,
    confirmation: aCampaign(),
    gaps: TIMINGS,
    mayReach: () => true,
    now: NOW_EPOCH,
  };
  const counter = planCounter();
  await meetEverybody({ registrations: people }, event.eventId, (row) => counter.add(predict(row, outlook, around)));
  expect(counter.counts).toMatchObject({ willBeSent: 90_000, skipped: { muted: 10_000 }, notAddressed: 0 });
  expect(people.most()).toBeGreaterThan(0);
  expect(people.most()).toBeLessThanOrEqual(2 * SHARDS);
});

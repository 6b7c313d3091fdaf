import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { type Budgets, RESERVE } from '#shared/domain/budget.ts';
import { longestDelay } from '#shared/domain/longest-delay.ts';
import { allowMail, type MailWish } from '#shared/site/allow-mail.ts';
import { budgetStore } from '#shared/store/budgets.ts';
import { type Committed, memoryTable } from '#shared/store/memory-table.ts';
import { anEvent, NOW_EPOCH } from '#test/support/builders.ts';
import { recordedLog } from '#test/support/http.ts';

const hourly = (limit: number) => ({ limit, seconds: 3600 });
const LIMITS: Budgets = { address: hourly(5), ipPrefix: hourly(10), event: hourly(40), overall: hourly(60) };

/** Everybody's budgets over a table in memory. */
function budgets(limits: Budgets = LIMITS) {
  const writes: Committed[] = [];
  const logger = recordedLog();
  let now = Math.ceil(NOW_EPOCH / 3600) * 3600;
  const allow = allowMail({
    budgets: budgetStore(memoryTable((write) => void writes.push(write))),
    limits,
    addressKey: 'a key of the address book',
    now: () => now * 1000,
    logger,
  });
  return {
    writes,
    logger,
    pass: (seconds: number) => {
      now += seconds;
    },
    ask: (wish: Partial<MailWish> = {}) =>
      allow({ eventId: '1000000000000000', email: 'ada@example.org', ip: '203.0.113.7', ...wish }),
  };
}

const network = (n: number): string => `2001:db8:${n.toString(16)}::1`;

describe('a mailbox', () => {
  test('gets five mails an hour from one network, whatever is done to its address, and not one more', async () => {
    const { ask } = budgets();
    const spellings = ['ada+1@example.org', 'a.d.a@example.org', 'ada+x@example.org', 'ad.a@example.org'];
    for (const email of ['ada@example.org', ...spellings])
      expect(await ask({ email })).toMatchObject({ dropped: false });
    expect(await ask()).toEqual({ delay: 0, dropped: true });
    expect(await ask({ email: 'ada+y@example.org' })).toEqual({ delay: 0, dropped: true });
  });

  test('that one network has used up gets the mail its owner asks for from another, and again an hour later', async () => {
    const { ask, pass } = budgets();
    for (let n = 0; n < 50; n++) await ask({ email: `ada+${n}@example.org`, ip: network(1) });
    expect(await ask({ ip: network(2) })).toEqual({ delay: 0, dropped: false });
    expect(await ask({ ip: network(2) })).toMatchObject({ dropped: true });
    pass(3600);
    expect(await ask({ ip: network(1) })).toMatchObject({ dropped: false });
  });

  test('gets no more than its budget and two from the reserve in an hour, however many networks ask, in whatever order', async () => {
    const asked = fc.array(fc.record({ by: fc.nat(30), tag: fc.nat(5) }), { minLength: 1, maxLength: 120 });
    await fc.assert(
      fc.asyncProperty(asked, async (all) => {
        const { ask } = budgets();
        let sent = 0;
        for (const { by, tag } of all) {
          const { dropped } = await ask({ ip: network(by), email: `ada+${tag}@example.org` });
          if (!dropped) sent++;
        }
        expect(sent).toBeLessThanOrEqual(LIMITS.address.limit + RESERVE);
      }),
    );
  });

  test('whatever one network asks for it, its owner is left a mail, at any point of it', async () => {
    const attack = fc.array(fc.record({ tag: fc.nat(60), event: fc.nat(3) }), { maxLength: 80 });
    await fc.assert(
      fc.asyncProperty(attack, fc.nat(80), async (posts, when) => {
        const { ask } = budgets({ ...LIMITS, ipPrefix: hourly(1000), event: hourly(1000), overall: hourly(1000) });
        const at = (event: number) => `100000000000000${event}`;
        for (const [n, { tag, event }] of posts.entries()) {
          if (n === when) expect(await ask({ ip: network(2) })).toEqual({ delay: 0, dropped: false });
          await ask({ ip: network(1), email: `ada+${tag}@example.org`, eventId: at(event) });
        }
        if (when >= posts.length) expect(await ask({ ip: network(2) })).toEqual({ delay: 0, dropped: false });
      }),
    );
  });

  test('what is dropped counts nowhere: it writes nothing', async () => {
    const { ask, writes } = budgets();
    for (let n = 0; n < 5; n++) await ask();
    const before = writes.length;
    for (let n = 0; n < 50; n++) expect(await ask()).toMatchObject({ dropped: true });
    expect(writes).toHaveLength(before);
  });
});

describe('a network', () => {
  /** Delays of whoever comes from a network of their own after others have asked for so much. */
  const honest = async (ask: ReturnType<typeof budgets>['ask'], n: number) =>
    ask({ ip: network(1000 + n), email: `honest${n}@example.org` });

  test('beyond its budget counts no further up: 130 and more from one of them delay nobody else, at no event', async () => {
    const { ask } = budgets();
    for (let n = 0; n < 400; n++)
      await ask({ ip: network(1), email: `made-up${n}@example.org`, eventId: `100000000000000${n % 4}` });
    for (let n = 0; n < 4; n++)
      expect(await ask({ ip: network(2), email: `h${n}@example.org`, eventId: `100000000000000${n}` })).toEqual({
        delay: 0,
        dropped: false,
      });
  });

  test('whatever k networks do and however it interleaves, who keeps to their own waits no longer than k full budgets make them', async () => {
    const { ipPrefix, event, overall } = LIMITS;
    const steps = fc.array(fc.record({ attacker: fc.option(fc.nat(5), { freq: 6 }), mail: fc.nat(1000) }), {
      minLength: 50,
      maxLength: 300,
    });
    await fc.assert(
      fc.asyncProperty(steps, fc.integer({ min: 1, max: 6 }), async (all, k) => {
        const { ask } = budgets();
        let others = 0;
        for (const { attacker, mail } of all) {
          if (attacker !== null) {
            await ask({ ip: network(attacker % k), email: `made-up${mail}@example.org` });
            continue;
          }
          const { delay } = await honest(ask, others++);
          const counted = k * ipPrefix.limit + others - 1;
          expect(delay).toBeLessThanOrEqual(
            3600 * Math.max(Math.floor(counted / event.limit), Math.floor(counted / overall.limit)),
          );
        }
      }),
      { numRuns: 60, endOnFailure: true },
    );
  });

  test('is slowed down by itself alone, and an alarm counts that', async () => {
    const { ask, logger } = budgets();
    for (let n = 0; n < 10; n++) await ask({ email: `person${n}@example.org` });
    expect(await ask({ email: 'one-more@example.org' })).toEqual({ delay: 3600, dropped: false });
    expect(logger.lines.map(({ message, delay }) => [message, delay])).toEqual([['A budget delays mail', 3600]]);
  });

  test('that asks for ever so much is not made to wait longer than the mail is of use', async () => {
    const { ask } = budgets();
    for (let n = 0; n < 100; n++) await ask({ email: `person${n}@example.org` });
    expect(await ask({ email: 'late@example.org', longest: 90 })).toEqual({ delay: 90, dropped: false });
  });
});

test('what causes no mail counts for nothing, though it takes as many writes', async () => {
  const { ask, writes } = budgets();
  for (let n = 0; n < 30; n++) await ask({ isIdle: true });
  expect(await ask({ ip: network(2) })).toEqual({ delay: 0, dropped: false });
  const spent = writes.map(({ after }) => String(after?.pk)).filter((pk) => !pk.startsWith('BUDGET#idle-'));
  expect(spent).toHaveLength(4);
});

test('an idle request makes as many writes as one that counts', async () => {
  const [idle, counts] = [budgets(), budgets()];
  await idle.ask({ isIdle: true });
  await counts.ask();
  expect(idle.writes).toHaveLength(counts.writes.length);
});

test('neither mailbox nor network stands in a counter', async () => {
  const { ask, writes } = budgets();
  await ask({ email: 'ada.lovelace@example.org', ip: '203.0.113.77' });
  await ask({ email: 'ada.lovelace@example.org', isIdle: true });
  expect(JSON.stringify(writes)).not.toMatch(/lovelace|example|203\.0/i);
});

describe('the longest that a mail may wait', () => {
  const START = Date.parse('2027-02-18T09:30:00Z') / 1000;
  const END = Date.parse('2027-02-18T13:00:00Z') / 1000;

  test('is half of what is left: to the close of registration, the start or the end, whichever is next', () => {
    const event = anEvent({ registrationClosesAt: '2027-02-17T09:30' });
    const DAY = 24 * 3600;
    expect(longestDelay(event, START - 3 * DAY)).toBe(DAY);
    expect(longestDelay(event, START - DAY)).toBe(DAY / 2);
    expect(longestDelay(anEvent(), START - 3600)).toBe(1800);
    expect(longestDelay(anEvent(), START)).toBe((END - START) / 2);
    expect(longestDelay(anEvent(), END)).toBe(3600);
  });

  test('never outlasts what it is about, whenever somebody comes', () => {
    fc.assert(
      fc.property(fc.integer({ min: NOW_EPOCH, max: END - 1 }), (now) => {
        const due = now + longestDelay(anEvent(), now);
        expect(due).toBeLessThan(now < START ? START : END);
      }),
    );
  });
});

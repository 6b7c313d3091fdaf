import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { judgeConcurrency } from '#tools/doctor/judge/concurrency.ts';
import { type Ahead, type Allowance, judgePace } from '#tools/doctor/judge/pace.ts';

const NOW = 1_796_000_000;
const HOUR = 3600;
const allowance: Allowance = { rate: 14, quota: 50_000, sentLast24Hours: 0, now: NOW };
const ahead = (given: Partial<Ahead> = {}): Ahead => ({
  slug: 'winter-webinar',
  kind: 'reminder',
  dueAt: NOW + HOUR,
  notAfter: NOW + 2 * HOUR,
  people: 412,
  ...given,
});

describe('the pace', () => {
  test('of the biggest event ahead is told in mails, rate and time', () => {
    expect(judgePace([ahead({ people: 3 }), ahead()], allowance)).toEqual([
      {
        status: 'fine',
        says: 'The biggest event ahead is winter-webinar: 412 mails at 14/s take 29 s, and its reminder has 1 hour.',
      },
    ]);
  });

  test('is worth a note where nothing is ahead', () => {
    expect(judgePace([], allowance)).toMatchObject([{ status: 'note' }]);
    expect(judgePace([ahead({ people: 0 })], allowance)).toMatchObject([{ status: 'note' }]);
  });

  test('that leaves people out says how many', () => {
    const [found] = judgePace([ahead({ people: 5000 })], { ...allowance, rate: 1 });
    expect(found).toMatchObject({ status: 'hurts', says: expect.stringContaining('1,400 people will not get it') });
  });

  test('that needs more than half of the time there is, is tight', () => {
    expect(judgePace([ahead({ people: 2000 })], { ...allowance, rate: 1 })).toMatchObject([{ status: 'soon' }]);
  });

  test('fits or does not by one mail, whatever the numbers', () => {
    fc.assert(
      fc.property(fc.integer({ min: 1, max: 1000 }), fc.integer({ min: 1, max: 86_400 }), (rate, window) => {
        const judged = (people: number) =>
          judgePace([ahead({ people, notAfter: NOW + HOUR + window })], {
            rate,
            quota: undefined,
            sentLast24Hours: 0,
            now: NOW,
          });
        expect(judged(rate * window)).not.toMatchObject([{ status: 'hurts' }]);
        expect(judged(rate * window + 1)).toMatchObject([{ status: 'hurts' }]);
      }),
    );
  });
});

describe('the daily quota', () => {
  const quota = (n: number, sentLast24Hours = 0) => ({ rate: 1000, quota: n, sentLast24Hours, now: NOW });
  const days = (n: number) => ahead({ dueAt: NOW + n * 24 * HOUR + 1, notAfter: NOW + n * 24 * HOUR + 2 * HOUR });

  test('counts what falls into the same 24 hours, and no more', () => {
    expect(judgePace([days(1), days(3)], quota(600))).toMatchObject([{ status: 'fine' }]);
    expect(judgePace([days(1), days(1)], quota(600))).toMatchObject([
      { status: 'hurts', says: expect.stringContaining('824 mails within 24 hours, on the fullest day ahead') },
    ]);
  });

  test('counts what was sent in the last day against what is due in the next', () => {
    const [found] = judgePace([ahead()], quota(500, 300));
    expect(found).toMatchObject({ status: 'hurts', says: expect.stringContaining('212 people wait a day') });
    expect(judgePace([days(2)], quota(500, 300))).not.toMatchObject([{ status: 'hurts' }]);
  });

  test('of four fifths or more is nearly used up, and none at all is no limit', () => {
    expect(judgePace([ahead()], quota(500))).toMatchObject([{ status: 'soon' }]);
    expect(judgePace([ahead()], { ...quota(0), quota: undefined })).toMatchObject([{ status: 'fine' }]);
  });
});

describe('Lambdas at once', () => {
  test.each([
    [1000, 'fine', 'leaves 975'],
    [35, 'fine', 'leaves 10'],
    [34, 'soon', 'leaves 9'],
    [10, 'soon', 'leaves none'],
  ])('%d are %s', (limit, status, says) => {
    expect(judgeConcurrency({ limit, workers: [3, 4, 4, 2, 2, 2, 2, 2, 2], streams: 1, said: 10 })).toMatchObject([
      { status, says: expect.stringContaining(says) },
    ]);
  });

  test('that infra/stages.ts counts on and the account has not are told', () => {
    const facts = { limit: 100, workers: [2], streams: 1 };
    expect(judgeConcurrency({ ...facts, said: 1000 })).toMatchObject([
      { status: 'soon', says: expect.stringContaining('counts on 1000 Lambdas at once (concurrency), but only 100') },
    ]);
    expect(judgeConcurrency({ ...facts, said: 100 })).toMatchObject([{ status: 'fine' }]);
  });

  test('more of them never make it worse, more workers never better', () => {
    const facts = fc.record({
      limit: fc.nat(2000),
      workers: fc.array(fc.nat(50)),
      streams: fc.nat(3),
      said: fc.constant(undefined),
    });
    const isFine = (given: Parameters<typeof judgeConcurrency>[0]) => judgeConcurrency(given)[0]?.status === 'fine';
    fc.assert(
      fc.property(facts, fc.nat(50), (given, more) => {
        if (isFine(given)) expect(isFine({ ...given, limit: given.limit + more })).toBe(true);
        else expect(isFine({ ...given, workers: [...given.workers, more] })).toBe(false);
      }),
    );
  });
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Event } from '#shared/domain/event.ts';
import { closesAt, gateOf, joiningAddress, lookAgainIn, opensAt } from '#shared/domain/gate.ts';
import { epochOf } from '#shared/domain/time.ts';
import { anEvent, aRegistration } from '#test/support/builders.ts';

const MINUTE = 60;
const HOUR = 3600;
const joining = { url: 'https://meet.example.org/1', opensBefore: 'PT15M' };
const event = anEvent({ joining });
const [START, END] = [epochOf(event.startInstant), epochOf(event.endInstant)];
const person = aRegistration();

describe('the gate', () => {
  test.each<[number, string]>([
    [START - 90 * 24 * HOUR, 'before'],
    [START - 15 * MINUTE - 1, 'before'],
    [START - 15 * MINUTE, 'open'],
    [START, 'open'],
    [END, 'open'],
    [END + 30 * MINUTE - 1, 'open'],
    [END + 30 * MINUTE, 'closed'],
  ])('opens a quarter of an hour before the start and closes half an hour after the end: %i', (now, gate) => {
    expect(gateOf(event, person, now)).toBe(gate);
  });

  test.each([
    ['PT0M', 0],
    ['PT45M', 45 * MINUTE],
    ['PT2H', 2 * HOUR],
  ])('opens as long before the start as the event says: %s', (opensBefore, seconds) => {
    const own = { ...event, joining: { opensBefore } };
    expect(opensAt(own)).toBe(START - seconds);
    expect(gateOf(own, person, START - seconds - 1)).toBe('before');
    expect(gateOf(own, person, START - seconds)).toBe('open');
  });

  test.each<[string, Partial<Event>, string]>([
    ['cancelled', { state: 'cancelled' }, 'cancelled'],
    ['postponed', { state: 'postponed' }, 'postponed'],
    ['in person', { format: 'in-person' }, 'in-person'],
    ['hybrid', { format: 'hybrid' }, 'open'],
  ])('of an event that is %s, while it is on', (_, change, gate) => {
    expect(gateOf({ ...event, ...change }, person, START)).toBe(gate);
  });

  test('is there for people with a place alone; to all others, and to those who come in person, it closes at the end', () => {
    for (const status of ['applied', 'waitlisted', 'cancelled'] as const) {
      expect(gateOf(event, { status }, START)).toBe('no-place');
      expect(gateOf(event, { status }, END)).toBe('closed');
    }
    expect(gateOf({ ...event, format: 'in-person' }, person, END)).toBe('closed');
  });
});

describe('the address people are sent to', () => {
  test.each([
    ['https://meet.example.org/1?pwd=a%20b#c', 'https://meet.example.org/1?pwd=a%20b#c'],
    ['https://meet.example.org/Räume/日', 'https://meet.example.org/R%C3%A4ume/%E6%97%A5'],
    ['https://münchen.example.org', 'https://xn--mnchen-3ya.example.org/'],
  ])('%s is asked for as %s', (url, address) => {
    expect(joiningAddress({ joining: { url, opensBefore: 'PT15M' } })).toBe(address);
  });

  test.each(['http://meet.example.org', 'javascript:alert(1)', '//evil.example.org', 'meet.example.org', '', ' '])(
    '%j is none, even if it had been saved',
    (url) => {
      expect(joiningAddress({ joining: { url, opensBefore: 'PT15M' } })).toBeUndefined();
    },
  );

  test('is one line of printable ASCII that begins with https://, whatever was saved', () => {
    fc.assert(
      fc.property(
        fc.oneof(
          fc.webUrl(),
          fc.string({ unit: 'binary' }),
          fc.string().map((s) => `https://a.example/${s}`),
        ),
        (url) => {
          const address = joiningAddress({ joining: { url, opensBefore: 'PT15M' } });
          if (address !== undefined) expect(address).toMatch(/^https:\/\/[!-~]+$/);
        },
      ),
    );
  });
});

describe('a page that is open', () => {
  const people = Array.from({ length: 50 }, () => aRegistration());
  const all = (given: Partial<Event>, now: number) =>
    people.map((each) => lookAgainIn({ ...event, ...given }, each, now));

  test('looks again soon after the gate opens, and not all at one moment', () => {
    const waits = all({}, START - 45 * MINUTE) as number[];
    expect(Math.min(...waits)).toBeGreaterThan(30 * MINUTE);
    expect(Math.max(...waits)).toBeLessThanOrEqual(30 * MINUTE + 11);
    expect(new Set(waits).size).toBeGreaterThan(5);
  });

  test('looks again every 20 to 30 seconds while there is no address, until the end', () => {
    for (const now of [START - 15 * MINUTE, START, END - 1]) {
      for (const wait of all({ joining: undefined }, now)) {
        expect(wait).toBeGreaterThanOrEqual(20);
        expect(wait).toBeLessThanOrEqual(30);
      }
    }
    expect(new Set(all({ joining: undefined }, END))).toEqual(new Set([undefined]));
  });

  test.each<[string, Partial<Event>, number]>([
    ['long before', {}, START - 3 * HOUR],
    ['with a way in', {}, START],
    ['when all is over', {}, closesAt(event)],
    ['when there is no door', { format: 'in-person' }, START - 20 * MINUTE],
    ['when it was called off', { state: 'cancelled', joining: undefined }, START],
  ])('stays as it is %s', (_, given, now) => {
    expect(new Set(all(given, now))).toEqual(new Set([undefined]));
  });
});

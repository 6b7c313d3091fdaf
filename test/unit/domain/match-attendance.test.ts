import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Attendee } from '#shared/domain/attendance-report.ts';
import { type Candidate, matchAttendees, mayMean } from '#shared/domain/match-attendance.ts';
import { aRegistration } from '#test/support/builders.ts';

let rows = 1;
const attendee = (given: Partial<Attendee>): Attendee => ({ row: ++rows, stays: [{ seconds: 600 }], ...given });
const person = (registrationId: string, given: Partial<Candidate> = {}): Candidate => {
  const { name, email, status } = aRegistration(given);
  return { registrationId, name, email, status };
};
const ADA = person('ada', { name: 'Ada Moreau', email: 'ada@example.org' });
const match = (attendees: Attendee[], candidates: Candidate[]) => {
  const { matches, findings } = matchAttendees(attendees, candidates);
  return { matches, found: findings.map(({ outcome, by, registrationIds }) => [outcome, by, ...registrationIds]) };
};

describe('an attendee is found', () => {
  test('by address first, under whatever name they joined', () => {
    const namesake = person('bea', { name: 'iPad', email: 'bea@example.org' });
    expect(match([attendee({ email: 'ada@example.org', name: 'iPad' })], [namesake, ADA])).toEqual({
      matches: [{ registrationId: 'ada', minutes: 10 }],
      found: [['matched', 'address', 'ada']],
    });
  });

  test('by exact name where the address is nobody’s or not told, whatever its case, blanks and accents', () => {
    const zoe = person('zoe', { name: 'Zoë  Ångström', email: 'zoe@example.org' });
    for (const name of ['zoë ångström', ' ZOË ÅNGSTRÖM ', 'Zoe\u0308 A\u030angstro\u0308m']) {
      expect(match([attendee({ name, email: 'home@example.net' })], [zoe, ADA]).found).toEqual([
        ['matched', 'name', 'zoe'],
      ]);
    }
    expect(match([attendee({ name: 'Zoe Angstrom' })], [zoe]).found).toEqual([['unknown', undefined]]);
  });

  test.each(['waitlisted', 'cancelled', 'applied'] as const)('who is %s only by address', (status) => {
    const row = { ...ADA, status };
    expect(match([attendee({ email: 'ada@example.org' })], [row]).found).toEqual([['matched', 'address', 'ada']]);
    expect(match([attendee({ name: 'Ada Moreau' })], [row]).found).toEqual([['unknown', undefined]]);
  });
});

test('several of one name are ambiguous, and nobody gets the minutes', () => {
  const other = person('ada2', { name: 'ada moreau', email: 'ada2@example.org' });
  expect(match([attendee({ name: 'Ada Moreau' })], [ADA, other])).toEqual({
    matches: [],
    found: [['ambiguous', 'name', 'ada', 'ada2']],
  });
});

test('of several who share a mailbox the name decides; without it they are ambiguous', () => {
  const [bea, cem] = [
    person('bea', { name: 'Bea', email: 'desk@example.org' }),
    person('cem', { name: 'Cem', email: 'desk@example.org' }),
  ];
  expect(match([attendee({ email: 'desk@example.org', name: 'cem' })], [bea, cem]).found).toEqual([
    ['matched', 'address', 'cem'],
  ]);
  expect(match([attendee({ email: 'desk@example.org', name: 'iPad' })], [bea, cem]).found).toEqual([
    ['ambiguous', 'address', 'bea', 'cem'],
  ]);
});

test('whoever is met twice is one person, with all their stays', () => {
  const stay = (from: number, until: number) => [{ seconds: until - from, from, until }];
  const twice = [
    attendee({ email: 'ada@example.org', name: 'Ada (laptop)', stays: stay(0, 3600) }),
    attendee({ name: 'Ada Moreau', stays: stay(1800, 5400) }),
  ];
  expect(match(twice, [ADA]).matches).toEqual([{ registrationId: 'ada', minutes: 90 }]);
});

test('only those are looked at whom the report may mean', () => {
  const isMeant = mayMean([attendee({ email: 'ada@example.org' }), attendee({ name: 'Bea Ortiz' })]);
  expect(isMeant(aRegistration({ email: 'ada@example.org', status: 'cancelled' }))).toBe(true);
  expect(isMeant(aRegistration({ name: 'bea ortiz', email: 'b@example.org' }))).toBe(true);
  expect(isMeant(aRegistration({ name: 'bea ortiz', email: 'b@example.org', status: 'waitlisted' }))).toBe(false);
  expect(isMeant(aRegistration({ email: 'c@example.org' }))).toBe(false);
});

test('50,000 rows and as many registrations are matched in one pass, whoever shares names with whom', () => {
  const count = 50_000;
  const attendees = Array.from({ length: count }, (_, n) =>
    attendee({ email: `p${n}@example.org`, name: `N ${n % 100}` }),
  );
  const candidates = Array.from({ length: count }, (_, n) => {
    const status = 'confirmed' as const;
    return { registrationId: `r${n}`, name: `n ${n % 100}`, email: `p${n + 10}@example.org`, status };
  });
  const { matches, findings } = matchAttendees(attendees, candidates);
  expect(matches).toHaveLength(count - 10);
  expect(findings.filter(({ outcome }) => outcome === 'ambiguous')).toHaveLength(10);
});

test('whoever comes and is registered: everybody is found once or not at all, in any order, and no minute is lost', () => {
  const letter = fc.constantFrom('a', 'b', 'c', 'd');
  const anAttendee = fc
    .record({ name: letter, email: letter.map((name) => `${name}@example.org`) }, { requiredKeys: [] })
    .map(attendee);
  const aCandidate = fc.record({ name: letter, email: letter.map((name) => `${name}@example.org`) });
  fc.assert(
    fc.property(fc.array(anAttendee), fc.array(aCandidate), (attendees, people) => {
      const candidates = people.map((each, n) => person(`p${n}`, each));
      const { matches, findings } = matchAttendees(attendees, candidates);
      expect(findings.map((each) => each.attendee)).toEqual(attendees);
      expect(new Set(matches.map(({ registrationId }) => registrationId)).size).toBe(matches.length);
      const found = findings.filter(({ outcome }) => outcome === 'matched');
      expect(matches.reduce((sum, { minutes }) => sum + minutes, 0)).toBe(10 * found.length);
      for (const { outcome, registrationIds } of findings) {
        expect(outcome).toBe(['unknown', 'matched'][registrationIds.length] ?? 'ambiguous');
      }
      const meant = new Set(candidates.filter(mayMean(attendees)).map(({ registrationId }) => registrationId));
      for (const id of findings.flatMap(({ registrationIds }) => registrationIds)) expect(meant.has(id)).toBe(true);
      const turned = matchAttendees(attendees, candidates.toReversed()).matches;
      expect(turned.map(({ minutes }) => minutes).toSorted()).toEqual(matches.map(({ minutes }) => minutes).toSorted());
    }),
  );
});

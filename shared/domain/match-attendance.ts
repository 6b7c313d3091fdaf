import * as z from 'zod';
import type { Attendee } from './attendance-report.ts';
import { Registration } from './registration.ts';
import { minutesOf } from './stay.ts';
import { canFold } from './text.ts';

/** Somebody registered whom a report may mean. */
export const Candidate = Registration.pick({ registrationId: true, name: true, email: true, status: true });
export type Candidate = z.infer<typeof Candidate>;

/** Minutes that a report gives to a registration. */
export const Match = z.object({ registrationId: Registration.shape.registrationId, minutes: z.int().min(0) });
export type Match = z.infer<typeof Match>;

/** Whom an attendee turned out to be. */
export interface Finding {
  readonly attendee: Attendee;
  readonly outcome: 'matched' | 'ambiguous' | 'unknown';
  readonly by?: 'address' | 'name';
  /** One if matched, several if ambiguous. */
  readonly registrationIds: readonly string[];
}

/** Two names are the same if they differ in nothing but case, spaces at the edges, and how their accents are stored. */
export const nameKey = (name: string): string =>
  (canFold(name, LONGEST_NAME) ? name.normalize('NFC') : name).trim().replace(/\s+/g, ' ').toLowerCase();

/** Longer is no name that anybody registers with: it is nobody's, however its accents are stored. */
const LONGEST_NAME = 500;

type Row = Pick<Registration, 'name' | 'email' | 'status'>;

/** Says of a registration whether one of these attendees may be meant by it. */
export function mayMean(attendees: readonly Attendee[]): (row: Row) => boolean {
  const emails = new Set(attendees.flatMap(({ email }) => email ?? []));
  const names = new Set(attendees.flatMap(({ name }) => (name === undefined ? [] : nameKey(name))));
  return (row) => emails.has(row.email) || (hasPlace(row) && names.has(nameKey(row.name)));
}

const hasPlace = ({ status }: Pick<Row, 'status'>): boolean => status === 'confirmed';

/**
 * Who of these registrations the attendees are: by address, whatever became of the registration; else by name, among
 * those with a place. Of several who share an address, the name decides. Whoever is met twice is one, with all their stays.
 */
export function matchAttendees(
  attendees: readonly Attendee[],
  candidates: readonly Candidate[],
): { matches: Match[]; findings: Finding[] } {
  const byEmail = Map.groupBy(candidates, ({ email }) => email);
  const byName = Map.groupBy(candidates.filter(hasPlace), ({ name }) => nameKey(name));
  const find = (attendee: Attendee): Finding => {
    const name = attendee.name === undefined ? undefined : nameKey(attendee.name);
    const sharing = attendee.email === undefined ? [] : (byEmail.get(attendee.email) ?? []);
    if (sharing.length > 0) {
      const named = sharing.filter((row) => nameKey(row.name) === name);
      return found(attendee, 'address', named.length > 0 ? named : sharing);
    }
    return found(attendee, 'name', (name !== undefined && byName.get(name)) || []);
  };
  const findings = attendees.map(find);
  const whole = Map.groupBy(
    findings.filter(({ outcome }) => outcome === 'matched'),
    ({ registrationIds }) => String(registrationIds[0]),
  );
  const matches = [...whole].map(([registrationId, parts]) => ({
    registrationId,
    minutes: minutesOf(parts.flatMap(({ attendee }) => attendee.stays)),
  }));
  return { matches, findings };
}

function found(attendee: Attendee, by: 'address' | 'name', who: readonly Candidate[]): Finding {
  const registrationIds = who.map(({ registrationId }) => registrationId).sort();
  if (who.length === 0) return { attendee, outcome: 'unknown', registrationIds };
  return { attendee, outcome: who.length === 1 ? 'matched' : 'ambiguous', by, registrationIds };
}

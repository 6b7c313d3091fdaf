import type { Event } from './event.ts';
import type { Registration } from './registration.ts';
import { type Epoch, epochOf } from './time.ts';

/** What is known of a person's coming, from nothing to the provider's report. It only rises. */
export const EVIDENCES = ['none', 'opened', 'joined', 'provider-confirmed'] as const;
type Evidence = (typeof EVIDENCES)[number];

/** Whether somebody came, as far as it may be said aloud. */
export const ATTENDANCES = ['attended', 'no-show', 'unknown'] as const;
export type Attendance = (typeof ATTENDANCES)[number];

/** Seconds after the end at which attendance is final, unless an import or the organiser says so before. */
const FINAL_AFTER = 24 * 3600;

type Seen = Pick<Registration, 'openedAt' | 'joinedAt' | 'minutes'>;
type Attended = Pick<
  Event,
  'endInstant' | 'attendanceFinalAt' | 'attendanceImportedAt' | 'attendedFrom' | 'format' | 'joining'
>;

/** `opened` was at the door while nobody knew where to send them; `joined` was let in; the provider counted minutes. */
export function evidenceOf({ openedAt, joinedAt, minutes }: Seen): Evidence {
  if (minutes !== undefined) return 'provider-confirmed';
  if (joinedAt !== undefined) return 'joined';
  return openedAt === undefined ? 'none' : 'opened';
}

/** When it is final who came: once imported, once the organiser said so, or a day after the end. Epoch seconds. */
export const attendanceFinalAt = ({ endInstant, attendanceFinalAt: said }: Attended): Epoch =>
  said === undefined ? epochOf(endInstant) + FINAL_AFTER : epochOf(said);

/**
 * Who came, once that is final; until then nobody knows. A no-show left no trace at all where coming leaves one: at the
 * gate of an online event, or in an imported report. Who came, but not for as long as `attendedFrom` asks, is neither:
 * nobody who was there is told that they were missed.
 */
export function attendanceOf(event: Attended, person: Seen & Pick<Registration, 'status'>, now: Epoch): Attendance {
  if (now < attendanceFinalAt(event)) return 'unknown';
  const evidence = evidenceOf(person);
  const [, least] = /^provider-minutes:(\d+)$/.exec(event.attendedFrom) ?? [];
  const came = least === undefined ? evidence === 'joined' || evidence === 'provider-confirmed' : false;
  if (came || (least !== undefined && (person.minutes ?? -1) >= Number(least))) return 'attended';
  return evidence === 'none' && person.status === 'confirmed' && leavesTraces(event) ? 'no-show' : 'unknown';
}

/** Whether somebody who came to this event would have left a trace. */
const leavesTraces = ({ format, joining, attendanceImportedAt }: Attended): boolean =>
  attendanceImportedAt !== undefined || (format === 'online' && joining?.url !== undefined);

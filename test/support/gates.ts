import type { Event } from '#shared/domain/event.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { instantsOf } from '#shared/domain/schedule.ts';
import { anEvent } from './builders.ts';
import type { GuestSite } from './guest-site.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const DAY = 24 * HOUR;
const wall = (ms: number) => new Date(ms).toISOString().slice(0, 16);

/** The times of an event that starts so many milliseconds from now, and takes two hours. */
export function startingIn(
  ms: number,
  now: number,
): Pick<Event, 'startsAt' | 'endsAt' | 'startInstant' | 'endInstant'> {
  const times = { startsAt: wall(now + ms), endsAt: wall(now + ms + 2 * HOUR), timeZone: 'UTC' };
  return { ...times, ...instantsOf(times) };
}

const joining = { url: 'https://meet.example.org/room?pwd=1234', opensBefore: 'PT15M' };
const ONLINE = { format: 'online', joining } as const;
const IN_TOWN = { format: 'in-person', place: 'Town Hall, 1 High Street, Exampleton' } as const;

/** Every way a gate can stand: when the event starts, what else it is, and how the person stands. */
const STATES: Record<string, [number, Partial<Event>, Partial<Registration>?]> = {
  'weeks ahead': [30 * DAY + 5 * HOUR, ONLINE],
  'minutes ahead': [40 * MINUTE, ONLINE],
  'ahead, in both ways': [3 * DAY, { ...IN_TOWN, ...ONLINE, format: 'hybrid' }],
  open: [10 * MINUTE, ONLINE],
  'open, in both ways': [-10 * MINUTE, { ...IN_TOWN, ...ONLINE, format: 'hybrid' }],
  'open, without an address': [5 * MINUTE, { format: 'online' }],
  'open, and over': [-2 * HOUR - 10 * MINUTE, ONLINE],
  over: [
    -3 * DAY,
    {
      ...ONLINE,
      recordingUrl: 'https://video.example.org/1',
    },
  ],
  'in person, ahead': [5 * HOUR, IN_TOWN],
  'in person, on': [-HOUR, IN_TOWN],
  cancelled: [DAY, { state: 'cancelled' }],
  postponed: [DAY, { state: 'postponed' }],
  'for somebody who waits': [DAY, ONLINE, { status: 'waitlisted', seat: 'waiting:1' }],
  'for somebody undecided': [DAY, ONLINE, { status: 'applied' }],
  'for somebody who gave up': [DAY, ONLINE, { status: 'cancelled' }],
};

/** Gates in every state there is, on this site: their paths, by what they show. */
export async function gatesOf(site: GuestSite, now: number): Promise<Record<string, string>> {
  const paths: Record<string, string> = {};
  for (const [name, [ms, given, standing]] of Object.entries(STATES)) {
    const slug = `gate-${name.replace(/[^a-z]+/g, '-')}`;
    const event = await site.publish(anEvent({ slug, ...startingIn(DAY, now) }));
    const form = { name: 'Ada', email: 'ada@example.org', answers: {}, timeZone: 'Asia/Tokyo' };
    await site.take({ event, form, ip: '203.0.113.7', privacyVersion: '1' });
    const [row] = (await site.people(event)) as [Registration];
    if (standing) await site.registrations.revise(row, (current) => ({ row: { ...current, ...standing } }));
    await site.change(event, { ...startingIn(ms, now), ...given });
    paths[name] = `/j/${site.tokenOf(row, 'join')}`;
  }
  return paths;
}

import { programmeFeed, publishCalendar } from '#shared/calendar/publish-calendar.ts';
import { publicFile } from '#shared/http/page-reply.ts';
import { pageRoute } from '#shared/http/page-route.ts';
import type { GuestDeps } from './deps.ts';

type Deps = Pick<GuestDeps, 'site' | 'programme' | 'now'>;

const CALENDAR = 'text/calendar; charset=utf-8; method=PUBLISH';
const HOUR = 3600;
const KEPT_MS = 90 * 24 * HOUR * 1000;

/** The files change with the hour at most, so that a program that asks again is told "nothing new". */
const stampOf = (now: number): number => Math.floor(now / 1000 / HOUR) * HOUR;

/** One event for one's own calendar. */
export const downloadCalendar = ({ site, programme, now }: Deps) =>
  pageRoute('GET', '/events/{slug}/calendar.ics', async ({ path }) => {
    const { event } = await programme.event(path.slug ?? '');
    const file = publishCalendar([event], { site, now: stampOf(now()) });
    return publicFile(file, CALENDAR, { name: `${event.slug}.ics` });
  });

/** The whole programme to subscribe to: all that is to come, and the last three months. */
export const feedCalendar = ({ site, programme, now }: Deps) =>
  pageRoute('GET', '/calendar.ics', async () => {
    const { events } = await programme.listing();
    const recent = events.filter(({ endInstant }) => Date.parse(endInstant) > now() - KEPT_MS);
    return publicFile(programmeFeed(recent, { site, now: stampOf(now()) }), CALENDAR);
  });

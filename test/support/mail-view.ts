import type { MailView } from '#shared/mail/mail-view.ts';
import { anEvent, aRegistration, NOW_EPOCH } from './builders.ts';

const SITE = { name: 'Rollcall', url: 'https://events.example.org' };
const TOKEN = 'zq3v8k2m5n7p9r4t7h2c9d4f6g8j3k5m.k1.Zm9vYmFyYmF6cXV4MTIzNDU2Nzg';

/** Everything a mail is made from: somebody with a place at a webinar in three months, whose address has proved itself. */
export function aMailView(given: Partial<MailView> = {}): MailView {
  const event = given.event ?? anEvent();
  const registration = given.registration ?? aRegistration({ eventId: event.eventId, sequence: 1 });
  const page = `${SITE.url}/events/${event.slug}`;
  return {
    site: SITE,
    event,
    links: {
      manage: `${SITE.url}/r/${TOKEN}`,
      join: `${SITE.url}/j/${TOKEN}`,
      stop: `${SITE.url}/u/${TOKEN}`,
      calendar: `${page}/calendar.ics`,
      event: page,
      survey: `${SITE.url}/s/${TOKEN}`,
      address: `${SITE.url}/a/${TOKEN}`,
      object: `${SITE.url}/m/${TOKEN}`,
    },
    now: NOW_EPOCH,
    ...given,
    registration: { provedAt: NOW_EPOCH, ...registration },
  };
}

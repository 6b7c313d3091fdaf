import type { Event } from '#shared/domain/event.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { anEvent, NOW } from './builders.ts';
import { type Answer, type GuestSite, guestSite, posted } from './guest-site.ts';

/** A site where some people have registered, and a clock that tests move. */
export async function withPeople(given: Partial<Event> = {}, names = ['Ada']) {
  let elapsed = 0;
  const site = guestSite({ now: () => Date.parse(NOW) + elapsed });
  const event = await site.publish(anEvent({ slug: 'a-morning', ...given }));
  for (const name of names) {
    const form = { name, email: `${name.toLowerCase()}@example.org`, answers: {}, timeZone: 'Asia/Tokyo' };
    await site.take({ event, form, ip: '203.0.113.7', privacyVersion: 'site-2' });
    await site.decideSeats(event);
  }
  const person = async (name = 'Ada'): Promise<Registration> => {
    const found = (await site.people(event)).find((each) => each.name === name);
    if (!found) throw new Error(`Nobody is called ${name}`);
    return found;
  };
  const pass = (ms: number) => {
    elapsed += ms;
  };
  return { site, event, person, pass };
}

/** Presses the button of that name on the page, as a person does. */
export async function press(site: GuestSite, path: string, action: string, page?: Answer): Promise<Answer> {
  const { body } = page ?? (await site.request({ path }));
  const value = new RegExp(`name="${action}" value="([^"]+)"`).exec(body)?.[1];
  if (!value) throw new Error(`There is no button ${action}`);
  return site.request(posted(path, { [action]: value }));
}

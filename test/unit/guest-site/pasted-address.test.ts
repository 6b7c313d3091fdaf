import { expect, test } from 'vitest';
import { EventPatch } from '#shared/domain/event-patch.ts';
import { RegistrationPatch } from '#shared/domain/registration-patch.ts';
import { anEvent, NOW } from '#test/support/builders.ts';
import { guestSite, posted } from '#test/support/guest-site.ts';

const PASTED = ['"Moreau, Ada" <Ada@Example.org>;', '\u200bada@example.org\u200e', 'mailto:ada@example.org'];

test.each(PASTED)('%j is one address wherever one is typed: form, JSON, lost link, API', async (typed) => {
  let elapsed = 0;
  const site = guestSite({ now: () => Date.parse(NOW) + elapsed });
  const event = await site.publish(anEvent({ slug: 'a-morning' }));
  const form = await site.request(posted('/events/a-morning/register', { name: 'Ada', email: typed }));
  expect(form.status).toBe(200);
  const json = { method: 'POST', path: '/api/v1/events/a-morning/register', body: { name: 'Ada', email: typed } };
  expect((await site.request(json)).status).toBe(202);
  const [person, ...others] = await site.people(event);
  expect(others).toEqual([]);
  expect(person?.email).toBe('ada@example.org');
  elapsed = 3_000_000;
  await site.request(posted('/lost-link', { email: typed }));
  await site.lookUpLinks();
  const owed = async () => [...((await site.people(event))[0]?.greetDue ?? [])].map((key) => key.split('@')[0]);
  expect(await owed()).toContain('resend');
  expect(RegistrationPatch.parse({ email: typed })).toMatchObject({ email: 'ada@example.org' });
  expect(EventPatch.parse({ organiser: { name: 'Example', email: typed } })).toMatchObject({
    organiser: { email: 'ada@example.org' },
  });
});

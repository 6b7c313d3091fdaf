import { expect, test } from 'vitest';
import type { Event } from '#shared/domain/event.ts';
import { anEvent, NOW } from '#test/support/builders.ts';
import { guestSite, posted, readable } from '#test/support/guest-site.ts';

/** Two events, at both of which Ada has registered, and one that only Bob knows. */
async function lost() {
  let elapsed = 0;
  const site = guestSite({ now: () => Date.parse(NOW) + elapsed });
  const events: Event[] = [];
  for (const [n, given] of [
    {},
    { visibility: 'unlisted' as const },
    { onePlacePer: 'address-and-name' as const },
  ].entries())
    events.push(await site.publish(anEvent({ slug: `event-${n}`, eventId: `000000000000000${n}`, ...given })));
  for (const event of events) {
    const form = { name: 'Ada', email: 'ada@example.org', answers: {} };
    await site.take({ event, form, ip: '203.0.113.7', privacyVersion: undefined });
  }
  elapsed = 601_000;
  const send = (fields: Record<string, string>) => site.request(posted('/lost-link', fields));
  const asked = async () =>
    (await Promise.all(events.map((event) => site.people(event))))
      .flat()
      .map(({ greetDue }) => [...(greetDue ?? [])].filter((key) => key.startsWith('resend@')).length);
  return { site, send, asked };
}

test('the link of every registration of an address is sent again', async () => {
  const { send, asked } = await lost();
  expect(await send({ email: ' ADA@example.org' })).toMatchObject({
    status: 303,
    headers: { location: '/lost-link?sent' },
  });
  expect(await asked()).toEqual([1, 1, 0]);
});

test('where a mailbox is shared, the name finds the person', async () => {
  const { send, asked } = await lost();
  await send({ email: 'ada@example.org', name: ' ada ' });
  expect(await asked()).toEqual([1, 1, 1]);
});

test('everybody gets the same answer', async () => {
  const { send, site } = await lost();
  const before = site.writes.length;
  const unknown = await send({ email: 'nobody@example.org' });
  expect(site.writes).toHaveLength(before);
  expect(unknown).toEqual(await send({ email: 'ada@example.org' }));
  const page = await site.request({ path: '/lost-link', query: { sent: '' } });
  expect(readable(page.body)).toContain('If that address is registered');
});

test('asked again and again, one link in ten minutes is sent', async () => {
  const { send, asked } = await lost();
  await send({ email: 'ada@example.org' });
  await send({ email: 'ada@example.org' });
  expect(await asked()).toEqual([1, 1, 0]);
});

test('an address that is none is named', async () => {
  const { send } = await lost();
  const answer = await send({ email: 'x' });
  expect(answer.status).toBe(400);
  expect(readable(answer.body)).toContain('Enter an email address like name@example.org');
});

import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Event } from '#shared/domain/event.ts';
import { anEvent, NOW } from '#test/support/builders.ts';
import { guestSite, posted, readable } from '#test/support/guest-site.ts';

const MINUTE = 60_000;
const SHARED = { onePlacePer: 'address-and-name' } as const;

/** Three events at which Ada has registered, at the last of which a mailbox is shared; one hour later she has lost her links. */
async function lost() {
  let elapsed = 0;
  const site = guestSite({ now: () => Date.parse(NOW) + elapsed });
  const events: Event[] = [];
  for (const [n, given] of [{}, { visibility: 'unlisted' as const }, SHARED].entries())
    events.push(await site.publish(anEvent({ slug: `event-${n}`, eventId: `000000000000000${n}`, ...given })));
  const register = async (name: string, event: Event, email = 'ada@example.org') => {
    const form = { name, email, answers: {} };
    await site.take({ event, form, ip: '203.0.113.7', privacyVersion: undefined });
  };
  for (const event of events) await register('Ada', event);
  elapsed = 60 * MINUTE;
  const send = (fields: Record<string, string>) => site.request(posted('/lost-link', fields));
  const ask = async (fields: Record<string, string>) => {
    const answer = await send(fields);
    await site.lookUpLinks();
    return answer;
  };
  const asked = async () =>
    (await Promise.all(events.map((event) => site.people(event))))
      .flat()
      .map(({ greetDue }) => [...(greetDue ?? [])].filter((key) => key.startsWith('resend@')).length);
  const wait = (ms: number) => {
    elapsed += ms;
  };
  return { site, events, register, send, ask, asked, wait };
}

test('the link of every registration of an address is sent again, wherever a mailbox is shared, too', async () => {
  const { ask, asked } = await lost();
  expect(await ask({ email: ' ADA@example.org' })).toMatchObject({
    status: 303,
    headers: { location: '/lost-link?sent' },
  });
  expect(await asked()).toEqual([1, 1, 1]);
});

test('everybody who shares a mailbox is sent their own link to it', async () => {
  const { ask, asked, register, events, wait } = await lost();
  await register('Bea', events[2] as Event);
  await register('Cleo', events[2] as Event, 'cleo@example.org');
  wait(60 * MINUTE);
  await ask({ email: 'ada@example.org' });
  expect(await asked()).toHaveLength(5);
  expect((await asked()).reduce((sum, one) => sum + one)).toBe(4);
});

test('a form of an earlier version, which asks for a name, is taken as any other', async () => {
  const { ask, asked } = await lost();
  expect(await ask({ email: 'ada@example.org', name: 'Somebody else' })).toMatchObject({ status: 303 });
  expect(await asked()).toEqual([1, 1, 1]);
});

test('everybody gets the same answer', async () => {
  const { send, site } = await lost();
  const unknown = await send({ email: 'nobody@example.org' });
  expect(unknown).toEqual(await send({ email: 'ada@example.org' }));
  const page = await site.request({ path: '/lost-link', query: { sent: '' } });
  expect(readable(page.body)).toContain('If that address is registered');
});

test('before the answer the table is asked the same of everybody: one write, and nothing is looked up', async () => {
  const { send, site, asked } = await lost();
  const before = async (email: string) => {
    const from = site.calls.length;
    expect((await send({ email })).status).toBe(303);
    return site.calls.slice(from);
  };
  expect(await before('ada@example.org')).toEqual(['put']);
  const anybody = fc.emailAddress().map((email) => email.toLowerCase());
  await fc.assert(
    fc.asyncProperty(anybody, async (email) => {
      expect(await before(email)).toEqual(['put']);
    }),
    { numRuns: 20 },
  );
  expect(await asked()).toEqual([0, 0, 0]);
});

test('afterwards the same is counted and looked up for everybody; beyond that there is only what the person is owed', async () => {
  const { send, site } = await lost();
  const after = async (email: string) => {
    await send({ email });
    const from = site.calls.length;
    await site.lookUpLinks();
    return site.calls.slice(from);
  };
  // The first to ask has the people of earlier versions listed.
  await after('somebody@example.org');
  const unknown = await after('nobody@example.org');
  const known = await after('ada@example.org');
  expect(unknown.at(-1)).toBe('remove');
  expect(known.slice(0, unknown.length - 1)).toEqual(unknown.slice(0, -1));
});

test('a request costs the same of every budget that others share, whoever it is about and at how many events', async () => {
  const { send, site } = await lost();
  const spent = async (email: string) => {
    const from = site.writes.length;
    await send({ email });
    await site.lookUpLinks();
    const budgets = site.writes.slice(from).flatMap(({ after }) => (after?.sk === 'BUDGET' ? [after.pk] : []));
    return budgets.map((pk) => pk.split('#')[1]?.split(':')[0]).filter((scope) => scope !== 'address');
  };
  const nobody = await spent('nobody@example.org');
  expect(nobody.sort()).toEqual(['event', 'ipPrefix', 'overall']);
  expect((await spent('ada@example.org')).sort()).toEqual(nobody);
});

test('beyond what one mailbox may be sent, no link goes there, of however many events', async () => {
  const { site, register, ask, events, wait } = await lost();
  for (let n = 0; n < 30; n++) await register(`Ada ${'abcdefghijklmnopqrstuvwxyzäöüß'[n]}`, events[2] as Event);
  wait(60 * MINUTE);
  await ask({ email: 'ada@example.org' });
  // Whose first mail was dropped gets that: it holds the link, too.
  const people = (await Promise.all(events.map((event) => site.people(event)))).flat();
  expect(people).toHaveLength(33);
  expect(people.filter(({ remindedAt }) => remindedAt !== undefined)).toHaveLength(20);
});

test('whoever asks for somebody’s links again and again spends none of the mail that they get otherwise', async () => {
  const { site, ask, register, wait } = await lost();
  for (let n = 0; n < 30; n++) {
    await ask({ email: 'ada@example.org' });
    wait(10_000);
  }
  const other = await site.publish(anEvent({ slug: 'another', eventId: '0000000000000009' }));
  await register('Ada', other);
  expect((await site.people(other))[0]?.overBudget).toBeUndefined();
});

test('asked again and again, one link in ten minutes is sent', async () => {
  const { ask, asked } = await lost();
  await ask({ email: 'ada@example.org' });
  await ask({ email: 'ada@example.org' });
  expect(await asked()).toEqual([1, 1, 1]);
});

test('while it waits, nobody can read from the table whose wish it is; afterwards nothing is left of it', async () => {
  const { send, site } = await lost();
  await send({ email: 'lost.and.found@example.org' });
  const wish = site.items().find(({ sk }) => sk === 'WISH');
  expect(wish).toMatchObject({ fact: 'link.requested' });
  expect(JSON.stringify(wish)).not.toMatch(/lost|found|example|203\.0/);
  await site.lookUpLinks();
  expect(site.items().filter(({ sk }) => sk === 'WISH')).toEqual([]);
});

test('an address that is none is named, and nothing is kept', async () => {
  const { send, site } = await lost();
  const before = site.writes.length;
  const answer = await send({ email: 'x' });
  expect(answer.status).toBe(400);
  expect(readable(answer.body)).toContain('Enter an email address like name@example.org');
  expect(site.writes).toHaveLength(before);
});

test('whoever registered before several were found by their mailbox is found, too', async () => {
  const { site, ask, asked, events, register } = await lost();
  const shared = events[2] as Event;
  await register('Bea', shared);
  await site.forgetSharers();
  expect(site.items().filter(({ sk }) => sk.startsWith('SHARER#'))).toEqual([]);
  await ask({ email: 'ada@example.org' });
  expect((await asked()).reduce((sum, one) => sum + one)).toBe(3);
  expect(site.items().filter(({ sk }) => sk.startsWith('SHARER#'))).toHaveLength(2);
  // One reading tells from then on that all are listed: what is left is to look the mailbox up.
  const from = site.calls.length;
  await ask({ email: 'nobody@example.org' });
  expect(site.calls.slice(from).filter((call) => call === 'query')).toHaveLength(1);
});

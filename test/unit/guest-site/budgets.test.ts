import { expect, test } from 'vitest';
import type { Event } from '#shared/domain/event.ts';
import { anEvent } from '#test/support/builders.ts';
import { type GuestSite, guestSite, posted } from '#test/support/guest-site.ts';

/** What has been counted against the mailbox of Ada. */
const counted = (site: GuestSite) =>
  site.writes.filter(({ after }) => after?.pk.startsWith('BUDGET#address:')).map(({ after }) => after?.spent);

async function open(): Promise<{ site: GuestSite; event: Event; register: (email?: string) => Promise<string> }> {
  const site = guestSite();
  const event = await site.publish(anEvent({ slug: 'a-morning' }));
  const register = async (email = 'ada@example.org') => {
    const form = posted('/events/a-morning/register', { name: 'Ada Example', email });
    return (await site.request(form)).headers.location ?? '';
  };
  return { site, event, register };
}

test('repeats, and tickets that are worth nothing, spend nothing', async () => {
  const { site, register } = await open();
  await register();
  expect(counted(site)).toEqual([1]);
  for (let n = 0; n < 10; n++) {
    await register();
    await site.request(
      posted('/events/a-morning/registered', { ticket: 'worth.nothing.atall', email: 'ada@example.org' }),
    );
    await site.request(posted('/lost-link', { email: 'ada@example.org' }));
  }
  expect(counted(site)).toEqual([1]);
});

test('a newcomer and a repeat that causes no mail make as many calls of the table', async () => {
  const { site, register } = await open();
  const callsOf = async (email: string) => {
    const before = site.writes.filter(({ after }) => after?.pk.startsWith('BUDGET#')).length;
    await register(email);
    return site.writes.filter(({ after }) => after?.pk.startsWith('BUDGET#')).length - before;
  };
  expect(await callsOf('bob@example.org')).toBe(5);
  // Less the one that is counted beside another, at the same time.
  expect(await callsOf('bob@example.org')).toBe(4);
});

test('a dropped registration is stored all the same, and the answer says nothing of it', async () => {
  const { site, event, register } = await open();
  for (let n = 0; n < 25; n++) await register(`ada+${n}@example.org`);
  const people = await site.people(event);
  expect(people).toHaveLength(25);
  expect(people.filter(({ overBudget }) => overBudget === 'a1')).toHaveLength(5);
  expect(people.filter(({ beyondCap }) => beyondCap)).toHaveLength(20);
});

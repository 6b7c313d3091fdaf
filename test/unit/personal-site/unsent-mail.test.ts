import { describe, expect, test } from 'vitest';
import type { Registration } from '#shared/domain/registration.ts';
import { press, withPeople } from '#test/support/guest-people.ts';
import { readable } from '#test/support/guest-site.ts';

/** Somebody whose mailbox an outsider wrote to as often as it may be, before they came themselves. */
async function bombed(given: Parameters<typeof withPeople>[0] = {}) {
  const world = await withPeople(given, []);
  const { site, event } = world;
  const take = (email: string, name: string, ip = '203.0.113.7') =>
    site.take({ event, form: { name, email, answers: {} }, ip, privacyVersion: 'site-2' });
  for (let n = 0; n < 30; n++) await take(`ada+${n}@example.org`, `Made Up ${n}`);
  await take('ada@example.org', 'Ada');
  await site.decideSeats(event);
  const revise = async (change: (row: Registration) => Registration) =>
    void (await site.registrations.revise(await world.person(), (row) => ({ row: change(row) })));
  const path = `/r/${site.tokenOf(await world.person(), 'manage')}`;
  const page = async () => readable((await site.request({ path })).body);
  return { ...world, take, revise, path, page };
}

describe('the owner of a mailbox that was written to too often', () => {
  test('reads that their mail will not be sent, before and after that is written down, and why', async () => {
    const { page, revise } = await bombed();
    expect(await page()).toContain('Confirmation: will not be sent (too many mails to this mailbox in a short time)');
    await revise(({ greetDue: _, greetDueAt: __, ...row }) => ({
      ...row,
      deliveries: { '1@a1': 'skipped|1795428000|0|||over-budget', '3@s1': 'skipped|1795428100|0|||first-mail-dropped' },
    }));
    const text = await page();
    expect(text).toContain('Confirmation: not sent (too many mails to this mailbox in a short time)');
    expect(text).toContain('Mail about the event: not sent (your first mail had not been sent)');
    expect(text).toContain('Your mailbox was registered for this event so often');
  });

  test('has it sent by a press, whatever the budget says, once; opening the page changes nothing', async () => {
    const { site, page, path, person } = await bombed();
    await page();
    expect(await person()).toMatchObject({ overBudget: 'a1', beyondCap: true });
    expect(await press(site, path, 'send')).toMatchObject({ status: 303, headers: { location: path } });
    const row = await person();
    expect(row).toMatchObject({ greetDue: new Set(['1@a1']) });
    expect(row).not.toHaveProperty('overBudget');
    expect(row).not.toHaveProperty('beyondCap');
    const text = await page();
    expect(text).toContain('Confirmation: will be sent shortly');
    expect(text).not.toContain('Send me my mail');
  });

  test('is offered nothing once the event is over', async () => {
    const { page, pass } = await bombed();
    pass(200 * 24 * 3600 * 1000);
    expect(await page()).not.toContain('Send me my mail');
  });

  test('from a network of their own, would have had it: the reserve is theirs', async () => {
    const { take, person } = await bombed({ slug: 'another' });
    await take('a.da@example.org', 'The owner', '198.51.100.1');
    expect(await person('The owner')).not.toHaveProperty('overBudget');
  });
});

test('a mail that a budget delays is said to come when it will', async () => {
  const { revise, page } = await bombed();
  await revise(({ overBudget: _, ...row }) => ({ ...row, greetDueAt: Date.parse('2026-11-23T12:30:00Z') / 1000 }));
  expect(await page()).toMatch(/Confirmation: will be sent on \w+ 23 \w+ 2026, 12:30: many mails were asked for/);
});

test('whose mailbox sends mail back reads so, and is shown the way to another address', async () => {
  const { revise, page, path, site } = await bombed();
  await revise((row) => ({ ...row, bounced: true }));
  expect(await page()).toContain('A mail to ada@example.org came back, so nothing more is sent there.');
  expect(await page()).toContain('Confirmation: will not be sent');
  const { body } = await site.request({ path });
  expect(body).toContain(`${path}/address`);
  expect(body).not.toContain('name="send"');
});

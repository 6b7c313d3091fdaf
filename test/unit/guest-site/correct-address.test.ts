import { expect, test } from 'vitest';
import { readTicket, signTicket } from '#shared/domain/ticket.ts';
import { anEvent, NOW, NOW_EPOCH } from '#test/support/builders.ts';
import { press } from '#test/support/guest-people.ts';
import { type Answer, guestSite, posted, readable } from '#test/support/guest-site.ts';

const PATH = '/events/a-morning';

/** Somebody registers, and sees the page behind the form; a clock that tests move. */
async function registered(email = 'ada@exmaple.org', given = {}) {
  let elapsed = 0;
  const site = guestSite({ now: () => Date.parse(NOW) + elapsed });
  const event = await site.publish(anEvent({ slug: 'a-morning', ...given }));
  const register = (address: string) =>
    site.request(posted(`${PATH}/register`, { name: 'Ada', email: address, organisation: 'Example Force' }));
  const ticketOf = ({ headers }: Answer) => /for=(.+)$/.exec(headers.location ?? '')?.[1] ?? '';
  const ticket = ticketOf(await register(email));
  const correct = (address: string, held = ticket) =>
    site.request(posted(`${PATH}/registered`, { ticket: held, email: address }));
  const people = () => site.people(event);
  const arrived = async (state: string) => {
    const [row] = await people();
    if (row)
      await site.registrations.revise(row, (each) => ({
        row: { ...each, deliveries: { '1@a1': `${state}|1|1|a1b2c3|1` } },
      }));
  };
  const pass = (ms: number) => {
    elapsed += ms;
  };
  return { site, event, ticket, correct, people, arrived, pass, register, ticketOf };
}

test.each(['sent', 'bounced', undefined])(
  'while nothing has arrived (%s), a typo is corrected at once',
  async (state) => {
    const { correct, people, arrived } = await registered();
    if (state) await arrived(state);
    const [before] = await people();
    expect(await correct(' ADA@example.org ')).toMatchObject({ status: 303 });
    const [row, ...others] = await people();
    expect(others).toEqual([]);
    expect(row).toMatchObject({ email: 'ada@example.org', addressRevision: 2, admissions: 2 });
    expect(row?.linkSeed).not.toBe(before?.linkSeed);
    expect(row?.greetDue).toContain('1@a2');
  },
);

test('once a mail has arrived, the registration is its owner’s, and a ticket moves it nowhere', async () => {
  const { correct, people, arrived } = await registered();
  await arrived('delivered');
  expect(await correct('ada@example.org')).toMatchObject({ status: 303 });
  const [row] = await people();
  expect(row).toMatchObject({ email: 'ada@exmaple.org', addressRevision: 1 });
  expect(row).not.toHaveProperty('newEmail');
});

test('an address that was confirmed is not moved to one that was not, whether or not a receipt came', async () => {
  const { site, correct, people } = await registered('ada@example.com', { confirmAddress: true });
  const [row] = await people();
  if (row) await press(site, `/r/${site.tokenOf(row, 'manage')}`, 'confirm');
  expect(await correct('eve@example.org')).toMatchObject({ status: 303 });
  expect(await people()).toMatchObject([{ status: 'confirmed', email: 'ada@example.com', addressRevision: 1 }]);
});

test('the page behind the form is the same for everybody, before and after, and holds no address', async () => {
  const { site, register, ticketOf, correct, arrived } = await registered('ada@example.org');
  const page = async (ticket: string) =>
    (await site.request({ path: `${PATH}/registered`, query: { for: ticket } })).body.replaceAll(ticket, 'TICKET');
  const repeat = ticketOf(await register('ada@example.org'));
  const stranger = ticketOf(await register('eve@example.org'));
  const pages = [await page(repeat), await page(stranger)];
  const answers = [await correct('bob@example.org', repeat), await correct('eve@example.com', stranger)];
  await arrived('delivered');
  pages.push(await page(repeat), await page(stranger));
  expect(new Set(pages).size).toBe(1);
  expect(pages[0]).toContain('Wrong address?');
  expect(pages[0]).not.toMatch(/(ada|eve|bob)@/);
  expect(new Set(answers.map(({ status, body }) => `${status} ${body}`)).size).toBe(1);
});

test('whoever registered twice cannot move the first registration by the second ticket', async () => {
  const { register, ticketOf, correct, people } = await registered('ada@example.org');
  const repeat = ticketOf(await register('ada@example.org'));
  expect(await correct('eve@example.org', repeat)).toMatchObject({ status: 303 });
  expect((await people()).map(({ email }) => email)).toEqual(['ada@example.org']);
});

test('an address that has a registration keeps it, and its holder is reminded, at most once in ten minutes', async () => {
  const { site, register, correct, people, pass, event } = await registered();
  await register('bob@example.org');
  pass(601_000);
  await correct('bob@example.org');
  await correct('bob@example.org');
  const rows = await people();
  expect(rows.map(({ email }) => email).sort()).toEqual(['ada@exmaple.org', 'bob@example.org']);
  const bob = rows.find(({ email }) => email === 'bob@example.org');
  expect([...(bob?.greetDue ?? [])].filter((key) => key.startsWith('already-registered@'))).toHaveLength(1);
  expect(await site.people(event)).toHaveLength(2);
});

test('an address that is none is named, and what was typed is kept', async () => {
  const { correct, people } = await registered();
  const answer = await correct('nobody');
  expect(answer.status).toBe(400);
  expect(readable(answer.body)).toContain('Enter an email address like name@example.org');
  expect(answer.body).toContain('value="nobody"');
  expect((await people()).map(({ email }) => email)).toEqual(['ada@exmaple.org']);
});

test('a ticket is good for an hour, for its own event, and cannot be made', async () => {
  const { ticket, event, correct, people, pass } = await registered();
  const key = 'a key of the address book';
  expect(readTicket(key, event.eventId, ticket, NOW_EPOCH)).toBeDefined();
  const sent = { eventId: event.eventId, registrationId: '7h2k9m4p6r8t3w5x' };
  expect(readTicket(key, event.eventId, signTicket(key, sent, NOW_EPOCH), NOW_EPOCH + 3599)).toBe(sent.registrationId);
  expect(readTicket(key, event.eventId, signTicket(key, sent, NOW_EPOCH), NOW_EPOCH + 3600)).toBeUndefined();
  expect(readTicket(key, event.eventId, signTicket('another', sent, NOW_EPOCH), NOW_EPOCH)).toBeUndefined();
  expect(readTicket(key, '0000000000000000', ticket, NOW_EPOCH)).toBeUndefined();
  for (const forged of ['x', `${ticket.slice(0, -1)}!`, ticket.replace(/^./, (c) => (c === '0' ? '1' : '0'))])
    expect((await correct('eve@example.org', forged)).status).toBeLessThan(500);
  pass(3_600_000);
  expect(await correct('ada@example.org')).toMatchObject({ status: 303 });
  expect((await people()).map(({ email }) => email)).toEqual(['ada@exmaple.org']);
});

test('where addresses are to be confirmed, the mail that asks goes to the right one', async () => {
  const { correct, people } = await registered('ada@exmaple.org', { confirmAddress: true });
  await correct('ada@example.org');
  const [row] = await people();
  expect(row).toMatchObject({ email: 'ada@example.org', status: 'applied', confirmBy: expect.any(Number) });
  expect([...(row?.greetDue ?? [])].filter((key) => key.startsWith('confirm-address@'))).not.toHaveLength(0);
});

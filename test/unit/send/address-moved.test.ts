import { describe, expect, test } from 'vitest';
import { compose } from '#functions/send/compose.ts';
import { erase } from '#shared/domain/erase.ts';
import { leftAddressesOf, OBJECT_WITHIN } from '#shared/domain/left-address.ts';
import { mayReach } from '#shared/domain/mail-mode.ts';
import { moveAddress } from '#shared/domain/move-address.ts';
import { isProved } from '#shared/domain/proof.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { NOW_EPOCH } from '#test/support/builders.ts';
import { readCalendar } from '#test/support/read-calendar.ts';
import { sending } from '#test/support/sending.ts';

const OLD = 'ada@example.org';
const NEW = 'grace@example.com';
const NAME = 'Call 020 7946 0000';

const written = compose({
  site: { name: 'Rollcall', url: 'https://events.example.org' },
  linkKeys: new Map([['k1', 'a key that signs links in tests, and long enough']]),
  reach: { mode: 'live', allowList: [] },
  sender: 'events@example.org',
  configurationSets: { service: 'service', optional: 'optional', urgent: 'urgent' },
});

/** Somebody who was invited and has just moved; only the telling is looked at. */
async function moved(given: Partial<Registration> = {}, { proved = false } = {}) {
  const deliveries = { '1@a1': `delivered|${NOW_EPOCH - 600}|1|abcdef|1.${NOW_EPOCH - 600}` };
  const settled = { greetDue: undefined, greetDueAt: undefined, name: NAME, sequence: 1, deliveries };
  const world = await sending({ row: { ...settled, ...given } });
  const address = { email: NEW, addressHash: 'another hash', linkSeed: 'another seed' };
  const moment = { now: NOW_EPOCH, allowance: { delay: 0, dropped: false }, chance: 'abcdef', mayTell: true };
  await world.registrations.revise(await world.row(), (row) => moveAddress(row, address, moment));
  if (proved) await world.registrations.revise(await world.row(), (row) => ({ row: { ...row, provedAt: NOW_EPOCH } }));
  const [left] = leftAddressesOf(await world.row());
  const mailKey = `address-moved@${left?.occasion}`;
  const send = (over: Parameters<typeof world.send>[0] = {}) => world.send({ compose: written, ...over });
  const tellings = () => world.sent.filter(({ tags }) => tags.campaign === 'address-moved');
  return { ...world, mailKey, send, tellings };
}

test('a move is told to the old address once, and the first mail goes to the new one', async () => {
  const { send, sent, tellings, entry, mailKey } = await moved();
  await send();
  await send();
  expect(sent.map(({ to, tags }) => [tags.campaign, to])).toEqual([
    ['1', NEW],
    ['address-moved', OLD],
  ]);
  expect(tellings()).toHaveLength(1);
  expect(await entry(mailKey)).toMatchObject({ state: 'sent' });
});

test('it tells nothing of the new address, nor of the person, and no name that was typed', async () => {
  const { send, tellings, row } = await moved();
  await send();
  const { linkSeed, registrationId } = await row();
  const [mail] = tellings();
  const all = JSON.stringify(mail);
  for (const secret of [NEW, 'grace', NAME, '7946', linkSeed]) expect(all).not.toContain(secret);
  expect(mail?.text).toContain('Hello,\n');
  const links = [...(mail?.html ?? '').matchAll(/href="([^"]+)"/g)].map(([, href]) => new URL(href ?? '').pathname);
  const theirs = links.filter((path) => path.includes(registrationId));
  expect(theirs.length).toBeGreaterThan(0);
  for (const path of theirs) expect(path).toMatch(/^\/m\//);
});

test('the calendar of the old address loses the event, by a SEQUENCE below that of the next invitation', async () => {
  const { send, sent, tellings } = await moved();
  await send();
  const [telling] = tellings();
  const invitation = sent.find(({ tags }) => tags.campaign === '1');
  const cancel = readCalendar(telling?.calendar?.ics ?? '').events[0];
  const request = readCalendar(invitation?.calendar?.ics ?? '').events[0];
  expect([telling?.calendar?.method, invitation?.calendar?.method]).toEqual(['CANCEL', 'REQUEST']);
  expect(cancel?.uid).toBe(request?.uid);
  expect([cancel?.sequence, request?.sequence]).toEqual([2, 3]);
  expect(cancel?.attendees).toEqual([{ address: `MAILTO:${OLD}`, name: undefined }]);
});

test('whose calendar never had it gets no cancellation, and nobody’s overtakes an invitation in doubt', async () => {
  const never = await moved({ sequence: 0, deliveries: {} });
  await never.send();
  expect(never.tellings()).toMatchObject([{ to: OLD }]);
  expect(never.tellings()[0]).not.toHaveProperty('calendar');

  const doubted = await moved({ deliveries: { '1@a1': `claimed|${NOW_EPOCH}|1|abcdef|1` } });
  await doubted.send();
  expect(doubted.tellings()).toEqual([]);
  await doubted.receipt('1@a1', { type: 'sent' });
  await doubted.send();
  expect(doubted.tellings()).toMatchObject([{ calendar: { method: 'CANCEL' } }]);
});

test('an address that bounced is told, too', async () => {
  const { send, tellings } = await moved({ bounced: true });
  await send();
  expect(tellings()).toMatchObject([{ to: OLD }]);
});

describe('what the old address does with it', () => {
  test.each(['bounced', 'complained', 'delivered'] as const)('%s, says nothing about the new one', async (type) => {
    const { send, tellings, receipt, entry, mailKey, row } = await moved();
    await send();
    const { addressRevision } = tellings()[0]?.tags ?? {};
    await receipt(mailKey, { type, bounceType: 'Permanent', addressRevision: Number(addressRevision) });
    expect(await entry(mailKey)).toMatchObject({ state: type });
    expect(await row()).not.toHaveProperty('bounced');
    expect(isProved(await row())).toBe(false);
  });

  test('says nothing either where they have come back to it', async () => {
    const { send, sent, tellings, registrations, receipt, row, mailKey, pass } = await moved();
    const back = { email: OLD, addressHash: 'the hash', linkSeed: 'a third seed' };
    const moment = { now: NOW_EPOCH + 1, allowance: { delay: 0, dropped: false }, chance: 'ghijkl', mayTell: true };
    await registrations.revise(await row(), (current) => moveAddress(current, back, moment));
    pass(5);
    await send();
    expect(sent.map(({ to, tags }) => [tags.campaign, to])).toEqual([
      ['1', OLD],
      ['address-moved', OLD],
      ['address-moved', NEW],
    ]);
    const [first] = tellings();
    expect(first?.tags.addressRevision).toBe('0');
    await receipt(mailKey, { type: 'bounced', bounceType: 'Permanent', addressRevision: 0 });
    expect(await row()).not.toHaveProperty('bounced');
  });
});

test('a doubt is taken over once, to the same address and with the same SEQUENCE', async () => {
  const { send, ses, tellings, pass, receiptsCaughtUp } = await moved({}, { proved: true });
  ses.answers.push(
    () => ({ is: 'accepted', messageId: 'm' }),
    () => ({ is: 'unknown', reason: 'TimeoutError' }),
  );
  await send();
  pass(600);
  await receiptsCaughtUp();
  await send();
  const calendars = tellings().map(({ to, calendar }) => [to, readCalendar(calendar?.ics ?? '').events[0]?.sequence]);
  expect(calendars).toEqual([
    [OLD, 2],
    [OLD, 2],
  ]);
});

test('a stage that does not mail the old address says so, and mails the new one', async () => {
  const { send, sent, entry, mailKey } = await moved();
  await send({ mayReach: mayReach({ mode: 'allow-list', allowList: [NEW] }) });
  expect(sent.map(({ to }) => to)).toEqual([NEW]);
  expect(await entry(mailKey)).toMatchObject({ state: 'skipped', reason: 'not-on-allow-list' });
});

test('it may go for as long as somebody may object, and not to who is erased', async () => {
  const late = await moved();
  late.pass(OBJECT_WITHIN - 60);
  await late.send();
  expect(late.tellings()).toHaveLength(1);

  const tooLate = await moved();
  tooLate.pass(OBJECT_WITHIN);
  await tooLate.send();
  expect(tooLate.tellings()).toEqual([]);

  const erased = await moved();
  await erased.registrations.revise(await erased.row(), (row) => erase(row, NOW_EPOCH));
  await erased.send();
  expect(erased.sent).toEqual([]);
});

import { describe, expect, test } from 'vitest';
import { noteReceipt } from '#functions/receipts/note-receipt.ts';
import { ReceiptMessage } from '#functions/receipts/receipt-message.ts';
import { keyedHash } from '#shared/domain/address.ts';
import { prove } from '#shared/domain/proof.ts';
import { Question } from '#shared/domain/question.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { readEarlierTicket } from '#shared/domain/ticket.ts';
import type { Item, Table } from '#shared/store/table.ts';
import { anEvent, NOW, NOW_EPOCH } from '#test/support/builders.ts';
import { press } from '#test/support/guest-people.ts';
import { type Answer, type GuestSiteOptions, guestSite, posted, readable } from '#test/support/guest-site.ts';
import { recordedLog } from '#test/support/http.ts';
import { Calls, turns, unevenly } from '#test/support/watched-table.ts';

const PATH = '/events/a-morning';
const KEY = 'a key of the address book';
const TYPED = {
  name: 'Ada',
  organisation: 'Example Force',
  jobTitle: 'Analyst',
  timeZone: 'Asia/Tokyo',
  'answers.diet': 'Vegan',
};
const DIET = Question.parse({
  id: 'diet',
  label: 'Diet',
  type: 'choice',
  options: ['None', { id: 'v', label: 'Vegan' }],
  segment: true,
});

type Tags = Partial<Record<'campaign' | 'occasion' | 'addressRevision', [string]>>;

const ticketIn = ({ body }: Answer): string => /name="ticket" value="([^"]+)"/.exec(body)?.[1] ?? '';

/** An event whose form anybody may send, and a clock that tests move. */
async function open(given = {}, options: GuestSiteOptions = {}) {
  let elapsed = 0;
  const site = guestSite({ now: () => Date.parse(NOW) + elapsed, ...options });
  const event = await site.publish(anEvent({ slug: 'a-morning', ...given }));
  const register = (email: string) => site.request(posted(`${PATH}/register`, { ...TYPED, email }));
  const correct = (email: string, ticket: string) => site.request(posted(`${PATH}/registered`, { ticket, email }));
  const at = async (email: string): Promise<Registration | undefined> =>
    (await site.people(event)).find((row) => row.email === email);
  const became = async (email: string, state: string) => {
    const row = await at(email);
    const deliveries = { '1@a1': `${state}|1|1|a1b2c3|1` };
    if (row) await site.registrations.revise(row, (each) => ({ row: { ...each, deliveries } }));
  };
  const receipt = async (row: Registration, type = 'Delivery', of: Tags = {}) => {
    const ids = { event: [row.eventId], registration: [row.registrationId] };
    const tags = { ...ids, campaign: ['1'], occasion: ['a1'], attempt: ['1'], addressRevision: ['1'], ...of };
    const message = ReceiptMessage.parse({ v: 1, type, time: NOW, messageId: 'm', ...tags });
    await noteReceipt({ registrations: site.registrations, brake: async () => {}, logger: recordedLog() })(message);
  };
  const pass = (ms: number) => {
    elapsed += ms;
  };
  return { site, event, register, correct, at, became, receipt, pass };
}

/** Somebody has mistyped their address, and sees the page behind the form. */
async function mistyped(given = {}, options: GuestSiteOptions = {}) {
  const desk = await open(given, options);
  const ticket = ticketIn(await desk.register('ada@exmaple.org'));
  const wrong = (await desk.at('ada@exmaple.org')) as Registration;
  return { ...desk, ticket, wrong };
}

describe('a mistyped address', () => {
  test.each(['bounced', 'failed', undefined])(
    'is corrected: registered with the right one is all that was typed, and nothing is left at the wrong one (%s)',
    async (state) => {
      const { site, event, correct, at, became, ticket } = await mistyped();
      if (state) await became('ada@exmaple.org', state);
      expect(await correct(' ADA@example.org ', ticket)).toMatchObject({ status: 200 });
      const [row, ...others] = await site.people(event);
      expect(others).toEqual([]);
      expect(row).toMatchObject({ email: 'ada@example.org', name: 'Ada', timeZone: 'Asia/Tokyo', deliveries: {} });
      expect(row?.greetDue).toContain('1@a1');
      const details = await site.registrations.details(event.eventId, row?.registrationId ?? '');
      expect(details).toEqual({ organisation: 'Example Force', jobTitle: 'Analyst' });
      expect(await at('ada@exmaple.org')).toBeUndefined();
    },
  );

  test.each(['claimed', 'sent'])(
    'that may have been mailed a place (%s) is told that it has none, and keeps no answers',
    async (state) => {
      const { site, event, correct, at, became, ticket, wrong } = await mistyped({ questions: [DIET] });
      expect(wrong.chose).toEqual({ diet: 'v' });
      await became('ada@exmaple.org', state);
      await correct('ada@example.org', ticket);
      const left = await at('ada@exmaple.org');
      expect(left).toMatchObject({ status: 'cancelled' });
      expect(left?.greetDue).toContain('own-cancellation@a1');
      expect(await site.registrations.details(event.eventId, wrong.registrationId)).toEqual({});
      expect(left).not.toHaveProperty('chose');
      expect(await at('ada@example.org')).toMatchObject({ status: 'confirmed', chose: { diet: 'v' } });
    },
  );

  test('gives its seat back before the right one asks for one', async () => {
    const { site, event, correct, at, ticket } = await mistyped({ capacity: 1 });
    await site.decideSeats(event);
    await correct('ada@example.org', ticket);
    for (const { after } of site.writes.filter(({ after }) => after?.fact === 'registration.erased'))
      if (after) await site.seat({ v: 1, eventId: event.eventId, registrationId: String(after.registrationId) });
    await site.decideSeats(event);
    expect(await at('ada@example.org')).toMatchObject({ status: 'confirmed', seat: 'taken' });
  });

  test('is asked to be confirmed anew where the event asks for that, and nothing is left at the wrong one', async () => {
    const { site, event, correct, ticket } = await mistyped({ confirmAddress: true });
    await correct('ada@example.org', ticket);
    const [row, ...others] = await site.people(event);
    expect(others).toEqual([]);
    expect(row).toMatchObject({ email: 'ada@example.org', status: 'applied', confirmBy: expect.any(Number) });
    expect([...(row?.greetDue ?? [])].filter((key) => key.startsWith('confirm-address@'))).toHaveLength(1);
  });

  test('is mistyped once more: each answer corrects the one before', async () => {
    const { site, event, correct, ticket } = await mistyped();
    const next = ticketIn(await correct('ada@exampel.org', ticket));
    expect(next).not.toBe(ticket);
    await correct('ada@example.org', next);
    expect((await site.people(event)).map(({ email }) => email)).toEqual(['ada@example.org']);
  });
});

describe('once an address has proved itself, a ticket has no power over its registration', () => {
  const untouched = async ({ at, wrong }: Awaited<ReturnType<typeof mistyped>>) => {
    const row = await at('ada@exmaple.org');
    expect(row).toMatchObject({ status: wrong.status, linkSeed: wrong.linkSeed, addressRevision: 1 });
    expect(row).not.toHaveProperty('newEmail');
  };

  test.each(['Delivery', 'Complaint'])('by a receipt: %s', async (type) => {
    const desk = await mistyped();
    await desk.receipt(desk.wrong, type);
    await desk.correct('eve@example.org', desk.ticket);
    await untouched(desk);
    expect(await desk.at('eve@example.org')).toMatchObject({ status: 'confirmed' });
  });

  test.each(['cancel', 'mute'])('by a press: %s', async (action) => {
    const desk = await mistyped();
    await press(desk.site, `/r/${desk.site.tokenOf(desk.wrong, 'manage')}`, action);
    const before = await desk.at('ada@exmaple.org');
    await desk.correct('eve@example.org', desk.ticket);
    expect(await desk.at('ada@exmaple.org')).toEqual(before);
    expect(before?.provedAt).toBe(NOW_EPOCH);
  });

  test('by a press that confirms it: the owner’s data and link are theirs, and whoever filled in the form has their own', async () => {
    const { site, register, correct, at } = await open({ confirmAddress: true });
    const ticket = ticketIn(await register('ada@example.com'));
    const ada = (await at('ada@example.com')) as Registration;
    const page = `/r/${site.tokenOf(ada, 'manage')}`;
    await press(site, page, 'confirm');
    const details = { organisation: 'Kept private', answers: {} };
    await site.registrations.relocate(ada, (row) => ({ row: { ...row, edits: 1 }, details }));

    await correct('eve@example.org', ticket);
    expect((await site.request({ path: page })).status).toBe(200);
    expect(await at('ada@example.com')).toMatchObject({ status: 'confirmed', addressRevision: 1 });
    const eve = (await at('eve@example.org')) as Registration;
    expect(eve).toMatchObject({ status: 'applied' });
    const evesPage = await site.request({ path: `/r/${site.tokenOf(eve, 'manage')}` });
    expect(evesPage.body).not.toContain('Kept private');
  });

  test('to look at a page is no proof: scanners open links', async () => {
    const { site, at, correct, wrong, ticket } = await mistyped();
    await site.request({ path: `/r/${site.tokenOf(wrong, 'manage')}` });
    await correct('ada@example.org', ticket);
    expect(await at('ada@exmaple.org')).toBeUndefined();
  });

  test('a receipt of another address proves nothing', async () => {
    const desk = await mistyped();
    const elsewhere = { campaign: ['new-address'], occasion: ['q1abc234'], addressRevision: ['0'] } satisfies Tags;
    await desk.receipt(desk.wrong, 'Delivery', elsewhere);
    await desk.correct('ada@example.org', desk.ticket);
    expect(await desk.at('ada@exmaple.org')).toBeUndefined();
  });

  test('nor over one that an organiser has moved, or that came back', async () => {
    const changes: Partial<Registration>[] = [{ addressRevision: 2, provedAt: 0 }, { admissions: 2 }];
    for (const change of changes) {
      const { site, at, correct, wrong, ticket } = await mistyped();
      await site.registrations.revise(wrong, (row) => ({ row: { ...row, ...change } }));
      await correct('eve@example.org', ticket);
      expect(await at('ada@exmaple.org')).toMatchObject({ status: 'confirmed', ...change });
    }
  });

  test('a proof that is written after the ticket’s reading, and before its write, wins', async () => {
    let between: (() => Promise<unknown>) | undefined;
    const reach = (table: Table): Table => ({
      ...table,
      transact: async (writes, token) => {
        const first = between;
        between = undefined;
        await first?.();
        return table.transact(writes, token);
      },
    });
    const desk = await mistyped({}, { reach });
    // A press that changes nothing else: only the proof itself stands in the way.
    between = () => desk.site.registrations.revise(desk.wrong, (row) => ({ row: prove(row, NOW_EPOCH) }));
    await desk.correct('eve@example.org', desk.ticket);
    expect(between).toBeUndefined();
    await untouched(desk);
    expect(await desk.at('eve@example.org')).toBeDefined();
  });

  test('in the very moment: whichever comes first, the owner has their place or was never shown one', async () => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= 24; seed++) {
      const { site, correct, receipt, at, ticket, wrong } = await mistyped({}, { reach: unevenly(seed) });
      const page = `/r/${site.tokenOf(wrong, 'manage')}`;
      const looked = await site.request({ path: page });
      const owner = async () => {
        await turns(seed * 12);
        return seed % 2 === 0 ? press(site, page, 'mute', looked) : receipt(wrong);
      };
      await Promise.all([owner(), correct('eve@example.org', ticket)]);
      const row = await at('ada@exmaple.org');
      const isOfRow = (item: Item | undefined) => item?.sk === `REG#${wrong.registrationId}`;
      const wasProved = site.writes.some(({ after }) => isOfRow(after) && after?.provedAt !== undefined);
      expect(wasProved).toBe(row !== undefined);
      if (row === undefined) expect((await site.request({ path: page })).status).toBe(404);
      else expect(row).toMatchObject({ provedAt: NOW_EPOCH, status: 'confirmed', linkSeed: wrong.linkSeed });
      expect(await at('eve@example.org')).toBeDefined();
      seen.add(row ? 'the owner' : 'the ticket');
    }
    expect([...seen].sort()).toEqual(['the owner', 'the ticket']);
  });
});

describe('a registration that somebody else wants, too, is no typo any more', () => {
  const later = [0, 601_000];

  test.each(later)(
    'who fills in the form for an address after a stranger did keeps the place, %s ms later',
    async (ms) => {
      for (const given of [{}, { confirmAddress: true }, { capacity: 5 }]) {
        const { site, event, register, correct, at, pass } = await open(given);
        const ticket = ticketIn(await register('ada@example.com'));
        const first = (await at('ada@example.com')) as Registration;
        pass(ms);
        await register('ada@example.com');
        await correct('eve@example.org', ticket);
        expect(await at('ada@example.com')).toMatchObject({ status: first.status, linkSeed: first.linkSeed });
        const details = await site.registrations.details(event.eventId, first.registrationId);
        expect(details).toMatchObject({ organisation: 'Example Force' });
        expect(await at('eve@example.org')).toBeDefined();
      }
    },
  );

  test('also where the mailbox has no room for another mail', async () => {
    const { register, correct, at, ticket } = await mistyped();
    const spent = Array.from({ length: 24 }, (_, n) => register(`ada+${n}@exmaple.org`));
    await Promise.all(spent);
    await register('ada@exmaple.org');
    await correct('eve@example.org', ticket);
    expect(await at('ada@exmaple.org')).toMatchObject({ status: 'confirmed' });
  });

  test('and so does who asks for their link', async () => {
    const { site, correct, at, pass, ticket } = await mistyped();
    pass(601_000);
    await site.request(posted('/lost-link', { email: 'ada@exmaple.org' }));
    await site.lookUpLinks();
    await correct('eve@example.org', ticket);
    expect(await at('ada@exmaple.org')).toMatchObject({ status: 'confirmed' });
  });

  test('it is noted once, however often the form is sent', async () => {
    const { site, register, wrong } = await mistyped();
    const writes = () => site.writes.filter(({ after }) => after?.sk === `REG#${wrong.registrationId}`).length;
    const before = writes();
    for (let n = 0; n < 5; n++) await register('ada@exmaple.org');
    expect(writes()).toBe(before + 1);
  });

  test('in the very moment: whichever comes first, whoever is told that their place is stored has one', async () => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= 40; seed++) {
      const { register, correct, at, ticket, wrong } = await mistyped({}, { reach: unevenly(seed) });
      const after = async <T>(count: number, act: () => Promise<T>) => {
        await turns(count);
        return act();
      };
      const [answer] = await Promise.all([
        register('ada@exmaple.org'),
        after(seed * 4, () => correct('eve@example.org', ticket)),
      ]);
      expect(answer.status).toBe(200);
      const row = await at('ada@exmaple.org');
      expect(row).toMatchObject({ status: 'confirmed' });
      expect(await at('eve@example.org')).toBeDefined();
      seen.add(row?.registrationId === wrong.registrationId ? 'kept' : 'made anew');
    }
    expect([...seen].sort()).toEqual(['kept', 'made anew']);
  });
});

test('a mail that is claimed after the ticket’s reading, and before its write, is taken back by another', async () => {
  let between: (() => Promise<unknown>) | undefined;
  const reach = (table: Table): Table => ({
    ...table,
    transact: async (writes, token) => {
      const first = between;
      between = undefined;
      await first?.();
      return table.transact(writes, token);
    },
  });
  const { site, at, correct, wrong, ticket } = await mistyped({}, { reach });
  const claim = { mailKey: '1@a1', entry: 'claimed|1|1|a1b2c3|1', raisesSequence: true, when: [] };
  between = () => site.registrations.claim(wrong, claim);
  await correct('ada@example.org', ticket);
  expect(between).toBeUndefined();
  const left = await at('ada@exmaple.org');
  expect(left).toMatchObject({ status: 'cancelled', deliveries: { '1@a1': claim.entry } });
  expect(left?.greetDue).toContain('own-cancellation@a1');
});

describe('what a stranger can receive', () => {
  /** Somebody types a victim’s address, then one of their own. */
  async function asks(victim: 'registered' | 'nobody' | 'proved' | 'gave up', given = {}) {
    const calls = new Calls();
    const desk = await open(given, { reach: calls.watching });
    const { site, at, register, correct } = desk;
    if (victim !== 'nobody') await register('victim@example.org');
    const before = await at('victim@example.org');
    if (before && victim === 'proved') await desk.receipt(before);
    if (before && victim === 'gave up') await press(site, `/r/${site.tokenOf(before, 'manage')}`, 'cancel');
    desk.pass(601_000);
    const form = await register('victim@example.org');
    calls.begin();
    const answer = await correct('eve@example.com', ticketIn(form));
    const asked = calls.end();
    const { registrationId, linkSeed, ...row } = (await at('eve@example.com')) as Registration;
    const details = await site.registrations.details(row.eventId, registrationId);
    const shown = ({ status, headers, body }: Answer) => ({
      status,
      headers,
      body: body.replace(ticketIn({ body } as Answer), ''),
    });
    const nothing = { eventId: undefined, addressHash: undefined };
    return {
      asked,
      answers: [shown(form), shown(answer)],
      stored: { ...row, ...nothing, details, greetDue: [...(row.greetDue ?? [])] },
      ids: [registrationId, ticketIn(form)],
    };
  }

  test.each([{}, { confirmAddress: true }, { capacity: 5 }])(
    'does not depend on who is registered: the same calls, the same row, the same mail owed, the same pages (%j)',
    async (given) => {
      const [nobody, ...others] = [
        await asks('nobody', given),
        await asks('registered', given),
        await asks('proved', given),
        // Who has not confirmed has nothing to give up.
        await asks('confirmAddress' in given ? 'proved' : 'gave up', given),
      ];
      for (const other of others) {
        expect(other.asked).toEqual(nobody.asked);
        expect(other.stored).toEqual(nobody.stored.confirmBy === undefined ? nobody.stored : like(nobody.stored));
        expect(other.answers).toEqual(nobody.answers);
      }
      expect(nobody.asked.length).toBeGreaterThan(5);
      for (const { ids } of [nobody, ...others]) expect(new Set(ids).size).toBe(2);
    },
  );

  /** A mail that is asked for has a name by chance. */
  const like = ({ greetDue, ...stored }: Awaited<ReturnType<typeof asks>>['stored']) => ({
    ...stored,
    greetDue: greetDue.map((key) => expect.stringMatching(new RegExp(`^${key.slice(0, -6)}`))),
  });

  test('an address that has a registration keeps it, and its holder is reminded, at most once in ten minutes', async () => {
    const { at, register, correct, pass, ticket } = await mistyped();
    await register('bob@example.org');
    pass(601_000);
    const next = ticketIn(await correct('bob@example.org', ticket));
    await correct('bob@example.org', next);
    const bob = await at('bob@example.org');
    expect([...(bob?.greetDue ?? [])].filter((key) => key.startsWith('already-registered@'))).toHaveLength(1);
    expect(await at('ada@exmaple.org')).toBeUndefined();
  });

  test('whoever registered twice cannot touch the first registration by the second ticket', async () => {
    const { at, register, correct, wrong } = await mistyped();
    const second = ticketIn(await register('ada@exmaple.org'));
    await correct('eve@example.org', second);
    expect(await at('ada@exmaple.org')).toEqual({ ...wrong, remindedAt: NOW_EPOCH });
  });
});

describe('a ticket', () => {
  test('stands in no address, and what it opens can be read by nobody else', async () => {
    const { site, register } = await open();
    const answer = await register('ada@exmaple.org');
    const ticket = ticketIn(answer);
    expect(ticket).toMatch(/^[0-9a-z]{26}$/);
    expect(answer.status).toBe(200);
    expect(answer.headers).toMatchObject({ 'cache-control': 'no-store' });
    expect(JSON.stringify(answer.headers)).not.toContain(ticket);
    const kept = site.items().filter(({ pk }) => pk.startsWith('TICKET#'));
    expect(kept).toMatchObject([{ expiresAt: NOW_EPOCH + 3600 }]);
    expect(JSON.stringify(kept)).not.toContain(ticket);
    const bytes = Buffer.from(String(kept[0]?.sealed), 'base64url').toString('latin1');
    for (const text of ['Ada', 'exmaple', 'Example Force']) expect(JSON.stringify(kept) + bytes).not.toContain(text);
  });

  test('works once: again for the same address, where the answer was lost, and for no other', async () => {
    const { site, event, correct, ticket } = await mistyped();
    await correct('ada@example.org', ticket);
    expect((await correct('ada@example.org', ticket)).status).toBe(200);
    const other = await correct('eve@example.org', ticket);
    expect(other.status).toBe(409);
    expect(readable(other.body)).toContain('Nothing has changed');
    expect(other.body).toContain(`href="${PATH}/register"`);
    expect((await site.people(event)).map(({ email }) => email)).toEqual(['ada@example.org']);
  });

  test('of two addresses at once it takes one', async () => {
    for (let seed = 1; seed <= 20; seed++) {
      const { site, event, correct, ticket } = await mistyped({}, { reach: unevenly(seed) });
      const both = await Promise.all([correct('ada@example.org', ticket), correct('eve@example.org', ticket)]);
      expect(both.map(({ status }) => status).sort()).toEqual([200, 409]);
      expect(await site.people(event)).toHaveLength(1);
    }
  });

  test('is good for an hour, for its own event, and cannot be made', async () => {
    const { site, at, correct, pass, ticket } = await mistyped();
    await site.publish(anEvent({ slug: 'an-evening' }));
    const elsewhere = posted('/events/an-evening/registered', { ticket, email: 'eve@example.org' });
    expect((await site.request(elsewhere)).status).toBe(409);
    for (const forged of ['x', '', `${ticket.slice(0, -1)}!`, ticket.replace(/^./, (c) => (c === '0' ? '1' : '0'))])
      expect((await correct('eve@example.org', forged)).status).toBe(409);
    pass(3_600_000);
    expect((await correct('ada@example.org', ticket)).status).toBe(409);
    expect(await at('ada@exmaple.org')).toBeDefined();
    expect(await at('ada@example.org')).toBeUndefined();
  });

  test('an address that is none is named, what was typed is kept, and the ticket is still good', async () => {
    const { at, correct, ticket } = await mistyped();
    const answer = await correct('nobody', ticket);
    expect(answer.status).toBe(400);
    expect(readable(answer.body)).toContain('Enter an email address like name@example.org');
    expect(answer.body).toContain('value="nobody"');
    expect(ticketIn(answer)).toBe(ticket);
    expect(await at('ada@exmaple.org')).toBeDefined();
  });

  test('is of no use once registration has closed, and the page says so', async () => {
    const { site, event, at, correct, ticket } = await mistyped();
    await site.change(event, { state: 'cancelled' });
    expect((await correct('ada@example.org', ticket)).status).toBe(409);
    expect(await at('ada@exmaple.org')).toBeDefined();
  });
});

describe('a ticket of an earlier version', () => {
  const earlier = ({ eventId, registrationId }: Pick<Registration, 'eventId' | 'registrationId'>, sentAt = NOW_EPOCH) =>
    `${registrationId}.${sentAt.toString(36)}.${keyedHash(KEY, 'ticket', eventId, registrationId, String(sentAt))}`;

  test('corrects a registration that nobody has touched, and shows the same page whatever came of it', async () => {
    const { site, event, at, correct, wrong } = await mistyped();
    const answer = await correct('ada@example.org', earlier(wrong));
    const nobody = await correct('eve@example.org', earlier({ ...wrong, registrationId: '7h2k9m4p6r8t3w5x' }));
    const again = await correct('eve@example.org', earlier(wrong));
    const page = (one: Answer) => ({ ...one, body: one.body.replace(ticketIn(one), '') });
    expect([nobody, again].map(page)).toEqual([page(answer), page(answer)]);
    expect(await at('ada@example.org')).toMatchObject({ name: 'Ada', status: 'confirmed' });
    expect(await site.people(event)).toHaveLength(1);
    const asked = await site.request({ path: `${PATH}/registered`, query: { for: earlier(wrong) } });
    expect(ticketIn(asked)).toBe(earlier(wrong));
  });

  test('has no power over one that was proved, and tells nothing of it', async () => {
    const { site, event, at, correct, wrong, receipt } = await mistyped();
    await receipt(wrong);
    expect((await correct('eve@example.org', earlier(wrong))).status).toBe(200);
    expect(await at('ada@exmaple.org')).toMatchObject({ linkSeed: wrong.linkSeed, status: 'confirmed' });
    expect(await site.people(event)).toHaveLength(1);
  });

  test('is good for an hour, for its own event, and cannot be made', () => {
    const sent = { eventId: '1000000000000000', registrationId: '7h2k9m4p6r8t3w5x' };
    const read = (ticket: string, now: number, eventId = sent.eventId) => readEarlierTicket(KEY, eventId, ticket, now);
    expect(read(earlier(sent), NOW_EPOCH + 3599)).toBe(sent.registrationId);
    expect(read(earlier(sent), NOW_EPOCH + 3600)).toBeUndefined();
    expect(read(earlier(sent), NOW_EPOCH, '2000000000000000')).toBeUndefined();
    expect(read(earlier(sent).replace(/^./, '8'), NOW_EPOCH)).toBeUndefined();
  });
});

describe('a link to confirm an address that an earlier version asked by ticket', () => {
  /** As that version left it: asked once a mail had been delivered. */
  async function asked(options: GuestSiteOptions = {}) {
    const desk = await mistyped({}, options);
    const { site, wrong } = desk;
    const set = (change: Partial<Registration>) =>
      site.registrations.revise(wrong, (row) => ({ row: { ...row, ...change } }));
    const newEmail = 'eve@example.org';
    const row = (await set({ newEmail })) as Registration;
    return { ...desk, set, link: `/a/${site.tokenOf(row, 'address')}`, row };
  }

  test('is dead where the address had proved itself by then', async () => {
    const { site, at, set, link } = await asked();
    await set({ deliveries: { '1@a1': 'delivered|1|1|a1b2c3|1' } });
    expect((await site.request({ path: link })).status).toBe(404);
    expect((await site.request(posted(link, { use: 'x' }))).status).toBe(404);
    expect(await at('ada@exmaple.org')).toMatchObject({ addressRevision: 1 });
  });

  test('is dead from the write on that records the proof, which drops the address', async () => {
    const { site, at, link, receipt, wrong } = await asked();
    const looked = await site.request({ path: link });
    expect(looked.status).toBe(200);
    await receipt(wrong);
    expect((await press(site, link, 'use', looked)).status).toBe(404);
    const row = await at('ada@exmaple.org');
    expect(row).toMatchObject({ addressRevision: 1, linkSeed: wrong.linkSeed });
    expect(row).not.toHaveProperty('newEmail');
  });

  test('used before that, it moves; the mail before proves nothing of the address after', async () => {
    const { site, at, link, receipt, wrong } = await asked();
    await press(site, link, 'use');
    const moved = await at('eve@example.org');
    expect(moved).toMatchObject({ addressRevision: 2, provedAt: NOW_EPOCH });
    await receipt(wrong);
    expect((await at('eve@example.org'))?.linkSeed).toBe(moved?.linkSeed);
  });

  test('in the very moment of the proof, one of the two happens', async () => {
    const seen = new Set<string>();
    for (let seed = 1; seed <= 24; seed++) {
      const { site, link, receipt, at, wrong, row } = await asked({ reach: unevenly(seed) });
      const manage = `/r/${site.tokenOf(row, 'manage')}`;
      const [looked, page] = [await site.request({ path: link }), await site.request({ path: manage })];
      const owner = seed % 2 === 0 ? press(site, manage, 'mute', page) : receipt(wrong);
      await Promise.all([owner, press(site, link, 'use', looked)]);
      const stays = await at('ada@exmaple.org');
      if (stays) {
        expect(stays).toMatchObject({ provedAt: NOW_EPOCH, linkSeed: wrong.linkSeed });
        expect(stays).not.toHaveProperty('newEmail');
      } else expect(await at('eve@example.org')).toMatchObject({ addressRevision: 2 });
      seen.add(stays ? 'stays' : 'moves');
    }
    expect([...seen].sort()).toEqual(['moves', 'stays']);
  });
});

import { describe, expect, test } from 'vitest';
import type { Event } from '#shared/domain/event.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { press, withPeople } from '#test/support/guest-people.ts';
import { posted } from '#test/support/guest-site.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const START = Date.parse('2027-02-18T09:30:00Z');
const AHEAD = START - Date.parse('2026-11-23T10:00:00Z');
const joining = { url: 'https://meet.example.org/room?pwd=1234', opensBefore: 'PT15M' };
const at = (ms: number) => (START + ms) / 1000;

/** Somebody at the gate, so long after the start. */
async function atTheGate(ms = 0, given: Partial<Event> = {}) {
  const world = await withPeople({ joining, ...given });
  const { site, person, pass } = world;
  pass(AHEAD + ms);
  const path = `/j/${site.tokenOf(await person(), 'join')}`;
  return { ...world, path, press: (page?: Parameters<typeof press>[3]) => press(site, path, 'join', page) };
}

describe('a press of Join now', () => {
  test('leads to the address as it is at that moment, kept by nobody, with no word of where one comes from', async () => {
    const { site, event, path, press } = await atTheGate();
    const page = await site.request({ path });
    await site.change(event, { joining: { ...joining, url: 'https://other.example.org/Räume' } });
    expect(await press(page)).toMatchObject({
      status: 303,
      headers: {
        location: 'https://other.example.org/R%C3%A4ume',
        'cache-control': 'no-store',
        'referrer-policy': 'no-referrer',
      },
      body: '',
    });
  });

  test('is written down, the first time; a double press, two tabs and the way back lead in again and write nothing', async () => {
    const { site, path, person, pass, press } = await atTheGate(-10 * MINUTE);
    const [tab, other] = [await site.request({ path }), await site.request({ path })];
    const [first, second] = await Promise.all([press(tab), press(tab)]);
    pass(HOUR);
    const later = [await press(other), await press()];
    expect([first, second, ...later].map(({ status, headers }) => [status, headers.location])).toEqual(
      Array.from({ length: 4 }, () => [303, joining.url]),
    );
    expect((await person()).joinedAt).toBe(at(-10 * MINUTE));
    const joins = site.writes.filter(({ before, after }) => before?.joinedAt !== after?.joinedAt);
    expect(joins).toHaveLength(1);
    expect(site.writes.at(-1)).toBe(joins[0]);
  });

  test('says nothing about the person but when, and is no news for the outbox', async () => {
    const { site, person, press } = await atTheGate();
    const before = await person();
    await press();
    expect(await person()).toEqual({ ...before, joinedAt: at(0), provedAt: at(0) });
    expect(site.writes.at(-1)?.after).toMatchObject({ fact: '-' });
  });

  test('while there is no address is a knock: it stays on the page, and counts once', async () => {
    const { site, event, path, person, pass, press } = await atTheGate(0, { joining: undefined });
    expect(await press()).toMatchObject({ status: 303, headers: { location: path } });
    pass(MINUTE);
    await press();
    expect(await person()).toMatchObject({ openedAt: at(0) });
    expect((await person()).joinedAt).toBeUndefined();
    expect((await site.request({ path })).body).toContain('Starting soon.');
    await site.change(event, { joining });
    expect(await press()).toMatchObject({ status: 303, headers: { location: joining.url } });
    expect(await person()).toMatchObject({ openedAt: at(0), joinedAt: at(MINUTE) });
  });

  test.each(['http://meet.example.org', 'javascript:alert(1)', '//evil.example.org', '/r/x'])(
    'never leads to %s, even if that had been saved',
    async (url) => {
      const { person, path, press } = await atTheGate(0, { joining: { ...joining, url } });
      expect(await press()).toMatchObject({ status: 303, headers: { location: path } });
      expect((await person()).joinedAt).toBeUndefined();
    },
  );

  test('nothing that is asked for changes where it leads', async () => {
    const { site, path } = await atTheGate();
    const { body } = await site.request({ path });
    const value = /name="join" value="([^"]+)"/.exec(body)?.[1] ?? '';
    const fields = { join: value, url: 'https://evil.example.org', next: '//evil.example.org' };
    const query = { url: 'https://evil.example.org', to: '//evil.example.org' };
    const headers = { host: 'evil.example.org', 'x-forwarded-host': 'evil.example.org' };
    const answer = await site.request({ ...posted(path, fields, headers), query });
    expect(answer).toMatchObject({ status: 303, headers: { location: joining.url } });
  });
});

describe('nobody is let in', () => {
  test.each([{}, { join: '' }, { join: `k1.${'x'.repeat(22)}` }, { cancel: 'x' }])(
    'by a form that was not pressed: %j',
    async (fields) => {
      const { site, path } = await atTheGate();
      const before = site.writes.length;
      const answer = await site.request(posted(path, fields));
      expect(answer.status).toBe(409);
      expect(answer.body).toContain('Nothing has changed');
      expect(answer.body).toContain('>Join now</button>');
      expect(answer.headers).not.toHaveProperty('location');
      expect(site.writes).toHaveLength(before);
    },
  );

  test('by a button that is three hours old, which is offered anew', async () => {
    const { site, path, pass, press } = await atTheGate(-10 * MINUTE);
    const page = await site.request({ path });
    pass(3 * HOUR);
    const answer = await press(page);
    expect(answer).toMatchObject({ status: 409 });
    expect(await press(answer)).toMatchObject({ status: 303, headers: { location: joining.url } });
  });

  test.each<[string, Partial<Event>, Partial<Registration>, number]>([
    ['it closed', {}, {}, 4 * HOUR],
    ['it was moved away', { startInstant: '2027-03-18T09:30:00Z', endInstant: '2027-03-18T13:00:00Z' }, {}, 0],
    ['it was cancelled', { state: 'cancelled' }, {}, 0],
    ['it was postponed', { state: 'postponed' }, {}, 0],
    ['they gave up their place', {}, { status: 'cancelled' }, 0],
    ['they are back in line', {}, { status: 'waitlisted', seat: 'waiting:1' }, 0],
  ])('when %s between page and press: the page says so', async (_, change, standing, later) => {
    const { site, event, path, person, pass, press } = await atTheGate();
    const page = await site.request({ path });
    await site.change(event, change);
    await site.registrations.revise(await person(), (row) => ({ row: { ...row, ...standing } }));
    pass(later);
    const before = site.writes.length;
    const answer = await press(page);
    expect(answer.status).toBe(409);
    expect(answer.body).not.toContain('<button');
    expect(answer.headers).not.toHaveProperty('location');
    expect(site.writes).toHaveLength(before);
  });

  /** Has something happen to the row between its reading and the write. */
  async function raced(change: (row: Registration) => Registration) {
    const world = await atTheGate();
    const { registrations } = world.site;
    const page = await world.site.request({ path: world.path });
    const read = registrations.withEvent;
    registrations.withEvent = async (...ids) => {
      const found = await read(...ids);
      if (found) await registrations.revise(found.registration, (row) => ({ row: change(row) }));
      return found;
    };
    return { ...world, answer: await world.press(page) };
  }

  test('who gives up their place in that very moment', async () => {
    const { answer, person } = await raced((row) => ({ ...row, status: 'cancelled' }));
    expect(answer.status).toBe(409);
    expect(answer.body).toContain('You gave up your place.');
    expect((await person()).joinedAt).toBeUndefined();
  });

  test('who is erased in that very moment, of whom nothing is written any more', async () => {
    const { answer, site } = await raced((row) => ({ ...row, erased: true }));
    expect(answer).toMatchObject({ status: 404 });
    expect(site.items().filter((item) => 'joinedAt' in item)).toEqual([]);
  });

  test('and another write in that very moment keeps nobody out', async () => {
    const { answer, person } = await raced((row) => ({ ...row, muted: true }));
    expect(answer).toMatchObject({ status: 303, headers: { location: joining.url } });
    expect(await person()).toMatchObject({ muted: true, joinedAt: at(0) });
  });
});

describe('when it cannot be written down', () => {
  const named = (name: string) => Object.assign(new Error('The table says no'), { name });

  test.each(['ProvisionedThroughputExceededException', 'InternalServerError', 'TimeoutError'])(
    'people are let in all the same, and one line of ids tells it: %s',
    async (name) => {
      const { site, person, press } = await atTheGate();
      const { eventId, registrationId } = await person();
      site.registrations.revise = () => Promise.reject(named(name));
      expect(await press()).toMatchObject({ status: 303, headers: { location: joining.url } });
      const told = site.log.lines.filter(({ level }) => level === 'error');
      expect(told).toEqual([
        {
          level: 'error',
          message: 'A press to join could not be written down',
          eventId,
          registrationId,
          error: expect.objectContaining({ name }),
        },
      ]);
    },
  );

  test('but nobody is let in whom the reading did not find', async () => {
    const { site, person, path } = await atTheGate();
    expect(await person()).toBeDefined();
    site.registrations.withEvent = () => Promise.reject(named('InternalServerError'));
    expect(await site.request(posted(path, {}))).toMatchObject({ status: 503 });
  });
});

import { describe, expect, test } from 'vitest';
import type { Event } from '#shared/domain/event.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { anEvent, NOW } from '#test/support/builders.ts';
import { type Answer, type GuestSite, guestSite, posted, readable } from '#test/support/guest-site.ts';

const HOUR = 3_600_000;

/** A site where some people have registered, and a clock that tests move. */
async function withPeople(given: Partial<Event> = {}, names = ['Ada']) {
  let elapsed = 0;
  const site = guestSite({ now: () => Date.parse(NOW) + elapsed });
  const event = await site.publish(anEvent({ slug: 'a-morning', ...given }));
  for (const name of names) {
    const form = { name, email: `${name.toLowerCase()}@example.org`, answers: {}, timeZone: 'Asia/Tokyo' };
    await site.take({ event, form, ip: '203.0.113.7', privacyVersion: 'site-1' });
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
async function press(site: GuestSite, path: string, action: string, page?: Answer): Promise<Answer> {
  const { body } = page ?? (await site.request({ path }));
  const value = new RegExp(`name="${action}" value="([^"]+)"`).exec(body)?.[1];
  if (!value) throw new Error(`There is no button ${action}`);
  return site.request(posted(path, { [action]: value }));
}

describe('my registration', () => {
  test('says what I have, when and where it is, there and here, and what I was sent', async () => {
    const { site, person } = await withPeople();
    const { status, body } = await site.request({ path: `/r/${site.tokenOf(await person(), 'manage')}` });
    expect(status).toBe(200);
    for (const text of [
      'You have a place.',
      'Thursday 18 February 2027, 09:30–13:00 GMT',
      'Your time: Thursday 18 February 2027, 18:30–22:00',
      'Webinar',
      'Ada, ada@example.org',
      'Confirmation: will be sent shortly',
      'Add to calendar',
    ]) {
      expect(readable(body)).toContain(text);
    }
  });

  test('is cancelled by a press, and taken back by another', async () => {
    const { site, person } = await withPeople();
    const path = `/r/${site.tokenOf(await person(), 'manage')}`;
    expect(await press(site, path, 'cancel')).toMatchObject({ status: 303, headers: { location: path } });
    expect((await person()).status).toBe('cancelled');
    expect((await person()).greetDue).toContain('own-cancellation@a1');
    const { body } = await site.request({ path });
    expect(body).toContain('You have given up your place.');
    expect(body).toContain('Your cancellation</b>: will be sent shortly');
    expect(body).not.toContain('Confirmation</b>: will be sent');
    expect(body).not.toContain('Add to calendar');
    expect(await press(site, path, 'undo')).toMatchObject({ status: 303 });
    expect(await person()).toMatchObject({ status: 'confirmed', admissions: 2 });
    expect((await person()).greetDue).toContain('1@a2');
  });

  test('while I wait, tells my place in line; once somebody goes, I move up', async () => {
    const { site, event, person } = await withPeople({ capacity: 1 }, ['Ada', 'Bob', 'Cy']);
    const path = `/r/${site.tokenOf(await person('Cy'), 'manage')}`;
    expect((await site.request({ path })).body).toContain('You are on the waiting list, number 2 in line.');
    await press(site, `/r/${site.tokenOf(await person('Bob'), 'manage')}`, 'cancel');
    await site.decideSeats(event);
    expect((await site.request({ path })).body).toContain('number 1 in line');
  });

  test('stops optional mail and has it sent again', async () => {
    const { site, person } = await withPeople();
    const path = `/r/${site.tokenOf(await person(), 'manage')}`;
    await press(site, path, 'mute');
    expect((await person()).muted).toBe(true);
    await press(site, path, 'unmute');
    expect((await person()).muted).toBeUndefined();
  });

  test.each<[string, Partial<Event>]>([
    ['cancelled', { state: 'cancelled' }],
    ['over', { startInstant: '2026-01-01T09:00:00Z', endInstant: '2026-01-01T10:00:00Z' }],
  ])('of an event that is %s leaves nothing to press', async (_, change) => {
    const { site, event, person } = await withPeople();
    await site.change(event, change);
    const { body } = await site.request({ path: `/r/${site.tokenOf(await person(), 'manage')}` });
    expect(body).not.toContain('<button');
  });

  test('of a postponed event keeps its place', async () => {
    const { site, event, person } = await withPeople();
    await site.change(event, { state: 'postponed' });
    const { body } = await site.request({ path: `/r/${site.tokenOf(await person(), 'manage')}` });
    expect(body).toContain('You keep your place.');
    expect(body).toContain('name="cancel"');
  });

  test('cannot be taken back once registration is closed', async () => {
    const { site, event, person } = await withPeople();
    const path = `/r/${site.tokenOf(await person(), 'manage')}`;
    await press(site, path, 'cancel');
    const open = await site.request({ path });
    await site.change(event, { state: 'cancelled' });
    const answer = await press(site, path, 'undo', open);
    expect(answer.status).toBe(409);
    expect(answer.body).toContain('This event has been cancelled.');
    expect((await person()).status).toBe('cancelled');
  });
});

describe('a change needs a person’s press', () => {
  const unpressed: [string, Record<string, string> | string][] = [
    ['a form that a script submits leaves the button out', {}],
    ['a made-up value', { cancel: 'yes' }],
    ['a value of another shape', { cancel: `k1.${'x'.repeat(22)}` }],
    ['a key nobody has', { cancel: `k9.${'x'.repeat(22)}` }],
    ['an empty one', { cancel: '' }],
    ['an inherited name', { constructor: 'x' }],
  ];

  test.each(unpressed)('%s changes nothing', async (_, fields) => {
    const { site, person } = await withPeople();
    const before = site.writes.length;
    const answer = await site.request(posted(`/r/${site.tokenOf(await person(), 'manage')}`, fields));
    expect(answer.status).toBe(409);
    expect(answer.body).toContain('Nothing has changed');
    expect(site.writes).toHaveLength(before);
  });

  test('a press of one button is none of another', async () => {
    const { site, person } = await withPeople();
    const path = `/r/${site.tokenOf(await person(), 'manage')}`;
    const value = /name="mute" value="([^"]+)"/.exec((await site.request({ path })).body)?.[1] ?? '';
    expect(await site.request(posted(path, { cancel: value }))).toMatchObject({ status: 409 });
  });

  test('nor of somebody else’s', async () => {
    const { site, person } = await withPeople({}, ['Ada', 'Bob']);
    const page = await site.request({ path: `/r/${site.tokenOf(await person('Bob'), 'manage')}` });
    expect(await press(site, `/r/${site.tokenOf(await person('Ada'), 'manage')}`, 'cancel', page)).toMatchObject({
      status: 409,
    });
    expect((await person('Ada')).status).toBe('confirmed');
  });

  test('a page may be an hour old, not three', async () => {
    const { site, person, pass } = await withPeople();
    const path = `/r/${site.tokenOf(await person(), 'manage')}`;
    const page = await site.request({ path });
    pass(HOUR);
    expect(await press(site, path, 'mute', page)).toMatchObject({ status: 303 });
    pass(2 * HOUR);
    expect(await press(site, path, 'cancel', page)).toMatchObject({ status: 409 });
    expect((await person()).status).toBe('confirmed');
  });

  test.each(['GET', 'HEAD'])('%s of any personal page writes nothing', async (method) => {
    const { site, person } = await withPeople();
    const row = await person();
    const before = site.writes.length;
    for (const [path, purpose] of [
      ['r', 'manage'],
      ['u', 'stop'],
      ['j', 'join'],
      ['s', 'survey'],
    ] as const) {
      const answer = await site.request({
        method,
        path: `/${path}/${site.tokenOf(row, purpose)}`,
        query: { cancel: 'x' },
      });
      expect(answer.status).toBe(200);
    }
    expect(site.writes).toHaveLength(before);
  });
});

describe('stopping optional mail', () => {
  test('asks first, then does it, then offers to take it back', async () => {
    const { site, person } = await withPeople();
    const path = `/u/${site.tokenOf(await person(), 'stop')}`;
    expect((await site.request({ path })).body).toContain('Stop optional mail?');
    expect(await press(site, path, 'mute')).toMatchObject({ status: 303, headers: { location: path } });
    expect((await site.request({ path })).body).toContain('Optional mail is stopped');
    await press(site, path, 'unmute');
    expect((await person()).muted).toBeUndefined();
  });

  const MULTIPART = [
    '--b',
    'Content-Disposition: form-data; name="List-Unsubscribe"',
    '',
    'One-Click',
    '--b--',
    '',
  ].join('\r\n');

  test.each([
    ['List-Unsubscribe=One-Click', 'application/x-www-form-urlencoded'],
    [MULTIPART, 'multipart/form-data; boundary=b'],
  ])('is done by the mail program’s own button (RFC 8058), without a page in between', async (body, type) => {
    const { site, person } = await withPeople();
    const path = `/u/${site.tokenOf(await person(), 'stop')}`;
    const answer = await site.request(posted(path, body, { 'content-type': type }));
    expect(answer.status).toBe(200);
    expect((await person()).muted).toBe(true);
    expect(await site.request(posted(path, body, { 'content-type': type }))).toMatchObject({ status: 200 });
  });

  test.each(['List-Unsubscribe=No', 'list-unsubscribe=one-click', 'x=List-Unsubscribe%3DOne-Click', ''])(
    'is not done by %j',
    async (body) => {
      const { site, person } = await withPeople();
      const answer = await site.request(posted(`/u/${site.tokenOf(await person(), 'stop')}`, body));
      expect(answer.status).toBe(409);
      expect((await person()).muted).toBeUndefined();
    },
  );
});

describe('the way in', () => {
  const gate = async (site: GuestSite, row: Registration) =>
    (await site.request({ path: `/j/${site.tokenOf(row, 'join')}` })).body;

  test('tells how long it is and where it will be', async () => {
    const { site, person } = await withPeople();
    const body = await gate(site, await person());
    expect(body).toContain('It starts in <b data-countdown="2027-02-18T09:30:00Z">86 days</b>');
    expect(body).toContain('The way in will be on this page');
    expect(body).toContain('/events/a-morning/calendar.ics');
  });

  test('tells people who wait that they have no place yet', async () => {
    const { site, person } = await withPeople({ capacity: 1 }, ['Ada', 'Bob']);
    const body = await gate(site, await person('Bob'));
    expect(body).toContain('You do not have a place yet.');
    expect(body).not.toContain('data-countdown');
  });

  test.each<[string, Partial<Event>, string]>([
    ['is on', { startInstant: '2026-11-23T09:30:00Z' }, 'It is on now.'],
    ['is over', { startInstant: '2026-01-01T09:00:00Z', endInstant: '2026-01-01T10:00:00Z' }, 'This event has ended.'],
    ['was cancelled', { state: 'cancelled' }, 'This event has been cancelled.'],
    ['was postponed', { state: 'postponed' }, 'This event has been postponed.'],
  ])('says so when the event %s', async (_, change, sentence) => {
    const { site, event, person } = await withPeople();
    await site.change(event, change);
    expect(await gate(site, await person())).toContain(sentence);
  });

  test('after a cancellation leads back to the form', async () => {
    const { site, person } = await withPeople();
    await press(site, `/r/${site.tokenOf(await person(), 'manage')}`, 'cancel');
    expect(await gate(site, await person())).toContain('<a href="/events/a-morning/register">register again</a>');
  });
});

test.each<[Partial<Event>, string]>([
  [{}, 'This event has no survey.'],
  [{ survey: { anonymous: false, closesAfter: 'P14D' } }, 'The survey comes after the event.'],
  [
    {
      survey: { anonymous: false, closesAfter: 'P14D' },
      startInstant: '2026-01-01T09:00:00Z',
      endInstant: '2026-01-01T10:00:00Z',
    },
    'The survey is not open yet.',
  ],
])('the survey’s page says what will be there: %j', async (change, sentence) => {
  const { site, event, person } = await withPeople();
  await site.change(event, change);
  expect((await site.request({ path: `/s/${site.tokenOf(await person(), 'survey')}` })).body).toContain(sentence);
});

describe('a personal link', () => {
  test.each([
    ['r', 'manage'],
    ['u', 'stop'],
    ['j', 'join'],
    ['s', 'survey'],
  ] as const)('/%s is kept nowhere, found nowhere and told to nobody', async (path, purpose) => {
    const { site, person } = await withPeople();
    const { headers, body } = await site.request({ path: `/${path}/${site.tokenOf(await person(), purpose)}` });
    expect(headers).toMatchObject({
      'cache-control': 'no-store',
      'x-robots-tag': 'noindex, nofollow',
      'referrer-policy': 'no-referrer',
    });
    expect(headers).not.toHaveProperty('etag');
    expect(body).toContain('<meta name="robots" content="noindex">');
  });

  test('that is wrong in any way is answered alike', async () => {
    const { site, person } = await withPeople();
    const row = await person();
    const token = site.tokenOf(row, 'manage');
    const wrong = [
      'x',
      '%00',
      token.slice(0, -1),
      `${token}x`,
      `${token.slice(0, -1)}${token.endsWith('A') ? 'B' : 'A'}`,
      token.replace('k1', 'k2'),
      token.replace('.k1.', '.constructor.'),
      token.toUpperCase(),
      site.tokenOf(row, 'join'),
      site.tokenOf({ ...row, linkSeed: 'an older seed of links' }, 'manage'),
      site.tokenOf({ ...row, registrationId: '0000000000000000' }, 'manage'),
      site.tokenOf({ ...row, eventId: '0000000000000000' }, 'manage'),
    ];
    const answers = await Promise.all(wrong.map((each) => site.request({ path: `/r/${each}` })));
    expect(new Set(answers.map((answer) => JSON.stringify(answer))).size).toBe(1);
    expect(answers[0]).toMatchObject({ status: 404 });
    const posts = await Promise.all(wrong.map((each) => site.request(posted(`/r/${each}`, { cancel: 'x' }))));
    expect(posts.every(({ status }) => status === 404)).toBe(true);
  });
});

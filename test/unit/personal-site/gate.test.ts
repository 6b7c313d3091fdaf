import { describe, expect, test } from 'vitest';
import type { Event } from '#shared/domain/event.ts';
import { DEFAULT_SURVEY } from '#shared/domain/survey.ts';
import { press, withPeople } from '#test/support/guest-people.ts';
import { readable } from '#test/support/guest-site.ts';

const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
/** From the moment tests happen to the start of the event, and how long that takes. */
const AHEAD = Date.parse('2027-02-18T09:30:00Z') - Date.parse('2026-11-23T10:00:00Z');
const LASTS = 3.5 * HOUR;
const joining = { url: 'https://meet.example.org/secret-room?pwd=1234', opensBefore: 'PT15M' };

/** The page of somebody in Tokyo, so long after the start. */
async function gateAt(ms: number, given: Partial<Event> = {}, query?: Record<string, string>) {
  const { site, event, person, pass } = await withPeople();
  await site.change(event, { joining, ...given });
  pass(AHEAD + ms);
  const row = await person();
  const answer = await site.request({ path: `/j/${site.tokenOf(row, 'join')}`, ...(query && { query }) });
  return { ...answer, text: readable(answer.body).replace(/\s+/g, ' '), site, event, row };
}

describe('before it opens', () => {
  test('the page says how long that is, when, and when that is where its reader is, without any script', async () => {
    const { text, body } = await gateAt(-26 * HOUR);
    expect(text).toContain('You can join in 1 day and 1 hour');
    expect(text).toContain('from Thu 18 Feb 2027, 09:15 GMT');
    expect(text).toContain('Your time: Thu 18 Feb 2027, 18:15 GMT+9');
    expect(text).toContain('Thursday 18 February 2027, 09:30–13:00 GMT');
    expect(body).toContain('/events/a-morning/calendar.ics');
    expect(body).not.toContain('<button');
  });

  test('what the script needs to tick is in the page: the moment, and what the time is here', async () => {
    const { body } = await gateAt(-26 * HOUR);
    expect(body).toContain('data-countdown="2027-02-18T09:15:00Z" data-now="2027-02-17T07:30:00.000Z"');
  });

  test('the page looks again when it opens, where that is within the hour', async () => {
    const { headers } = await gateAt(-45 * MINUTE);
    expect(Number(headers.refresh)).toBeGreaterThan(30 * 60);
    expect(Number(headers.refresh)).toBeLessThanOrEqual(30 * 60 + 11);
    expect((await gateAt(-3 * HOUR)).headers).not.toHaveProperty('refresh');
  });

  test('opens as early as the organiser says', async () => {
    const early = { joining: { ...joining, opensBefore: 'PT2H' } };
    expect((await gateAt(-2 * HOUR - 1000, early)).text).toContain('You can join in less than a minute');
    expect((await gateAt(-2 * HOUR, early)).body).toContain('>Join now</button>');
  });
});

describe('while it is open', () => {
  test.each([
    [-15 * MINUTE, 'You can join now.', 'It starts in 15 minutes.'],
    [0, 'It is on now.', ''],
    [LASTS, 'This event has ended.', 'you can still join until 13:30 GMT'],
    [LASTS + 30 * MINUTE - 1, 'This event has ended.', 'Join now'],
  ])('there is one button: %i ms after the start', async (ms, state, more) => {
    const { text, body, headers } = await gateAt(ms);
    expect(text).toContain(state);
    expect(text).toContain(more);
    expect(body.match(/<button/g)).toHaveLength(1);
    expect(body).toContain('>Join now</button>');
    expect(headers).not.toHaveProperty('refresh');
  });

  test.each([-30 * HOUR, -5 * MINUTE, HOUR, LASTS + MINUTE, LASTS + HOUR])(
    'the address is in neither page nor header, %i ms after the start',
    async (ms) => {
      const { body, headers } = await gateAt(ms);
      expect(body + JSON.stringify(headers)).not.toMatch(/meet\.example|secret-room|1234/);
    },
  );

  test('browsers may follow the press to another site, and only over https', async () => {
    const { headers } = await gateAt(0);
    expect(headers['content-security-policy']).toContain("form-action 'self' https:;");
  });

  test('without an address it says that it starts soon, looks again by itself, and can be kept still', async () => {
    const { text, headers } = await gateAt(0, { joining: undefined });
    expect(text).toContain('Starting soon.');
    expect(text).toContain('Try now');
    expect(Number(headers.refresh)).toBeGreaterThanOrEqual(20);
    expect(Number(headers.refresh)).toBeLessThanOrEqual(30);
    const still = await gateAt(0, { joining: undefined }, { still: 'yes' });
    expect(still.headers).not.toHaveProperty('refresh');
    expect(still.text).toContain('stays as it is until you press');
  });

  test('a hybrid event has both ways in', async () => {
    const { text, body } = await gateAt(0, { format: 'hybrid', place: 'Town Hall' });
    expect(body).toContain('>Join now</button>');
    expect(text).toContain('Or come to Town Hall.');
  });
});

describe('afterwards', () => {
  const survey = DEFAULT_SURVEY;
  const AFTER = LASTS + 2 * HOUR;

  test('it leads to the person’s own survey, the recording and other events, and nowhere else', async () => {
    const { text, body, site, row } = await gateAt(AFTER, { survey, recordingUrl: 'https://video.example.org/1' });
    expect(text).toContain('This event has ended.');
    expect(body).toContain(`href="/s/${site.tokenOf(row, 'survey')}"`);
    expect(body).toContain(
      '<a href="https://video.example.org/1" rel="nofollow noopener noreferrer">Watch the recording',
    );
    expect(body).toContain('<a href="/">Next events</a>');
    expect(body).not.toContain('<button');
  });

  test('as soon as it has ended the survey is there, beside the way in', async () => {
    const { body } = await gateAt(LASTS, { survey });
    expect(body).toContain('Answer the survey');
    expect(body).toContain('>Join now</button>');
    expect((await gateAt(LASTS - 1, { survey })).body).not.toContain('Answer the survey');
  });

  test('nobody without a place is asked how it was', async () => {
    const { site, event, person, pass } = await withPeople({ survey });
    await press(site, `/r/${site.tokenOf(await person(), 'manage')}`, 'cancel');
    await site.change(event, { survey });
    pass(AHEAD + AFTER);
    const { body } = await site.request({ path: `/j/${site.tokenOf(await person(), 'join')}` });
    expect(body).toContain('This event has ended.');
    expect(body).not.toContain('/s/');
  });

  test('without an address nothing is left to wait for', async () => {
    const { body, headers } = await gateAt(LASTS, { joining: undefined });
    expect(body).toContain('This event has ended.');
    expect(body).not.toContain('<button');
    expect(headers).not.toHaveProperty('refresh');
  });
});

describe('in person', () => {
  const given = { format: 'in-person', place: 'Town Hall' } as const;

  test('there is a countdown to the start, where to come, and no way in', async () => {
    const { text, body } = await gateAt(-5 * HOUR, given);
    expect(text).toContain('It starts in 5 hours');
    expect(body).toContain('data-countdown="2027-02-18T09:30:00Z"');
    expect(text).toContain('Come to Town Hall.');
    expect(body).not.toContain('<button');
  });

  test('while it is on, it says so', async () => {
    const { text, body } = await gateAt(0, given);
    expect(text).toContain('It is on now.Come to Town Hall.');
    expect(body).not.toContain('<button');
    expect((await gateAt(LASTS, given)).text).toContain('This event has ended.');
  });
});

test.each<[string, Partial<Event>, string]>([
  ['was cancelled', { state: 'cancelled' }, 'This event has been cancelled.'],
  ['was postponed', { state: 'postponed' }, 'This event has been postponed.'],
])('an event that %s has no times and no way in', async (_, change, sentence) => {
  const { text, body } = await gateAt(0, change);
  expect(text).toContain(sentence);
  expect(body).not.toContain('<time');
  expect(body).not.toContain('<button');
});

test('who waits, and who is not decided about, has no way in, and reads why', async () => {
  const { site, person, pass } = await withPeople({ capacity: 1, joining }, ['Ada', 'Bob']);
  const bob = await person('Bob');
  pass(AHEAD);
  const page = async () => (await site.request({ path: `/j/${site.tokenOf(bob, 'join')}` })).body;
  expect(await page()).toContain('You do not have a place yet.');
  expect(await page()).not.toContain('<button');
  await site.registrations.revise(bob, (row) => ({ row: { ...row, status: 'applied' } }));
  expect(await page()).toContain('Your place is not confirmed yet.');
  expect(await page()).not.toContain('<button');
});

test('who gave up is led back to the form, while that is open', async () => {
  const { site, event, person } = await withPeople();
  await press(site, `/r/${site.tokenOf(await person(), 'manage')}`, 'cancel');
  const page = async () => (await site.request({ path: `/j/${site.tokenOf(await person(), 'join')}` })).body;
  expect(await page()).toContain('<a href="/events/a-morning/register">register again</a>');
  await site.change(event, { registrationClosesAt: '2026-11-01T09:00' });
  expect(await page()).toContain('You gave up your place.');
  expect(await page()).not.toContain('/register');
});

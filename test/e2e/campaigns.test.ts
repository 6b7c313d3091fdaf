import { expect, test } from 'vitest';
import { deployed, linkIn, type Received, settled, until } from '#test/support/deployed.ts';
import { readCalendar } from '#test/support/read-calendar.ts';

/*
 * The waits are a thirtieth of what they are (`-c timings=1/30`): a change is told after 10 s, at once within 2 min of the
 * start, and covers a reminder hours ahead within 30 s.
 */
const app = deployed();
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;
const PATIENCE = 5 * MINUTE;
const wall = (at: number) => new Date(at).toISOString().slice(0, 16);
const nextMinute = () => Math.ceil(Date.now() / MINUTE) * MINUTE;
const times = (start: number) => ({ startsAt: wall(start), endsAt: wall(start + HOUR), timeZone: 'UTC' });

interface Campaign {
  readonly campaignId: string;
  readonly revision: number;
  readonly kind: string;
}

const post = <Body = Record<string, unknown>>(path: string, body: unknown = {}, headers = {}) =>
  app.call<Body>('POST', path, { body, headers });
const eventPath = (eventId: string) => `/api/v1/events/${eventId}`;

/** An event in UTC and people with a place at it, whose confirmations have arrived. */
async function eventWith(people: number, start: number, given: Record<string, unknown> = {}) {
  const { eventId, slug } = await app.event({ ...times(start), ...given });
  const emails = Array.from({ length: people }, (_, n) => `p${n}@${slug}.example.org`);
  for (const email of emails) expect(await app.register(slug, email)).toMatchObject({ status: 202 });
  for (const email of emails) await mailsOf(email, 1);
  await until('the receipts', async () =>
    (await app.people(eventId)).every(({ deliveries }) =>
      deliveries.every(({ state }) => state !== 'claimed' && state !== 'sent'),
    ),
  );
  return { eventId, slug, emails, path: eventPath(eventId) };
}

const mailsOf = (email: string, atLeast: number) =>
  until(
    `${atLeast} mails to ${email}`,
    async () => {
      const mails = await app.mails(email);
      return mails.length >= atLeast && mails;
    },
    2 * MINUTE,
  );

/** Moves a campaign of the default set, or changes anything else about it. */
async function patch(path: string, campaignId: string, body: object): Promise<void> {
  const at = `${path}/campaigns/${campaignId}`;
  const { headers } = await app.call<Campaign>('GET', at);
  const answer = await app.call('PATCH', at, { body, headers: { 'if-match': headers.get('etag') ?? '' } });
  expect(answer, JSON.stringify(answer.body)).toMatchObject({ status: 200 });
}

const calendarOf = ({ attachments }: Received) => {
  const file = attachments.find(({ contentType }) => /^(text\/calendar|application\/ics)/.test(contentType));
  if (!file) throw new Error('There is no calendar file in this mail');
  const read = readCalendar(Buffer.from(file.content, 'base64').toString());
  return { method: read.calendar.getFirstPropertyValue('method'), ...read.events[0] };
};

test.concurrent(
  'the joining mail goes out at its time; who registers after it gets it along with the confirmation',
  async () => {
    const fires = nextMinute() + MINUTE;
    const { eventId, slug, emails, path } = await eventWith(2, fires + 50 * HOUR, {
      joining: { url: 'https://meet.example.org/1' },
    });
    await patch(path, '2', { trigger: { at: wall(fires) } });
    for (const email of emails) await mailsOf(email, 2);
    expect(Date.now()).toBeGreaterThanOrEqual(fires);

    const late = `late@${slug}.example.org`;
    await app.register(slug, late);
    await mailsOf(late, 1);
    const held = await until('the ledger of who came late', async () => {
      const person = (await app.people(eventId)).find(({ email }) => email === late);
      return person?.deliveries.some(({ state }) => state === 'merged') && person;
    });
    expect(held.deliveries).toHaveLength(2);
    await settled(4000);
    await app.sweep();
    await settled(2000);
    expect(await app.mails(late)).toHaveLength(1);
    for (const email of emails) expect(await app.mails(email)).toHaveLength(2);
  },
  PATIENCE,
);

test.concurrent(
  'an event published after its joining time tells those who register how to join, in one mail',
  async () => {
    const { slug, emails, eventId } = await eventWith(1, nextMinute() + 2 * HOUR, {
      joining: { url: 'https://meet.example.org/2' },
    });
    expect(slug).toBeTruthy();
    const [person] = await app.people(eventId);
    expect(person?.deliveries.map(({ state }) => state).sort()).toEqual(['delivered', 'merged']);
    await settled(3000);
    expect(await app.mails(String(emails[0]))).toHaveLength(1);
  },
  PATIENCE,
);

test.concurrent(
  'moved: one notice each, and the reminder again at the new time; two moves are one notice, there and back none',
  async () => {
    const { eventId, emails, path } = await eventWith(3, nextMinute() + 30 * HOUR);
    // Who got their place within 30 s needs no reminder.
    await settled(32_000);
    // That of the first start is sent by hand, early and once.
    expect(await post(`${path}/campaigns/3/trigger`, {}, { 'idempotency-key': crypto.randomUUID() })).toMatchObject({
      status: 202,
    });
    for (const email of emails) await mailsOf(email, 2);

    const start = nextMinute() + MINUTE + HOUR;
    expect(await post(`${path}/reschedule`, times(start + 20 * HOUR))).toMatchObject({ status: 200 });
    expect(await post(`${path}/reschedule`, times(start))).toMatchObject({
      status: 200,
      body: { scheduleRevision: 3 },
    });
    for (const email of emails) await mailsOf(email, 3);
    await settled(12_000);
    for (const email of emails) expect(await app.mails(email)).toHaveLength(3);
    const [, , notice] = await app.mails(String(emails[0]));
    expect(notice && calendarOf(notice)).toMatchObject({ method: 'REQUEST', start: `${wall(start)}:00Z` });
    // A claim that was given back on a busy machine has raised it, too.
    expect(notice && Number(calendarOf(notice).sequence)).toBeGreaterThan(1);

    // PT1H before the new start.
    for (const email of emails) await mailsOf(email, 4);
    expect(Date.now()).toBeGreaterThanOrEqual(start - HOUR);

    const { body: now } = await app.call<{ place: string }>('GET', path);
    await post(`${path}/reschedule`, { place: 'Elsewhere' });
    await post(`${path}/reschedule`, { place: now.place });
    await settled(15_000);
    await app.sweep();
    await settled(3000);
    for (const email of emails) expect(await app.mails(email)).toHaveLength(4);
    const { body } = await app.call<{ runs: { counts: { sent: number }; runId: string }[] }>(
      'GET',
      `${path}/campaigns/change/runs`,
    );
    expect(body.runs.map(({ runId, counts }) => [runId, counts.sent]).sort()).toEqual([
      ['r3', 3],
      ['r5', 0],
    ]);
    expect((await app.people(eventId)).length).toBe(3);
  },
  PATIENCE,
);

test.concurrent(
  'postponed and called back: told twice, nobody lost; cancelled: told, with a cancellation for the calendar',
  async () => {
    const { eventId, emails, path } = await eventWith(2, nextMinute() + 30 * HOUR);
    expect(await post(`${path}/postpone`)).toMatchObject({ status: 200, body: { state: 'postponed' } });
    expect(await post(`${path}/postpone`)).toMatchObject({ status: 409 });
    for (const email of emails) await mailsOf(email, 2);
    expect(await post(`${path}/reschedule`, times(nextMinute() + 50 * HOUR))).toMatchObject({
      status: 200,
      body: { state: 'published' },
    });
    for (const email of emails) await mailsOf(email, 3);
    expect(await post(`${path}/cancel`)).toMatchObject({ status: 200, body: { state: 'cancelled' } });
    for (const email of emails) await mailsOf(email, 4);
    expect(await post(`${path}/publish`)).toMatchObject({ status: 409 });
    expect(await post(`${path}/campaigns/3/trigger`, {}, { 'idempotency-key': crypto.randomUUID() })).toMatchObject({
      status: 409,
    });

    for (const email of emails) {
      const mails = await app.mails(email);
      const files = mails.map(calendarOf);
      expect(files.map(({ method, status }) => [method, status])).toEqual([
        ['REQUEST', 'CONFIRMED'],
        ['CANCEL', 'CANCELLED'],
        ['REQUEST', 'CONFIRMED'],
        ['CANCEL', 'CANCELLED'],
      ]);
      expect(new Set(files.map(({ uid }) => uid)).size).toBe(1);
      expect(files.map(({ sequence }) => Number(sequence))).toEqual([1, 2, 3, 4]);
    }
    expect((await app.people(eventId)).map(({ status }) => status)).toEqual(['confirmed', 'confirmed']);
    const page = await app.call<string>('GET', `/events/${(await app.call<{ slug: string }>('GET', path)).body.slug}`, {
      key: null,
    });
    expect(page).toMatchObject({ status: 200 });
  },
  PATIENCE,
);

interface Plan {
  readonly counts: { readonly willBeSent: number; readonly sent: number; readonly skipped: Record<string, number> };
  readonly people: readonly { readonly registrationId: string; readonly outcome: string; readonly reason?: string }[];
}

test.concurrent(
  'plan before, run during and timeline after tell the story of the mailbox, person by person',
  async () => {
    const { eventId, emails, path } = await eventWith(4, nextMinute() + 30 * HOUR);
    const people = await app.people(eventId);
    const byEmail = (email: string | undefined) => people.find((each) => each.email === email);
    const gone = `bounce@${emails[0]?.split('@')[1]}`;
    await app.register(String(emails[0]?.split('@')[1]?.replace('.example.org', '')), gone);
    await until('the bounce', async () => (await app.people(eventId)).some(({ bounced }) => bounced));

    const campaign = { name: 'News', kind: 'announcement', state: 'active', trigger: { manual: true } };
    const made = await post<Campaign>(`${path}/campaigns`, campaign);
    const at = `${path}/campaigns/${made.body.campaignId}`;
    const before = (await app.call<Plan>('GET', `${at}/plan`)).body;
    expect(before.counts).toMatchObject({ willBeSent: 4, sent: 0, skipped: { bounced: 1 } });
    const dry = await post(`${at}/trigger?dryRun=true`, {}, { 'idempotency-key': crypto.randomUUID() });
    expect(dry).toMatchObject({ status: 200, body: { people: 4 } });
    expect((await app.call<{ runs: unknown[] }>('GET', `${at}/runs`)).body.runs).toEqual([]);

    const run = await post<{ runId: string }>(`${at}/trigger`, {}, { 'idempotency-key': crypto.randomUUID() });
    expect(run).toMatchObject({ status: 202 });
    for (const email of emails) await mailsOf(email, 2);
    await until(
      'the run to finish',
      async () => {
        await app.sweep();
        await settled(1000);
        const { body } = await app.call<{ state: string; counts: object }>('GET', `${at}/runs/${run.body.runId}`);
        return body.state === 'finished' && body;
      },
      MINUTE,
    );

    for (const { registrationId, outcome } of before.people) {
      const timeline = await app.call<{
        entries: { campaignId?: string; state?: string; reason?: string; what: string }[];
      }>('GET', `${path}/registrations/${registrationId}/timeline`);
      const mine = timeline.body.entries.filter(
        (entry) => entry.campaignId === made.body.campaignId && entry.state !== undefined,
      );
      const email = (await app.people(eventId)).find((each) => each.registrationId === registrationId)?.email ?? '';
      const received = (await app.mails(email)).length;
      if (outcome === 'will-be-sent') {
        expect(mine.map(({ state }) => state)).toEqual([expect.stringMatching(/^(sent|delivered)$/)]);
        expect(received).toBe(2);
      } else {
        expect(mine).toMatchObject([{ state: 'skipped', reason: 'bounced' }]);
        expect(email).toBe(gone);
      }
    }
    expect(byEmail(emails[0])).toBeDefined();
    const after = (await app.call<Plan>('GET', `${at}/plan`)).body;
    expect(after.counts).toMatchObject({ sent: 0 });
    const stats = await app.call<{ campaigns: { campaignId: string; totals: { sent: number } }[] }>(
      'GET',
      `${path}/stats`,
    );
    expect(stats.body.campaigns.find(({ campaignId }) => campaignId === made.body.campaignId)?.totals).toMatchObject({
      sent: 4,
    });
  },
  PATIENCE,
);

test.concurrent('a night over the change of clocks, for somebody far away: page, mail and calendar agree', async () => {
  const given = { startsAt: '2027-03-27T22:00', endsAt: '2027-03-28T03:30', timeZone: 'Europe/London' };
  const { slug } = await app.event(given);
  const email = `far@${slug}.example.org`;
  await app.register(slug, email, { timeZone: 'America/New_York' });
  const [mail] = await mailsOf(email, 1);
  const page = await app.call<string>('GET', `/events/${slug}`, { key: null });
  const when = 'Saturday 27 March 2027, 22:00 GMT – Sunday 28 March 2027, 03:30 BST';
  for (const said of [page.body, mail?.body.text?.replace(/\s+/g, ' ')]) expect(said).toContain(when);
  expect(mail?.body.text?.replace(/\s+/g, ' ')).toContain('Saturday 27 March 2027, 18:00–22:30 EDT');
  expect(mail && calendarOf(mail)).toMatchObject({ start: '2027-03-27T22:00:00Z', end: '2027-03-28T02:30:00Z' });
});

test.concurrent(
  'the organiser is alerted two hours before the start while nobody can join, and gets the test that is asked for',
  async () => {
    const fires = nextMinute() + MINUTE;
    const slug = `alert-${crypto.randomUUID().slice(0, 8)}`;
    const organiser = { name: 'Org Example', email: `org@${slug}.example.org` };
    const { eventId } = await app.event({ ...times(fires + 2 * HOUR), organiser });
    const path = eventPath(eventId);
    expect(await post(`${path}/campaigns/3/test-send`)).toMatchObject({ status: 409 });
    const [asking] = await mailsOf(organiser.email, 1);
    if (!asking) throw new Error('Nobody asks the organiser');
    const page = new URL(linkIn(asking, 'o')).pathname;
    const asked = await app.call<string>('GET', page, { key: null });
    const [, prove = ''] = /name="prove" value="([^"]+)"/.exec(asked.body) ?? [];
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams({ prove }).toString();
    expect(await app.call('POST', page, { key: null, body, headers })).toMatchObject({ status: 303 });
    expect(await post(`${path}/campaigns/3/test-send`)).toMatchObject({ status: 202 });
    const [, test] = await mailsOf(organiser.email, 2);
    expect(test?.subject).toMatch(/^\[Test\] /);
    await until(
      'the alert',
      async () => {
        await app.sweep();
        return (await app.mails(organiser.email)).length > 2;
      },
      3 * MINUTE,
    );
    const [, , alert] = await app.mails(organiser.email);
    expect(Date.now()).toBeGreaterThanOrEqual(fires);
    expect(alert?.body.text).toContain('joining');
    await app.sweep();
    await settled(3000);
    expect(await app.mails(organiser.email)).toHaveLength(3);
    expect(await app.people(eventId)).toEqual([]);
  },
  PATIENCE,
);

import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deployed, linkIn, settled, until } from '#test/support/deployed.ts';
import { launchBrowser } from '#tools/browser.ts';
import { visitor } from './visitor.ts';

const app = deployed();
const MINUTE = 60_000;
const ROOM = 'https://meet.example.org/room';
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const wall = (at: number) => new Date(at).toISOString().slice(0, 16);

/** The newest mail to an address whose subject says this. */
const mailTo = (email: string, subject: string) =>
  until(`“${subject}” to ${email}`, async () => {
    const mails = await app.mails(email);
    return mails.toReversed().find((mail) => mail.subject.includes(subject));
  });

test('from the mailbox alone: a typo corrected, joined at opening time, the survey answered, the certificate; the next in line promoted', {
  timeout: 6 * MINUTE,
}, async () => {
  const opens = Math.ceil((Date.now() + 30_000) / MINUTE) * MINUTE;
  const [start, end] = [opens + MINUTE, opens + 2 * MINUTE];
  const { eventId, slug } = await app.event({
    startsAt: wall(start),
    endsAt: wall(end),
    timeZone: 'UTC',
    format: 'online',
    capacity: 2,
    joining: { url: ROOM, opensBefore: 'PT1M' },
  });
  const api = `/api/v1/events/${eventId}`;
  const at = (name: string) => `${name}@${slug}.example.org`;
  const { page, wrongs } = await visitor(browser);

  // The first mail goes to nobody: nothing ever comes back about it.
  await app.fault(at('adaa'), 'drop-events');
  await page.goto(new URL(`/events/${slug}/register`, app.siteUrl).href);
  await page.fill('#name', 'Ada Lovelace');
  await page.fill('#email', at('adaa'));
  await page.click('form.form button');
  await mailTo(at('adaa'), 'Your place is confirmed');
  await page.fill('#email', at('ada'));
  await page.click('text=Register with this address');
  expect(await page.textContent('h1')).toBe('Check your inbox');
  const confirmation = await mailTo(at('ada'), 'Your place is confirmed');
  await page.goto(linkIn(confirmation, 'r'));
  expect(await page.textContent('.status')).toContain('You have a place.');
  await mailTo(at('adaa'), 'Your registration is cancelled');

  await app.register(slug, at('bob'));
  const bobs = await mailTo(at('bob'), 'Your place is confirmed');
  await app.register(slug, at('cyd'));
  const waits = await mailTo(at('cyd'), 'number 1 on the waiting list');
  await page.goto(linkIn(waits, 'r'));
  expect(await page.textContent('.status')).toContain('number 1 of 1 in line');
  await page.goto(linkIn(bobs, 'r'));
  await page.click('button[name=cancel]');
  await mailTo(at('bob'), 'Your registration is cancelled');
  await mailTo(at('cyd'), 'Your place is confirmed');

  const gate = linkIn(confirmation, 'j');
  const ahead = Date.now() < opens - 2000;
  await page.goto(gate);
  if (ahead) expect(await page.locator('button').count()).toBe(0);
  expect(await page.content()).not.toContain(ROOM);
  await page.waitForSelector('button[name=join]', { timeout: 2 * MINUTE });
  expect(Date.now()).toBeGreaterThanOrEqual(opens);
  // There is no such room: that the browser set out for it, and told it nothing, is enough.
  const [onTheWay] = await Promise.all([
    page.waitForRequest((request) => request.url().startsWith(ROOM)),
    page.click('button[name=join]'),
  ]);
  expect(onTheWay.redirectedFrom()?.method()).toBe('POST');
  expect(await onTheWay.allHeaders()).not.toHaveProperty('referer');

  await settled(end + 1000 - Date.now());
  expect(await app.call('POST', `${api}/attendance/finalise`)).toMatchObject({ status: 200 });
  const headers = { 'idempotency-key': crypto.randomUUID() };
  expect(await app.call('POST', `${api}/campaigns/4/trigger`, { body: {}, headers })).toMatchObject({ status: 202 });
  const asks = await mailTo(at('ada'), 'Thank you for coming');
  await mailTo(at('cyd'), 'Sorry we missed you');
  await page.goto(linkIn(asks, 's'));
  await page.check('input[name="answers.overall"][value="5"]');
  await page.fill('[name="answers.improve"]', 'More of it');
  await page.click('form button.button');
  expect(await page.textContent('main')).toContain('Thank you');
  const link = await page.getAttribute('a[href^="/c/"]', 'href');
  const pdf = await page.request.get(new URL(link ?? '', app.siteUrl).href);
  expect(pdf.headers()['content-type']).toBe('application/pdf');
  expect((await pdf.body()).subarray(0, 5).toString()).toBe('%PDF-');
  const results = await app.call<{ numbers: { responses: number } }>('GET', `${api}/survey/results`);
  expect(results.body.numbers.responses).toBe(1);
  expect(wrongs).toEqual([]);
  await page.context().close();
});

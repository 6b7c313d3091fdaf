import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import type { Registration } from '#shared/domain/registration.ts';
import { epochOf } from '#shared/domain/time.ts';
import { aRegistration } from '#test/support/builders.ts';
import { type LocalSite, startSite } from '#test/support/site.ts';
import { launchBrowser } from '#tools/browser.ts';
import { focused, focusRing, layoutShift, openDetails, violations, visitor } from './visitor.ts';

// Every page in every state, from the handler itself: what the deployed site shows is a matter of the journey's tests.
const SYMPOSIUM = 'tackling-serious-and-organised-crime-in-the-uk';

let browser: Browser;
let site: LocalSite;
let paths: Record<string, string>;

beforeAll(async () => {
  [browser, site] = await Promise.all([launchBrowser(), startSite()]);
  paths = await pathsOf(site);
});
afterAll(async () => {
  await browser?.close();
  await site?.stop();
});

async function pathsOf({
  events,
  people,
  take,
  tokenOf,
  codeOf,
  registrations,
}: LocalSite): Promise<Record<string, string>> {
  const event = (slug: string) => {
    const found = events.get(slug);
    if (!found) throw new Error(`The seed has no ${slug}`);
    return found;
  };
  const again = event(`${SYMPOSIUM}-again`);
  await take({
    event: again,
    form: { name: 'Ada', email: 'ada@example.org', answers: {}, timeZone: 'Asia/Tokyo' },
    ip: '203.0.113.7',
    privacyVersion: '1',
  });
  const [ada] = (await people(again)) as [Registration];
  const waiting = (await people(event('control-room-study-visit'))).find(
    ({ status }) => status === 'waitlisted',
  ) as Registration;
  const { eventId, endInstant } = event(SYMPOSIUM);
  const came = aRegistration({ eventId, joinedAt: epochOf(endInstant), minutes: 187 });
  await registrations.add(came, { answers: {} }, 'the hash of their address');
  const asking = [...events.values()].find(({ questions, state }) => questions.length > 1 && state === 'published');
  return {
    catalogue: '/',
    'the past tab': '/?when=past',
    'a search': '/?q=crime&format=online&from=2026-01-01',
    'an empty search': '/?q=zebra',
    'a search with mistakes': '/?from=soon&format=disco',
    'an event': `/events/${SYMPOSIUM}-again?q=crime`,
    'an ended event': `/events/${SYMPOSIUM}`,
    'a full event': '/events/trauma-informed-interviewing-workshop',
    'a cancelled event': '/events/winter-resilience-for-emergency-services',
    'a long title': '/events/information-sharing-long-title',
    form: `/events/${asking?.slug}/register`,
    'the form of a full event': '/events/trauma-informed-interviewing-workshop/register',
    'a closed form': '/events/winter-resilience-for-emergency-services/register',
    'thank you': `/events/${again.slug}/registered`,
    'my registration': `/r/${tokenOf(ada, 'manage')}`,
    'my place in line': `/r/${tokenOf(waiting, 'manage')}`,
    'the way in': `/j/${tokenOf(ada, 'join')}`,
    'the way in, without a place': `/j/${tokenOf(waiting, 'join')}`,
    survey: `/s/${tokenOf(ada, 'survey')}`,
    'stopping mail': `/u/${tokenOf(ada, 'stop')}`,
    'a certificate to come': `/c/${tokenOf(ada, 'certificate')}`,
    'a genuine certificate': `/certificates/${codeOf(came)}`,
    'checking a certificate': '/certificates',
    'no certificate': '/certificates?code=4T7K',
    privacy: '/privacy',
    'nothing there': '/nowhere',
  };
}

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test('every page is accessible, keeps to its width and stays where it is', { timeout: 120_000 }, async () => {
    const { page, wrongs } = await visitor(browser, { colorScheme, viewport: { width: 320, height: 640 } });
    for (const [name, path] of Object.entries(paths)) {
      await page.goto(site.url + path);
      const wide = await page.evaluate<number>('document.documentElement.scrollWidth');
      expect.soft({ name, wide, shift: await layoutShift(page) }).toEqual({ name, wide: 320, shift: 0 });
      expect.soft({ name, violations: await violations(page) }).toEqual({ name, violations: [] });
    }
    expect(wrongs).toEqual([]);
    await page.context().close();
  });

  test('the form with mistakes and all details open is accessible', async () => {
    const { page } = await visitor(browser, { colorScheme, viewport: { width: 1280, height: 800 } });
    await page.goto(site.url + paths.form);
    await page.fill('#name', 'www.spam.example');
    await page.click('form.form button');
    await page.waitForSelector('.error-summary:focus');
    await openDetails(page);
    expect(await violations(page)).toEqual([]);
    await page.goto(site.url + paths['an event']);
    await openDetails(page);
    expect(await violations(page)).toEqual([]);
    await page.context().close();
  });
});

test('a link in the error summary leads to its field', async () => {
  const { page } = await visitor(browser);
  await page.goto(site.url + paths.form);
  await page.click('form.form button');
  await page.waitForSelector('.error-summary:focus');
  await page.click('.error-summary a[href="#email"]');
  expect(await focused(page, 'id')).toBe('email');
  await page.context().close();
});

test('the reader’s own time is told where it differs, and only there', async () => {
  const tokyo = await visitor(browser);
  await tokyo.page.goto(site.url + paths['an event']);
  const said = (await tokyo.page.textContent('.own-time'))?.replaceAll('\u2060', '');
  expect(said).toMatch(/^Your time: Thu \d+ Feb 2027, 18:30–22:00$/);
  await tokyo.page.context().close();
  const london = await visitor(browser, { timezoneId: 'Europe/London' });
  await london.page.goto(site.url + paths['an event']);
  expect(await london.page.textContent('.own-time')).toBe('Times are local to London.');
  await london.page.context().close();
});

test('with keys alone one finds an event and registers, and always sees where one is', async () => {
  const { page } = await visitor(browser, { viewport: { width: 1280, height: 800 } });
  const tabTo = async (what: string, attribute: string, arrived: (value: string) => boolean) => {
    for (let presses = 0; presses < 60; presses++) {
      await page.keyboard.press('Tab');
      expect(await focusRing(page)).toBe(3);
      if (arrived(await focused(page, attribute))) return;
    }
    throw new Error(`60 presses do not lead to ${what}`);
  };
  await page.goto(`${site.url}/`);
  await page.keyboard.press('Tab');
  expect(await focused(page)).toBe('Skip to main content');
  await page.keyboard.press('Enter');
  await tabTo('the search', 'id', (id) => id === 'q');
  await page.keyboard.type('symposium');
  await page.keyboard.press('Enter');
  await page.waitForURL(/q=symposium/);
  await tabTo('the event', 'href', (href) => href.startsWith('/events/'));
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/events\//);
  await tabTo('the button', 'href', (href) => href.includes('/register'));
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/register/);
  await tabTo('the name', 'id', (id) => id === 'name');
  await page.keyboard.type('Grace Hopper');
  await page.keyboard.press('Tab');
  await page.keyboard.type('grace@example.org');
  await page.keyboard.press('Enter');
  await page.waitForURL(/\/registered$/);
  expect(await page.textContent('h1')).toBe('Check your inbox');
  expect(await page.textContent('[data-address]')).toBe('grace@example.org');
  const people = await Promise.all([...site.events.values()].map(site.people));
  expect(people.flat().find(({ email }) => email === 'grace@example.org')?.timeZone).toBe('Asia/Tokyo');
  expect(await layoutShift(page)).toBe(0);
  await page.context().close();
});

test('a scanner that opens a personal link and submits every form changes nothing', async () => {
  const { page } = await visitor(browser);
  for (const name of ['my registration', 'stopping mail']) {
    const before = site.writes.length;
    await page.goto(site.url + paths[name]);
    const forms = await page.locator('form').count();
    expect(forms).toBeGreaterThan(0);
    for (let i = 0; i < forms; i++) {
      await page.goto(site.url + paths[name]);
      await Promise.all([
        page.waitForNavigation(),
        page.evaluate(`HTMLFormElement.prototype.submit.call(document.forms[${i}])`),
      ]);
      expect(await page.textContent('.notice')).toContain('Nothing has changed');
    }
    expect(site.writes).toHaveLength(before);
  }
  await page.context().close();
});

test('an event prints on one sheet', async () => {
  const { page } = await visitor(browser);
  await page.goto(site.url + paths['an event']);
  const pdf = (await page.pdf({ preferCSSPageSize: true })).toString('latin1');
  expect(pdf.match(/\/Type\s*\/Page\b/g)).toHaveLength(1);
  await page.context().close();
});

test('where systems choose the colours, buttons and states keep their edges', async () => {
  const { page } = await visitor(browser, { forcedColors: 'active' });
  await page.goto(site.url + paths['a full event']);
  for (const part of ['.button', '.state', '.panel']) {
    expect(await page.evaluate(`getComputedStyle(document.querySelector('${part}')).borderTopStyle`)).toBe('solid');
  }
  await page.context().close();
});

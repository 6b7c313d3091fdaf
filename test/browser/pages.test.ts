import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { lookAgainIn } from '#shared/domain/gate.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { DEFAULT_SURVEY, type SurveyQuestion } from '#shared/domain/survey.ts';
import { epochOf } from '#shared/domain/time.ts';
import { anEvent, aRegistration } from '#test/support/builders.ts';
import { gatesOf, startingIn } from '#test/support/gates.ts';
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

async function pathsOf(site: LocalSite): Promise<Record<string, string>> {
  const { events, people, take, tokenOf, codeOf, registrations } = site;
  const gates = Object.entries(await gatesOf(site, Date.now()));
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
  const surveys = await surveysOf(site);
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
    ...Object.fromEntries(gates.map(([state, path]) => [`the gate, ${state}`, path])),
    'a wrong link': '/j/x',
    'the survey to come': `/s/${tokenOf(ada, 'survey')}`,
    ...surveys,
    'my details': `/r/${tokenOf(ada, 'manage')}/details`,
    'another address': `/r/${tokenOf(ada, 'manage')}/address`,
    'erasing my data': `/r/${tokenOf(ada, 'manage')}/erase`,
    'is this address mine': `/a/${tokenOf(await wantsNewAddress(site, ada), 'address')}`,
    'a lost link': '/lost-link',
    'a lost link, sent': '/lost-link?sent',
    'thank you, with a ticket': `/events/${again.slug}/registered?for=0000000000000000.t9k2mm.abcdefghijklmnopqrstuv`,
    'stopping mail': `/u/${tokenOf(ada, 'stop')}`,
    'a certificate to come': `/c/${tokenOf(ada, 'certificate')}`,
    'a genuine certificate': `/certificates/${codeOf(came)}`,
    'checking a certificate': '/certificates',
    'no certificate': '/certificates?code=4T7K',
    privacy: '/privacy',
    'nothing there': '/nowhere',
  };
}

/** The row of somebody who has asked for another address. */
async function wantsNewAddress({ registrations }: LocalSite, row: Registration): Promise<Registration> {
  const newEmail = 'ada@example.com';
  return (await registrations.revise(row, (each) => ({ row: { ...each, newEmail } }))) ?? row;
}

/** Surveys of two events that ended an hour ago: one by name, one anonymous, with questions of every type. */
async function surveysOf({ publish, change, take, people, tokenOf, surveyAnswers }: LocalSite) {
  const options = ['Prevention', 'Prosecution', 'Sharing what is known across forces and agencies'];
  const questions: SurveyQuestion[] = [
    ...DEFAULT_SURVEY.questions,
    { id: 'length', label: 'Was it the right length?', type: 'choice', required: false, options },
    { id: 'topics', label: 'What should come next?', type: 'choices', required: true, options },
  ];
  const pages: Record<string, string> = {};
  for (const anonymous of [false, true]) {
    const survey = { ...DEFAULT_SURVEY, anonymous, questions };
    const given = { slug: `survey-${anonymous}`, recordingUrl: 'https://video.example.org/1', survey };
    const event = await publish(anEvent(given));
    for (const name of ['Ada', 'Bob']) {
      const form = { name, email: `${name}@example.org`.toLowerCase(), answers: {} };
      await take({ event, form, ip: '203.0.113.7', privacyVersion: '1' });
    }
    const endInstant = new Date(Date.now() - 3_600_000).toISOString();
    await change(event, { startInstant: new Date(Date.now() - 7_200_000).toISOString(), endInstant });
    const [ada, bob] = (await people(event)) as [Registration, Registration];
    const who = anonymous
      ? { answerId: 'by-chance' }
      : { answerId: bob.registrationId, registrationId: bob.registrationId };
    const answer = { ...who, answeredOn: '2026-11-26', answers: { overall: 4, recommend: 9, improve: 'Tea' } };
    await surveyAnswers.keep({ ...event, revision: event.revision + 1 }, bob, answer);
    const [name, path] = [
      anonymous ? 'an anonymous survey' : 'a survey',
      (row: Registration) => `/s/${tokenOf(row, 'survey')}`,
    ];
    Object.assign(pages, { [name]: path(ada), [`${name}, answered`]: path(bob) });
  }
  return pages;
}

describe.each(['light', 'dark'] as const)('in %s', (colorScheme) => {
  test('every page is accessible, keeps to its width and stays where it is', { timeout: 180_000 }, async () => {
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

  test('a survey with mistakes is accessible, and keeps what was answered', async () => {
    const { page, wrongs } = await visitor(browser, { colorScheme, viewport: { width: 320, height: 640 } });
    await page.goto(site.url + paths['an anonymous survey']);
    await page.click('label[for="answers.recommend-10"]');
    await page.fill('[id="answers.improve"]', 'x'.repeat(2001));
    await page.click('form.form button');
    await page.waitForSelector('.error-summary:focus');
    expect(await violations(page)).toEqual([]);
    expect(await page.evaluate<number>('document.documentElement.scrollWidth')).toBe(320);
    expect(await page.isChecked('[id="answers.recommend-10"]')).toBe(true);
    expect(await page.inputValue('[id="answers.improve"]')).toHaveLength(2001);
    await page.click('.error-summary a[href="#answers.overall"]');
    expect(await focused(page, 'id')).toBe('answers.overall');
    expect(wrongs).toEqual([]);
    await page.context().close();
  });
});

test('every point of a scale is a target of 44 by 44 pixels and more, on the smallest phone too', async () => {
  const { page } = await visitor(browser, { viewport: { width: 320, height: 640 } });
  await page.goto(site.url + paths['a survey']);
  const sizes = await page.evaluate<[number, number][]>(
    "[...document.querySelectorAll('.scale label')].map((each) => [each.offsetWidth, each.offsetHeight])",
  );
  expect(sizes).toHaveLength(16);
  for (const [width, height] of sizes) expect(Math.min(width, height)).toBeGreaterThanOrEqual(44);
  await page.context().close();
});

test('with keys alone one answers a survey, and changes the answer', async () => {
  const { page } = await visitor(browser, { viewport: { width: 1280, height: 800 }, javaScriptEnabled: false });
  await page.goto(site.url + paths['a survey']);
  await page.focus('[id="answers.overall"]');
  await page.keyboard.press('ArrowRight');
  await page.keyboard.press('Tab');
  await page.keyboard.press('Space');
  await page.focus('[id="answers.topics"]');
  await page.keyboard.press('Space');
  await page.focus('form.form button');
  await page.keyboard.press('Enter');
  await page.waitForSelector('.status-yes');
  expect(await page.textContent('h1')).toBe('Thank you for your answer');
  expect(await page.isChecked('[id="answers.overall-2"]')).toBe(true);
  expect(await page.isChecked('[id="answers.recommend"]')).toBe(true);
  await page.check('[id="answers.overall-5"]');
  await page.click('form.form button');
  await page.waitForSelector('.status-yes');
  expect(await page.isChecked('[id="answers.overall-5"]')).toBe(true);
  await page.context().close();
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
  const writes = site.writes.length;
  await page.reload();
  expect(await page.textContent('h1')).toBe('Check your inbox');
  expect(site.writes).toHaveLength(writes);
  const people = await Promise.all([...site.events.values()].map(site.people));
  expect(people.flat().find(({ email }) => email === 'grace@example.org')?.timeZone).toBe('Asia/Tokyo');
  expect(await layoutShift(page)).toBe(0);
  await page.context().close();
});

test('a scanner that opens a personal link and submits every form changes nothing', async () => {
  const { page } = await visitor(browser);
  const changing = ['a survey, answered', 'an anonymous survey', 'the gate, open', 'the gate, open, and over'];
  const moving = ['my details', 'another address', 'erasing my data', 'is this address mine'];
  for (const name of ['my registration', 'stopping mail', ...changing, ...moving]) {
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

/** Somebody at an event that starts in so many milliseconds, and the path to its gate; one of many, where `wanted` is particular. */
async function atTheGate(ms: number, wanted?: (row: Registration) => boolean) {
  const given = { slug: `gate-${crypto.randomUUID()}`, ...startingIn(86_400_000, Date.now()) };
  const event = await site.publish(anEvent(given));
  for (let n = 0; n < (wanted ? 45 : 1); n++) {
    const form = { name: 'Ada', email: `ada${n}@example.org`, answers: {} };
    await site.take({ event, form, ip: '203.0.113.7', privacyVersion: '1' });
  }
  const row = (await site.people(event)).find(wanted ?? (() => true));
  if (!row) throw new Error('There is nobody of that kind');
  const joining = { url: 'https://meet.example.org/room', opensBefore: 'PT15M' };
  const startInstant = new Date(Date.now() + ms).toISOString();
  await site.change(event, { joining, startInstant });
  const path = `/j/${site.tokenOf(row, 'join')}`;
  return { event: { ...event, joining, startInstant, revision: event.revision + 1 }, row, path };
}
const MINUTE = 60_000;
const HOUR = 60 * MINUTE;

test('a press of Join now leads to the address on another site, which is not told where from', async () => {
  const { page, wrongs } = await visitor(browser);
  const { event, row, path } = await atTheGate(0);
  await page.goto(site.url + path);
  // No such site is to be had here: it is enough that the browser sets out.
  const [there] = await Promise.all([page.waitForRequest(/^https:/), page.click('button[name=join]')]);
  expect(there.url()).toBe('https://meet.example.org/room');
  expect((await there.allHeaders()).referer).toBeUndefined();
  expect(wrongs).toEqual([]);
  const now = (await site.people(event)).find(({ registrationId }) => registrationId === row.registrationId);
  expect(now?.joinedAt).toBeDefined();
  await page.context().close();
});

test('the countdown goes by the site’s clock, not the device’s, and the page opens by itself', async () => {
  const { page } = await visitor(browser);
  const { event, path } = await atTheGate(20 * MINUTE + 30_000);
  await page.clock.install({ time: '2020-01-01T00:00:00Z' });
  await page.goto(site.url + path);
  const left = () => page.textContent('[data-countdown]');
  expect(await left()).toBe('5 minutes');
  await page.clock.runFor(2 * MINUTE);
  expect(await left()).toBe('3 minutes');
  await site.change(event, { joining: { ...event.joining, opensBefore: 'PT1H' } });
  await page.clock.runFor(5 * MINUTE);
  await page.waitForSelector('button[name=join]');
  await page.context().close();
});

test('without JavaScript the page opens by itself, too', async () => {
  const { page } = await visitor(browser, { javaScriptEnabled: false });
  const isQuick = (row: Registration) => {
    const { startInstant, endInstant } = startingIn(HOUR, Date.now());
    const event = { state: 'published', format: 'online', startInstant, endInstant, joining: undefined } as const;
    const opens = Date.parse(startInstant) / 1000 - 15 * 60;
    return (lookAgainIn(event, row, opens - 1) ?? 99) < 5;
  };
  const { path } = await atTheGate(15 * MINUTE + 6000, isQuick);
  await page.goto(site.url + path);
  expect(await page.textContent('.countdown')).toContain('less than a minute');
  await page.waitForSelector('button[name=join]', { timeout: 30_000 });
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

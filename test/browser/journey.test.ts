import type { Browser } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { deployed, linkIn, until } from '#test/support/deployed.ts';
import { launchBrowser } from '#tools/browser.ts';
import { violations, visitor } from './visitor.ts';

const app = deployed();
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

const mailTo = (email: string) =>
  until(`the mail to ${email}`, async () => {
    const [mail] = await app.mails(email);
    return mail;
  });

test('without JavaScript: found, registered, confirmed by mail, given up, taken back', {
  timeout: 120_000,
}, async () => {
  const name = `Fieldcraft ${crypto.randomUUID().slice(0, 8)}`;
  const { slug } = await app.event({ title: name });
  const email = `grace-${slug}@example.org`;
  const { page } = await visitor(browser, { javaScriptEnabled: false });

  await until('the event in the catalogue', async () => {
    await page.goto(new URL('/', app.siteUrl).href);
    await page.fill('#q', name);
    await page.click('.search-words button');
    return (await page.locator('.events a').count()) === 1;
  });
  await page.click('.events a');
  expect(await page.textContent('.back a')).toBe('Back to search results');
  await page.click('.action a');

  await page.fill('#name', 'Grace Hopper');
  await page.fill('#email', 'grace at example');
  await page.click('form.form button');
  expect(await page.textContent('.error-summary')).toContain('Enter an email address like name@example.org');
  expect(await page.inputValue('#name')).toBe('Grace Hopper');

  await page.fill('#email', email);
  await page.click('form.form button');
  expect(new URL(page.url()).search).toBe('');
  expect(await page.textContent('h1')).toBe('Check your inbox');
  expect(await page.content()).not.toContain(email);

  await page.goto(linkIn(await mailTo(email), 'r'));
  expect(await page.textContent('.status')).toContain('You have a place.');
  await page.click('button[name=cancel]');
  expect(await page.textContent('.status')).toContain('You have given up your place.');
  await page.click('button[name=undo]');
  expect(await page.textContent('.status')).toContain('You have a place.');
  await page.context().close();
});

test('the deployed pages load what they need and are accessible', { timeout: 60_000 }, async () => {
  const { slug } = await app.event({ capacity: 20 });
  const { page, wrongs } = await visitor(browser);
  for (const path of ['/', `/events/${slug}`, `/events/${slug}/register`, '/privacy', '/nowhere']) {
    await page.goto(new URL(path, app.siteUrl).href);
    expect.soft({ path, violations: await violations(page) }).toEqual({ path, violations: [] });
  }
  const display = await page.evaluate('getComputedStyle(document.body).display');
  expect(display).toBe('flex');
  expect(wrongs).toEqual([]);
  await page.context().close();
});

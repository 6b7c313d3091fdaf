import { randomUUID } from 'node:crypto';
import type { Browser, Page } from 'playwright-core';
import { afterAll, beforeAll, expect, test } from 'vitest';
import { eventStore } from '#shared/store/events.ts';
import type { Item } from '#shared/store/table.ts';
import { deployed, linkIn, type Received, until } from '#test/support/deployed.ts';
import { deployedTable } from '#test/support/deployed-table.ts';
import { launchBrowser } from '#tools/browser.ts';
import { visitor } from './visitor.ts';

const app = deployed();
const MINUTE = 60_000;
const DAY = 24 * 60 * MINUTE;
let browser: Browser;

beforeAll(async () => {
  browser = await launchBrowser();
});
afterAll(() => browser?.close());

/** What is kept of an event and its people, but for what the sending of mail writes by itself. */
async function kept(eventId: string): Promise<Record<string, Item>> {
  const items = await deployedTable().all();
  const own = items.filter(({ pk }) => pk.includes(eventId));
  const people = new Set(own.map(({ registrationId }) => registrationId).filter((id) => typeof id === 'string'));
  const addresses = items.filter(
    ({ pk, registrationId }) => pk.startsWith('ADDR#') && people.has(String(registrationId)),
  );
  const byMail = /^(RUN|CAMPAIGN)#|^(NOTICE|LOOKOUT|ORGMAIL)$/;
  const lasting = [...own, ...addresses].filter(({ sk }) => !byMail.test(sk));
  return Object.fromEntries(lasting.map((item) => [`${item.pk} ${item.sk}`, withoutLedger(item)]));
}

function withoutLedger(item: Item): Item {
  const { deliveries: _, greetDue: __, greetDueAt: ___, greetDueShard: ____, fact: _____, ...rest } = item;
  const { sequence: ______, due: _______, dueAt: ________, ...lasting } = rest;
  return lasting as Item;
}

/** Every link of the mail into our site: in its markup, its text and its calendar file, unfolded. */
function linksOf({ body, attachments }: Received): string[] {
  const files = attachments.map(({ content }) =>
    Buffer.from(content, 'base64')
      .toString()
      .replace(/\r?\n[ \t]/g, ''),
  );
  const said = [body.html?.replaceAll('&amp;', '&'), body.text?.replace(/\s+/g, ' '), ...files].join('\n');
  const links = said.match(/https?:\/\/[^\s"'<>\\)\]]+/g) ?? [];
  return links.filter((link) => link.startsWith(app.siteUrl)).map((link) => link.replace(/[.,;:]+$/, ''));
}

/** What a scanner met. */
interface Met {
  links: Set<string>;
  forms: number;
}

const isPersonal = (link: string) => /^\/[a-z]\//.test(new URL(link).pathname);

/**
 * Opens a link in every way a mail scanner does: asks for it, runs its scripts, sends its forms without a press; then the
 * same with the personal links of that page, and asks for all others.
 */
async function scan(link: string, page: Page, met: Met): Promise<void> {
  if (met.links.has(link)) return;
  met.links.add(link);
  await fetch(link, { method: 'HEAD' });
  const answer = await fetch(link);
  const markup = await answer.text();
  if (!answer.headers.get('content-type')?.includes('html')) return;
  await page.goto(link, { waitUntil: 'networkidle' });
  const forms = await page.locator('form').count();
  for (let form = 0; form < forms; form++) {
    for (const submit of ['submit', 'requestSubmit']) {
      await page.goto(link);
      const call = `HTMLFormElement.prototype.${submit}.call(document.forms[${form}])`;
      await Promise.all([page.waitForEvent('framenavigated'), page.evaluate(call)]);
      await page.waitForLoadState();
    }
    met.forms += 1;
  }
  if (!isPersonal(link)) return;
  for (const [, href = ''] of markup.matchAll(/<a [^>]*href="([^"]+)"/g)) {
    const next = new URL(href.replaceAll('&amp;', '&'), link).href.replace(/#.*$/, '');
    if (next.startsWith(app.siteUrl)) await scan(next, page, met);
  }
}

const mailsOf = (email: string, count: number) =>
  until(
    `${count} mails to ${email}`,
    async () => {
      const mails = await app.mails(email);
      return mails.length >= count && mails;
    },
    MINUTE,
  );

const post = async (path: string, body: unknown = {}) => {
  const answer = await app.call('POST', path, { body, headers: { 'idempotency-key': randomUUID() } });
  expect(answer.status, JSON.stringify(answer.body)).toBeLessThan(300);
};

test('a scanner that opens every link of every mail, runs all scripts and sends all forms changes nothing', {
  timeout: 6 * MINUTE,
}, async () => {
  const wall = (ms: number) => new Date(Date.now() + ms).toISOString().slice(0, 16);
  const { eventId, slug } = await app.event({
    ...{ startsAt: wall(3 * DAY), endsAt: wall(3 * DAY + 60 * MINUTE), timeZone: 'UTC', capacity: 1 },
    joining: { url: 'https://meet.example.org/room', opensBefore: 'PT99H' },
    questions: [{ id: 'dietary', label: 'What do you not eat?', type: 'text' }],
    survey: {},
  });
  const path = `/api/v1/events/${eventId}`;
  const at = (name: string) => `${name}@${slug}.example.org`;
  const [ada, bob, elsewhere] = [at('ada'), at('bob'), at('ada.elsewhere')];
  const answers = { dietary: 'Nuts' };
  await app.register(slug, ada, { answers });
  await mailsOf(ada, 1);
  await app.register(slug, bob, { answers });
  await mailsOf(bob, 1);
  const { page } = await visitor(browser);
  const met: Met = { links: new Set(), forms: 0 };
  const quiet = () =>
    until('the receipts', async () =>
      (await app.people(eventId)).every(({ deliveries }) => deliveries.every(({ state }) => state !== 'claimed')),
    );
  const scanAll = async () => {
    await quiet();
    met.links = new Set();
    const before = await kept(eventId);
    const mails = (await Promise.all([ada, bob, elsewhere].map(app.mails))).flat();
    for (const link of new Set(mails.flatMap(linksOf))) await scan(link, page, met);
    expect(await kept(eventId)).toEqual(before);
    return before;
  };

  // A confirmation and a place in line, how to join, and a change; and while the gate is open.
  await post(`${path}/campaigns/2/trigger`);
  await mailsOf(ada, 2);
  await post(`${path}/reschedule`, { place: 'Another webinar' });
  await mailsOf(ada, 3);
  await mailsOf(bob, 2);
  // She wants her mail elsewhere, which is asked there.
  const [confirmation] = await mailsOf(ada, 1);
  await page.goto(`${linkIn(confirmation as Received, 'r')}/address`);
  await page.fill('#email', elsewhere);
  await page.click('button[name=move]');
  await mailsOf(elsewhere, 1);
  const before = await scanAll();
  expect(Object.keys(before).filter((key) => / (REG|ANS)#| SEATS|WAITLIST| ADDR/.test(key))).toHaveLength(8);

  // The survey, minutes after the end: the gate still lets people in.
  const events = eventStore(deployedTable().table);
  const [event, text] = [await events.get(eventId, { consistent: true }), await events.text(eventId)];
  if (!event || !text) throw new Error('There is no event');
  const times = { startsAt: wall(-65 * MINUTE), endsAt: wall(-5 * MINUTE) };
  const instants = { startInstant: `${times.startsAt}:00Z`, endInstant: `${times.endsAt}:00Z` };
  const over = { ...event, ...times, ...instants, revision: event.revision + 1 };
  await events.save(over, text, { revision: event.revision, fact: undefined });
  await post(`${path}/campaigns/4/trigger`);
  await mailsOf(ada, 4);
  await scanAll();

  for (const prefix of ['r', 'u', 'j', 's', 'a'])
    expect(
      [...met.links].some((link) => link.includes(`/${prefix}/`)),
      `a link to /${prefix}`,
    ).toBe(true);
  expect(met.forms).toBeGreaterThan(5);

  // What a person presses, and what a mail program sends to unsubscribe (RFC 8058), does change something.
  const linkTo = (prefix: string) => [...met.links].find((link) => link.includes(`/${prefix}/`)) ?? '';
  const last = await kept(eventId);
  await page.goto(linkTo('j'));
  await Promise.all([page.waitForRequest(/^https:\/\/meet\.example\.org/), page.click('button[name=join]')]);
  const joined = await kept(eventId);
  expect(joined).not.toEqual(last);
  const body = new URLSearchParams({ 'List-Unsubscribe': 'One-Click' });
  expect((await fetch(linkTo('u'), { method: 'POST', body })).status).toBe(200);
  expect(await kept(eventId)).not.toEqual(joined);
  await page.context().close();
});

import { expect, test } from 'vitest';
import { deployed, linkIn, until } from '#test/support/deployed.ts';

const app = deployed();

/** The value of the button that does this, from the page it stands on. */
const pressOf = (html: string, action: string): string => {
  const button = html.match(
    new RegExp(`<button[^>]*name="${action}"[^>]*value="([^"]+)"|<button[^>]*value="([^"]+)"[^>]*name="${action}"`),
  );
  const value = button?.[1] ?? button?.[2];
  if (!value) throw new Error(`There is no button to ${action}`);
  return value;
};

test('200 at once for 10 seats: 10 in, 190 in line; 5 leave and the first 5 in line are in', async () => {
  const { eventId, slug } = await app.event({ capacity: 10 });
  const address = (n: number) => `person${n}@${slug}.example.org`;
  const answers = await Promise.all(Array.from({ length: 200 }, (_, n) => app.register(slug, address(n))));
  expect(new Set(answers.map(({ status }) => status))).toEqual(new Set([202]));

  const decided = await until(
    'every seat to be decided',
    async () => {
      const rows = await app.people(eventId);
      return rows.length === 200 && rows.every(({ status }) => status !== 'applied') && rows;
    },
    90_000,
  );
  const inside = decided.filter(({ status }) => status === 'confirmed');
  expect(inside).toHaveLength(10);
  expect(decided.filter(({ status }) => status === 'waitlisted')).toHaveLength(190);

  const places = await until(
    'everybody in line to be told their place',
    async () => {
      const mailbox = await app.mailbox();
      const told = decided
        .filter(({ status }) => status === 'waitlisted')
        .map(({ email }) => ({ email, mails: mailbox.get(email) ?? [] }));
      return told.every(({ mails }) => mails.length === 1) && told;
    },
    120_000,
  );
  const placeIn = (text = '') => Number(text.match(/(?:place|number) (?:in (?:the )?(?:line|queue) is )?(\d+)/i)?.[1]);
  const told = places.map(({ mails }) => placeIn(mails[0]?.body.text));
  expect([...told].sort((a, b) => a - b)).toEqual(Array.from({ length: 190 }, (_, n) => n + 1));

  for (const { email } of inside.slice(0, 5)) {
    const [mail] = await app.mails(email);
    if (!mail) throw new Error('A confirmed person was not told');
    const manage = linkIn(mail, 'r');
    const page = await app.call<string>('GET', manage, { key: null });
    const headers = { 'content-type': 'application/x-www-form-urlencoded' };
    const body = new URLSearchParams({ cancel: pressOf(page.body, 'cancel') }).toString();
    expect((await app.call('POST', manage, { body, headers, key: null })).status).toBeLessThan(400);
  }
  const firstFive = places.filter((_, n) => (told[n] ?? 0) <= 5).map(({ email }) => email);
  await until('the first five to be in', async () => {
    const rows = await app.people(eventId);
    return firstFive.every((email) => rows.find((row) => row.email === email)?.status === 'confirmed');
  });
  const now = await app.people(eventId);
  expect(now.filter(({ status }) => status === 'confirmed')).toHaveLength(10);
  expect(now.filter(({ status }) => status === 'waitlisted')).toHaveLength(185);
}, 300_000);

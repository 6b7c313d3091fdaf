import { expect, test } from 'vitest';
import { deployed, linkIn, type Received, settled, until } from '#test/support/deployed.ts';

const app = deployed();
const at = (slug: string, path: string) => new URL(`/events/${slug}/${path}`, app.siteUrl);

/** A form as a browser posts it, and where it ends. */
async function post(url: URL, fields: Record<string, string>) {
  const answer = await fetch(url, { method: 'POST', body: new URLSearchParams(fields), redirect: 'follow' });
  const body = await answer.text();
  return {
    status: answer.status,
    url: answer.url,
    body,
    ticket: /name="ticket" value="([^"]+)"/.exec(body)?.[1] ?? '',
  };
}
const register = (slug: string, email: string, name = 'Mallory Example') =>
  post(at(slug, 'register'), { name, email, timeZone: '' });
const correct = (slug: string, ticket: string, email: string) => post(at(slug, 'registered'), { ticket, email });

const pageIn = (mail: Received, door = 'r'): string => new URL(new URL(linkIn(mail, door)).pathname, app.siteUrl).href;

async function press(page: string, action: string): Promise<number> {
  const body = await (await fetch(page)).text();
  const value = new RegExp(`name="${action}" value="([^"]+)"`).exec(body)?.[1] ?? '';
  return (await post(new URL(page), { [action]: value })).status;
}

/** The first mail to an address. */
async function mailTo(email: string): Promise<Received> {
  await until(`a mail to ${email}`, async () => (await app.mails(email)).length > 0);
  return (await app.mails(email))[0] as Received;
}

test.each([true, false])(
  'a ticket has no power over a registration whose owner has confirmed it (confirmAddress: %s)',
  async (confirmAddress) => {
    const { eventId, slug } = await app.event({ confirmAddress });
    const [ada, eve] = [`ada@${slug}.example.org`, `eve@${slug}.example.com`];
    const { ticket, url } = await register(slug, ada);
    const page = pageIn(await mailTo(ada));
    expect(await press(page, confirmAddress ? 'confirm' : 'mute')).toBe(200);

    await correct(slug, ticket, eve);
    // Where the mail asks whether an address is theirs, they say so.
    const theirs = await mailTo(eve);
    if (theirs.body.text?.includes('/a/')) await press(pageIn(theirs, 'a'), 'use');
    else await press(pageIn(theirs), 'confirm');
    await settled(1000);
    expect((await fetch(page)).status).toBe(200);
    const people = await app.people(eventId);
    expect(people.find(({ email }) => email === ada)).toMatchObject({ status: 'confirmed' });
    expect(url).not.toContain(ticket);
  },
);

test('whoever corrects a victim’s address to their own gets the same mail, whether the victim is registered or not', async () => {
  const { eventId, slug } = await app.event();
  const [known, unknown] = [`known@${slug}.example.org`, `unknown@${slug}.example.org`];
  await app.register(slug, known);
  await mailTo(known);
  const seen = [];
  for (const [n, victim] of [known, unknown].entries()) {
    const mine = `mine${n}@${slug}.example.com`;
    const { ticket } = await register(slug, victim);
    const { status } = await correct(slug, ticket, mine);
    const mail = await mailTo(mine).catch(() => undefined);
    const words = mail?.body.text?.replaceAll(/https?:\/\/\S+/g, 'LINK').replaceAll(mine, 'MINE');
    seen.push({ status, subject: mail?.subject ?? 'no mail at all', words, requests: (await app.wire(mine)).length });
  }
  expect(seen[0]).toEqual(seen[1]);
  expect(seen[0]).toMatchObject({ requests: 1, words: expect.not.stringContaining('Mallory') });
  expect((await app.people(eventId)).map(({ email }) => email)).toContain(known);
});

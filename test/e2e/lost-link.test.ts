import { expect, test } from 'vitest';
import { deployed, linkIn, settled, until } from '#test/support/deployed.ts';

const app = deployed();

test('whoever lost their links is mailed each again, at an event with shared mailboxes, too', async () => {
  const one = await app.event({ title: 'A morning on fraud', capacity: undefined });
  const shared = await app.event({
    title: 'An evening on doors',
    capacity: undefined,
    onePlacePer: 'address-and-name',
  });
  const email = `lost-${one.slug}@example.org`;
  for (const { slug } of [one, shared]) expect((await app.register(slug, email)).status).toBe(202);
  await until('both confirmations', async () => (await app.mails(email)).length === 2);

  const headers = { 'content-type': 'application/x-www-form-urlencoded' };
  const ask = (address: string) =>
    app.call<string>('POST', '/lost-link', {
      key: null,
      headers,
      body: new URLSearchParams({ email: `Ada <${address}>;` }).toString(),
    });
  // Nobody is reminded within ten minutes of registering, on the clock of the stage: some of these come to nothing.
  const links = await until(
    'both links',
    async () => {
      const [known, unknown] = await Promise.all([ask(email), ask(`nobody-${one.slug}@example.org`)]);
      expect([known.status, known.headers.get('location')]).toEqual([303, '/lost-link?sent']);
      expect([unknown.status, unknown.headers.get('location')]).toEqual([303, '/lost-link?sent']);
      await settled(6000);
      const mails = await app.mails(email);
      return mails.length >= 4 && mails.slice(2);
    },
    50_000,
  );
  expect(links).toHaveLength(2);
  for (const mail of links) expect((await app.call<string>('GET', linkIn(mail, 'r'), { key: null })).status).toBe(200);
  expect(await app.mails(`nobody-${one.slug}@example.org`)).toEqual([]);
}, 120_000);

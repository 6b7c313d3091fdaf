import ICAL from 'ical.js';
import { expect, test } from 'vitest';
import { routes } from '#infra/routes.ts';
import { deployed, linkIn, until } from '#test/support/deployed.ts';

const app = deployed();

test('an event is made, published and read; a registrant gets a place, a confirmation and a calendar file', async () => {
  const { eventId, slug } = await app.event({ title: 'A morning on fraud', capacity: undefined });
  const page = await app.call<string>('GET', `/events/${slug}`, { key: null });
  expect(page.status).toBe(200);
  expect(page.body).toContain('Thursday 18 February 2027, 09:30–13:00 GMT');

  const email = `ada-${slug}@example.org`;
  expect((await app.register(slug, email, { timeZone: 'America/New_York' })).status).toBe(202);
  const [mail] = await until('the confirmation', async () => {
    const mails = await app.mails(email);
    return mails.length > 0 && mails;
  });
  expect(mail?.subject).toContain('A morning on fraud');
  const readable = mail?.body.html?.replace(/<[^>]*>/g, '');
  for (const part of [mail?.body.text, readable]) {
    expect(part).toContain('Thursday 18 February 2027, 09:30–13:00 GMT');
    expect(part).toContain('04:30–08:00 EST');
  }
  const file = mail?.attachments.find(
    ({ contentType }) => contentType.startsWith('text/calendar') || contentType.startsWith('application/ics'),
  );
  const calendar = new ICAL.Component(ICAL.parse(Buffer.from(file?.content ?? '', 'base64').toString()));
  expect(calendar.getFirstPropertyValue('method')).toBe('REQUEST');
  const invitation = new ICAL.Event(calendar.getFirstSubcomponent('vevent') ?? undefined);
  expect(invitation.startDate.toJSDate().toISOString()).toBe('2027-02-18T09:30:00.000Z');
  expect(invitation.attendees).toHaveLength(1);

  const people = await until('the receipt', async () => {
    const rows = await app.people(eventId);
    return rows[0]?.deliveries[0]?.state === 'delivered' && rows;
  });
  expect(people).toMatchObject([{ status: 'confirmed', email, deliveries: [{ mail: 'confirmation', attempts: 1 }] }]);

  const manage = linkIn(mail as NonNullable<typeof mail>, 'r');
  const mine = await app.call<string>('GET', manage, { key: null });
  expect(mine.status).toBe(200);
  expect(mine.headers.get('cache-control')).toContain('no-store');
});

test('a permanent bounce stops further mail to that registration', async () => {
  const { eventId, slug } = await app.event();
  const email = `bounce@${slug}.example.org`;
  await app.register(slug, email);
  const [person] = await until('the bounce', async () => {
    const rows = await app.people(eventId);
    return rows[0]?.bounced && rows;
  });
  expect(person?.deliveries).toMatchObject([{ mail: 'confirmation', state: 'bounced' }]);
  expect(
    (await app.call('POST', `/api/v1/events/${eventId}/registrations/${person?.registrationId}/resend`)).status,
  ).toBe(202);
  await until('the skipped resend', async () =>
    (await app.people(eventId))[0]?.deliveries.some(({ mail, reason }) => mail === 'resend' && reason === 'bounced'),
  );
  expect(await app.wire(email)).toHaveLength(1);
});

test('HEAD is answered wherever GET is, alike, by every route of the site', async () => {
  const { slug } = await app.event();
  const paths = Object.values(routes)
    .flat()
    .flatMap((key) =>
      key.startsWith('GET ')
        ? [
            key
              .slice(4)
              .replace('{slug}', slug)
              .replace(/\{\w+\}/, 'x'),
          ]
        : [],
    );
  expect(paths.length).toBeGreaterThan(20);
  for (const path of [...paths, '/api/v1/openapi.json', '/api/v1/events']) {
    const [get, head] = [await app.call<string>('GET', path), await app.call<string>('HEAD', path)];
    expect({ path, status: head.status }).toEqual({ path, status: get.status });
    expect(head.headers.get('content-type')).toBe(get.headers.get('content-type'));
    expect(head.body || undefined).toBeUndefined();
  }
});

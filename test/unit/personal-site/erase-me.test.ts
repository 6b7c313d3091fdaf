import { expect, test } from 'vitest';
import { press, withPeople } from '#test/support/guest-people.ts';
import { posted, readable } from '#test/support/guest-site.ts';

test('erased, nothing of the person is left: not a row, an address, an answer, nor a page', async () => {
  const { site, event, person } = await withPeople({}, []);
  const form = { name: 'Canary Bird', email: 'canary@example.org', organisation: 'Canary Force', answers: {} };
  await site.take({ event, form, ip: '203.0.113.7', privacyVersion: undefined });
  const row = await person('Canary Bird');
  const path = `/r/${site.tokenOf(row, 'manage')}`;
  const answer = await press(site, `${path}/erase`, 'erase');
  expect(answer.status).toBe(200);
  expect(readable(answer.body)).toContain('Your data is erased');
  expect(answer.body).not.toContain('Canary');
  expect(site.items().filter((item) => /canary/i.test(JSON.stringify(item)))).toEqual([]);
  expect(site.items().filter(({ pk, sk }) => `${pk} ${sk}`.includes(row.registrationId))).toEqual([]);
  expect(site.items().filter(({ pk }) => pk.startsWith('ADDR'))).toEqual([]);
  for (const each of [path, `${path}/erase`, `${path}/data.json`])
    expect((await site.request({ path: each })).status).toBe(404);
  await site.take({ event, form, ip: '203.0.113.7', privacyVersion: undefined });
  expect(await site.people(event)).toHaveLength(1);
});

test('whoever holds a seat leaves a tombstone without a name until it is given on', async () => {
  const { site, event, person } = await withPeople({ capacity: 1 }, ['Ada', 'Bob']);
  const { registrationId } = await person();
  await press(site, `/r/${site.tokenOf(await person(), 'manage')}/erase`, 'erase');
  expect(site.items().filter((item) => /ada/i.test(JSON.stringify(item)))).toEqual([]);
  await site.seat({ v: 1, eventId: event.eventId, registrationId });
  expect(await person('Bob')).toMatchObject({ status: 'confirmed', seat: 'taken' });
  expect(site.items().filter(({ sk }) => sk.includes(registrationId))).toEqual([]);
});

test('opening the page erases nobody, nor does anything but its button', async () => {
  const { site, person } = await withPeople();
  const path = `/r/${site.tokenOf(await person(), 'manage')}/erase`;
  expect(readable((await site.request({ path })).body)).toContain('This cannot be undone.');
  expect((await site.request(posted(path, { erase: 'x' }))).status).toBe(409);
  expect((await person()).name).toBe('Ada');
});

test('my data is a file that holds all that is kept, and no secret of ours', async () => {
  const { site, person } = await withPeople();
  const row = await person();
  const { status, headers, body } = await site.request({ path: `/r/${site.tokenOf(row, 'manage')}/data.json` });
  expect(status).toBe(200);
  expect(headers).toMatchObject({
    'content-type': 'application/json; charset=utf-8',
    'content-disposition': `attachment; filename="registration-${row.registrationId}.json"`,
    'cache-control': 'no-store',
    'referrer-policy': 'no-referrer',
  });
  expect(JSON.parse(body)).toMatchObject({
    name: 'Ada',
    email: 'ada@example.org',
    timeZone: 'Asia/Tokyo',
    status: 'confirmed',
  });
  expect(body).not.toContain(row.linkSeed);
});

test('the tombstone comes before any other trace goes, and the row goes last', async () => {
  const { site, event, person } = await withPeople({}, []);
  const form = { name: 'Ada', email: 'ada@example.org', organisation: 'Example Force', answers: {} };
  await site.take({ event, form, ip: '203.0.113.7', privacyVersion: undefined });
  const { registrationId } = await person();
  const before = site.writes.length;
  await press(site, `/r/${site.tokenOf(await person(), 'manage')}/erase`, 'erase');
  const [first, ...others] = site.writes.slice(before).filter(({ before: was }) => was !== undefined);
  expect(first?.after).toMatchObject({ sk: `REG#${registrationId}`, erased: true });
  expect(others.map(({ after }) => after)).toEqual(others.map(() => undefined));
  expect(others.at(-1)?.before).toMatchObject({ sk: `REG#${registrationId}` });
  expect(others.length).toBeGreaterThan(2);
});

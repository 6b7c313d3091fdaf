import { expect, test } from 'vitest';
import { revisionOf } from '#shared/domain/correct.ts';
import { withPeople } from '#test/support/guest-people.ts';
import { posted, readable } from '#test/support/guest-site.ts';

const QUESTIONS = [
  { id: 'diet', label: 'Diet', type: 'choice' as const, required: false, options: ['None', 'Vegan'], segment: true },
  { id: 'needs', label: 'Needs', type: 'text' as const, required: false, options: [], segment: false },
];

/** The page to correct one's details, and what a person saves on it. */
async function corrections(given = {}) {
  const { site, person, event } = await withPeople({ questions: QUESTIONS, ...given });
  const path = `/r/${site.tokenOf(await person(), 'manage')}`;
  const save = async (fields: Record<string, string>) => {
    const { body } = await site.request({ path: `${path}/details` });
    const press = /name="correct" value="([^"]+)"/.exec(body)?.[1] ?? '';
    return site.request(posted(`${path}/details`, { name: 'Ada', ...fields, correct: press }));
  };
  const row = async () => (await site.people(event))[0];
  return { site, path, save, row, event };
}

test('name, organisation, answers and time zone are corrected, and shown so from then on', async () => {
  const { site, path, save, row } = await corrections();
  const answer = await save({
    name: 'Ada Lovelace',
    organisation: 'Example Force',
    'answers.diet': 'Vegan',
    'answers.needs': 'A ramp',
    timeZone: 'Europe/Paris',
  });
  expect(answer).toMatchObject({ status: 303, headers: { location: path } });
  expect(await row()).toMatchObject({ name: 'Ada Lovelace', timeZone: 'Europe/Paris', chose: { diet: '687' } });
  const text = readable((await site.request({ path })).body);
  for (const held of ['Ada Lovelace', 'Example Force', 'Vegan', 'A ramp', 'Europe/Paris']) expect(text).toContain(held);
  const form = (await site.request({ path: `${path}/details` })).body;
  expect(form).toContain('value="Ada Lovelace"');
  expect(form).toContain('<option selected>Europe/Paris</option>');
});

test('a field that there is not is passed over', async () => {
  const { save, row } = await corrections();
  const { email } = (await row()) ?? {};
  expect(await save({ 'answers.shoes': '42', email: 'eve@example.org', organisation: 'Force' })).toMatchObject({
    status: 303,
  });
  expect(await row()).toMatchObject({ email });
});

test('what is left empty is gone', async () => {
  const { save, row } = await corrections();
  await save({ 'answers.diet': 'Vegan', timeZone: 'Europe/Paris' });
  await save({});
  expect(await row()).not.toHaveProperty('chose');
  expect(await row()).not.toHaveProperty('timeZone');
});

test.each([
  [{ name: '' }, 'Enter your name'],
  [{ name: 'https://evil.example.org' }, 'take out “https://evil.example.org”'],
  [{ 'answers.diet': 'Stones' }, 'Choose one of the answers'],
])('what cannot be is named, and the rest is kept as typed: %j', async (fields, message) => {
  const { save, row } = await corrections();
  const answer = await save({ organisation: 'Typed by Ada', ...fields });
  expect(answer.status).toBe(400);
  expect(readable(answer.body)).toContain(message);
  expect(answer.body).toContain('value="Typed by Ada"');
  expect(await row()).toMatchObject({ name: 'Ada' });
});

test('without a press nothing is saved', async () => {
  const { site, path, row } = await corrections();
  const answer = await site.request(posted(`${path}/details`, { name: 'Eve' }));
  expect(answer.status).toBe(409);
  expect(await row()).toMatchObject({ name: 'Ada' });
});

test('where several people share a mailbox, a name that another has there is refused', async () => {
  const { site, path, save, row, event } = await corrections({ onePlacePer: 'address-and-name' });
  const form = { name: 'Bob', email: 'ada@example.org', answers: {}, timeZone: undefined };
  await site.take({ event, form, ip: '203.0.113.7', privacyVersion: undefined });
  expect((await save({ name: 'Bob' })).status).toBe(409);
  expect((await save({ name: 'Ada Lovelace' })).status).toBe(303);
  const again = { ...form, name: 'Ada' };
  await site.take({ event, form: again, ip: '203.0.113.7', privacyVersion: undefined });
  expect((await site.people(event)).map(({ name }) => name).sort()).toEqual(['Ada', 'Ada Lovelace', 'Bob']);
  expect(await row()).toBeDefined();
  expect((await site.request({ path })).status).toBe(200);
});

test('a correction is a revision, of what is kept apart from the row too: no edit made before it overwrites it unseen', async () => {
  const { save, row } = await corrections();
  const revision = async () => {
    const person = await row();
    return person && revisionOf(person);
  };
  const before = await revision();
  await save({ 'answers.needs': 'A ramp' });
  expect(await revision()).toBe(Number(before) + 1);
});

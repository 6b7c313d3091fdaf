import { expect, test } from 'vitest';
import { Question } from '#shared/domain/question.ts';
import { settleQuestions } from '#shared/domain/settle-questions.ts';
import { withPeople } from '#test/support/guest-people.ts';
import { posted, readable } from '#test/support/guest-site.ts';

/* A form is not the one it was when somebody last looked at it. */

const asks = (id: string, more: object = {}) =>
  Question.parse({ id, label: `Which ${id}?`, type: 'choice', options: ['None', 'Vegan'], segment: true, ...more });

async function room() {
  const { site, person, event } = await withPeople({
    questions: [asks('diet'), asks('needs', { type: 'text', options: [], segment: false })],
  });
  const path = `/r/${site.tokenOf(await person(), 'manage')}`;
  const save = async (fields: Record<string, string>) => {
    const { body } = await site.request({ path: `${path}/details` });
    const press = /name="correct" value="([^"]+)"/.exec(body)?.[1] ?? '';
    return site.request(posted(`${path}/details`, { name: 'Ada', ...fields, correct: press }));
  };
  const row = async () => (await site.people(event))[0];
  const details = async () => site.registrations.details(event.eventId, (await row())?.registrationId ?? '');
  let current = event;
  const edit = async (...questions: Question[]) => {
    const change = settleQuestions(questions, current);
    await site.change(current, change);
    current = { ...current, ...change, revision: current.revision + 1 };
  };
  return { site, event, path, save, row, details, edit };
}

test('one thing is corrected without answering what was asked since, and what went stays as it was answered', async () => {
  const { site, path, save, details, edit } = await room();
  await save({ 'answers.diet': 'Vegan', 'answers.needs': 'A ramp' });
  await edit(asks('diet', { options: ['None', 'Fish'] }), asks('badge', { required: true }));
  expect(await save({ organisation: 'Example Force' })).toMatchObject({ status: 303 });
  expect(await details()).toEqual({ organisation: 'Example Force', answers: { diet: 'Vegan', needs: 'A ramp' } });
  const text = readable((await site.request({ path })).body);
  for (const held of ['Which needs?', 'A ramp', 'Vegan']) expect(text).toContain(held);
  const data = JSON.parse((await site.request({ path: `${path}/data.json` })).body);
  expect(data).toMatchObject({
    questions: { diet: 'Which diet?', needs: 'Which needs?' },
    answers: { diet: 'Vegan', needs: 'A ramp' },
  });
});

test('what was answered and is required stays so: it cannot be taken back', async () => {
  const { save, edit } = await room();
  await save({ 'answers.diet': 'Vegan' });
  await edit(asks('diet', { required: true }));
  expect((await save({})).status).toBe(400);
});

test('an option that has another name now is chosen on the form, and kept by its id', async () => {
  const { site, path, save, row, edit } = await room();
  await save({ 'answers.diet': 'Vegan' });
  const chose = (await row())?.chose;
  await edit(asks('diet', { options: ['None', { id: chose?.['diet'], label: 'Plant-based' }] }));
  expect((await site.request({ path: `${path}/details` })).body).toMatch(/value="Plant-based" checked/);
  // A form that was opened before says the earlier name.
  await save({ 'answers.diet': 'Vegan', organisation: 'Example Force' });
  expect((await row())?.chose).toEqual(chose);
});

test('a form that was opened before a question went still registers, JSON that names it does not', async () => {
  const { site, event, edit } = await room();
  await edit(asks('needs', { type: 'text', options: [], segment: false }));
  const fields = { name: 'Cyd', email: 'cyd@example.org' };
  const form = posted(`/events/${event.slug}/register`, { ...fields, 'answers.diet': 'Vegan', 'answers.needs': 'Tea' });
  expect(await site.request(form)).toMatchObject({ status: 200 });
  const cyd = (await site.people(event)).find(({ email }) => email === fields.email);
  expect(await site.registrations.details(event.eventId, cyd?.registrationId ?? '')).toEqual({
    answers: { needs: 'Tea' },
  });
  const body = JSON.stringify({ ...fields, email: 'dee@example.org', answers: { diet: 'Vegan' } });
  const headers = { 'content-type': 'application/json' };
  const path = `/api/v1/events/${event.slug}/register`;
  expect(await site.request({ method: 'POST', path, body, headers })).toMatchObject({ status: 400 });
});

test('whoever comes back and answers otherwise, or not at all, chose that', async () => {
  const { site, event, save, row } = await room();
  await save({ 'answers.diet': 'Vegan' });
  const before = await row();
  await site.registrations.revise(before as never, (each) => ({
    row: { ...each, status: 'cancelled', cancelledAt: each.registeredAt },
  }));
  await site.request(posted(`/events/${event.slug}/register`, { name: 'Ada', email: before?.email ?? '' }));
  expect(await row()).toMatchObject({ status: 'confirmed' });
  expect(await row()).not.toHaveProperty('chose');
});

import { beforeEach, describe, expect, test } from 'vitest';
import { choicesIn } from '#shared/domain/choices.ts';
import type { Answers } from '#shared/domain/question.ts';
import { FUTURE, type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';

const DIET = { id: 'diet', label: 'Diet', type: 'choice', options: ['None', 'Vegan'], segment: true };
let api: OrganiserApi;
let eventId: string;
beforeEach(async () => {
  api = await organiserApi();
  ({ eventId } = await api.published({ questions: [DIET] }));
});

const show = async () => (await api.call({ path: `/events/${eventId}` })).body;
const patch = (questions: unknown) => api.patch(eventId, { questions }, '*');
const edit = (campaignId: string, body: unknown) =>
  api.call({ method: 'PATCH', path: `/events/${eventId}/campaigns/${campaignId}`, body, headers: { 'if-match': '*' } });
const plan = async (campaignId: string) =>
  (await api.call({ path: `/events/${eventId}/campaigns/${campaignId}/plan` })).body;
/** Somebody who answered the form as it is now. */
async function answered(name: string, answers: Answers) {
  const { registrationId } = await api.welcomed(eventId, name, {}, { answers });
  const [event, row] = [await api.deps.events.get(eventId), await api.deps.registrations.get(eventId, registrationId)];
  const chose = choicesIn(event?.questions ?? [], answers);
  if (row && chose) await api.deps.registrations.revise(row, () => ({ row: { ...row, chose } }));
  return registrationId;
}
const sentTo = async (campaignId: string): Promise<string[]> =>
  (await plan(campaignId)).people
    .filter(({ outcome }: { outcome: string }) => outcome === 'will-be-sent')
    .map(({ name }: { name: string }) => name);

test('options are shown with their ids, and may be sent back so, or as text', async () => {
  const { questions } = await show();
  expect(questions).toEqual([
    {
      ...DIET,
      required: false,
      options: [
        { id: '3ea', label: 'None' },
        { id: '687', label: 'Vegan' },
      ].map((each) => ({ ...each, id: expect.stringMatching(/^[a-z0-9]{3}$/) })),
    },
  ]);
  expect((await patch(questions)).body.questions).toEqual(questions);
  expect((await patch([DIET])).body.questions).toEqual(questions);
});

test.each(['Vegan', 'the id'])(
  'a campaign is for who chose an option, named by %s, whatever becomes of its name and place',
  async (how) => {
    const [none, vegan] = (await show()).questions[0].options;
    await answered('Ada', { diet: 'Vegan' });
    await answered('Bob', { diet: 'None' });
    const audience = { answers: { diet: [how === 'Vegan' ? 'Vegan' : vegan.id] } };
    const campaign = await api.campaign(eventId, { audience });
    expect(campaign.audience).toEqual({ answers: { diet: ['Vegan'] } });
    await patch([{ ...DIET, options: ['Fish', { ...vegan, label: 'Plant-based' }, none] }]);
    expect((await api.call({ path: `/events/${eventId}/campaigns/${campaign.campaignId}` })).body.audience).toEqual({
      answers: { diet: ['Plant-based'] },
    });
    expect(await sentTo(campaign.campaignId)).toEqual(['Ada']);
    // Read and sent back, it is the same.
    await edit(campaign.campaignId, { audience: { answers: { diet: ['Plant-based'] } } });
    expect(await sentTo(campaign.campaignId)).toEqual(['Ada']);
  },
);

describe('what a campaign asks for cannot be taken from the form', () => {
  test.each<[string, unknown[], string]>([
    ['the option', [{ ...DIET, options: ['None', 'Fish'] }], '“Vegan” of “Diet”'],
    ['its name, without its id', [{ ...DIET, options: ['None', 'Plant-based'] }], '“Vegan” of “Diet”'],
    ['the mark', [{ ...DIET, segment: false }], '“Diet”'],
    ['the question', [], '“Diet”'],
  ])('%s: 409, which names the campaign', async (_, questions, what) => {
    const { campaignId } = await api.campaign(eventId, { audience: { answers: { diet: ['Vegan'] } } });
    const { status, body } = await patch(questions);
    expect({ status, body }).toMatchObject({ status: 409, body: { errors: [{ pointer: '#/questions' }] } });
    expect(body.detail).toContain(`Campaign ${campaignId}, “Room change”, is for who chose ${what}`);
    expect((await show()).questions).toHaveLength(1);
  });

  test('from a draft it can; the plan says so, and it cannot be switched on', async () => {
    const { campaignId } = await api.campaign(eventId, { state: 'draft', audience: { answers: { diet: ['Vegan'] } } });
    await answered('Ada', { diet: 'Vegan' });
    expect((await patch([{ ...DIET, options: ['None', 'Fish'] }])).status).toBe(200);
    expect((await plan(campaignId)).note).toContain('It asks for what nobody can choose any more: “Vegan” of “Diet”');
    expect(await edit(campaignId, { state: 'active' })).toMatchObject({
      status: 400,
      body: { type: '/problems/invalid-audience' },
    });
    await patch([DIET]);
    expect(await edit(campaignId, { state: 'active' })).toMatchObject({ status: 200 });
    expect(await sentTo(campaignId)).toEqual(['Ada']);
  });
});

test('a copy has the same options, so its campaigns are for who chooses the same', async () => {
  const vegan = (await show()).questions[0].options[1];
  await patch([{ ...DIET, options: ['None', { ...vegan, label: 'Plant-based' }] }]);
  await api.campaign(eventId, { audience: { answers: { diet: ['Plant-based'] } } });
  const copy = (await api.post(`/events/${eventId}/clone`, FUTURE)).body;
  expect(copy.questions).toEqual((await show()).questions);
  const { campaigns } = (await api.call({ path: `/events/${copy.eventId}/campaigns` })).body;
  expect(campaigns.at(-1).audience).toEqual({ answers: { diet: ['Plant-based'] } });
});

describe('answers stay readable', () => {
  test('under the present name of an option, and with the words of a question that went', async () => {
    const id = await answered('Ada', { diet: 'Vegan' });
    const vegan = (await show()).questions[0].options[1];
    await patch([{ ...DIET, options: ['None', { ...vegan, label: 'Plant-based' }] }]);
    const read = async () => (await api.call({ path: `/events/${eventId}/registrations/${id}` })).body;
    expect((await read()).answers).toEqual({ diet: 'Plant-based' });
    await patch([]);
    expect(await read()).toMatchObject({ answers: { diet: 'Vegan' }, removedQuestions: { diet: 'Diet' } });
    expect((await show()).removedQuestions).toEqual([{ id: 'diet', label: 'Diet' }]);
  });

  test('one is corrected whatever the others are: another that is stale, or new and required', async () => {
    const id = await answered('Ada', { diet: 'Vegan' });
    await patch([
      { ...DIET, options: ['None', 'Fish'] },
      { id: 'needs', label: 'Needs', type: 'text' },
      { id: 'badge', label: 'Badge', type: 'text', required: true },
    ]);
    const correct = (answers: object) =>
      api.call({
        method: 'PATCH',
        path: `/events/${eventId}/registrations/${id}`,
        body: { answers },
        headers: { 'if-match': '*' },
      });
    expect(await correct({ needs: 'A ramp' })).toMatchObject({
      status: 200,
      body: { answers: { diet: 'Vegan', needs: 'A ramp' } },
    });
    expect(await correct({ diet: 'Vegan' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '#/answers/diet' }] },
    });
    expect(await correct({ badge: null })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '#/answers/badge' }] },
    });
    expect(await correct({ shoes: '42' })).toMatchObject({
      status: 400,
      body: { errors: [{ pointer: '#/answers/shoes' }] },
    });
    await patch([]);
    expect(await correct({ diet: null })).toMatchObject({ status: 200, body: { answers: { needs: 'A ramp' } } });
  });
});

import { beforeEach, describe, expect, test } from 'vitest';
import type { Event } from '#shared/domain/event.ts';
import type { SurveyAnswers } from '#shared/domain/survey-answer.ts';
import { resultsOf } from '#shared/domain/survey-results.ts';
import { eraser } from '#shared/store/eraser.ts';
import { surveyAnswerStore } from '#shared/store/survey-answers.ts';
import { type OrganiserApi, organiserApi } from '#test/support/organiser-api.ts';
import { readCsv } from '#test/support/read-csv.ts';

const END = Date.parse('2027-02-18T13:00:00Z');
const DAY = 86_400_000;

let api: OrganiserApi;
beforeEach(async () => {
  api = await organiserApi();
});

/** An event with these answers to its survey, the clock two hours after the end. */
async function answered(survey: object, given: readonly SurveyAnswers[]): Promise<Event> {
  const { eventId } = await api.published({ survey });
  const event = (await api.deps.events.get(eventId)) as Event;
  for (const [n, answers] of given.entries()) {
    const row = await api.welcomed(eventId, `Person ${n}`);
    const { registrationId } = row;
    const who = event.survey.anonymous
      ? { answerId: `${9 - n}`.repeat(24) }
      : { answerId: registrationId, registrationId };
    await surveyAnswerStore(api.table).keep(event, row, { ...who, answeredOn: '2027-02-18', answers });
  }
  api.clock.now = END + 2 * 3_600_000;
  return event;
}
const results = (eventId: string, query: Record<string, string> = {}, key?: string) =>
  api.call({ path: `/events/${eventId}/survey/results`, query, key });
const csv = (eventId: string, query: Record<string, string> = {}, key?: string) =>
  api.call({ path: `/events/${eventId}/survey/results.csv`, query, key });

const SOME: SurveyAnswers[] = [
  { overall: 5, recommend: 10, improve: 'Tea' },
  { overall: 4, recommend: 7, 'most-useful': 'Lunch', improve: 'Coffee' },
  { overall: 3, recommend: 2 },
];

describe('results', () => {
  test('have each question in numbers, how many answered of how many, and what people wrote without their names', async () => {
    const { eventId } = await answered({}, SOME);
    const { status, body } = await results(eventId);
    expect(status).toBe(200);
    expect(body).toMatchObject({
      anonymous: false,
      opensAt: '2027-02-18T13:00:00Z',
      closesAt: '2027-03-04T13:00:00Z',
      numbers: {
        responses: 3,
        confirmed: 3,
        responseRate: 1,
        questions: [
          { id: 'overall', answered: 3, mean: 4 },
          { id: 'recommend', nps: { score: 0, promoters: 1, passives: 1, detractors: 1 } },
          { id: 'most-useful', answered: 1 },
          { id: 'improve', answered: 2 },
        ],
      },
    });
    const texts = body.texts.map(({ question, text }: { question: string; text: string }) => `${question}: ${text}`);
    expect(texts.toSorted()).toEqual(['improve: Coffee', 'improve: Tea', 'most-useful: Lunch']);
    expect(JSON.stringify(body)).not.toMatch(/Person \d|@example|registrationId/);
  });

  test('say how many came once that is final', async () => {
    const { eventId } = await answered({}, SOME);
    await api.welcomed(eventId, 'Came', { joinedAt: END / 1000 - 60 });
    await api.welcomed(eventId, 'Left', { status: 'cancelled' });
    expect((await results(eventId)).body.numbers).not.toHaveProperty('attended');
    api.clock.now = END + DAY;
    expect((await results(eventId)).body.numbers).toMatchObject({ confirmed: 4, attended: 1, responseRate: 0.75 });
  });

  test('come page by page, each text once, the numbers with the first page only', async () => {
    const { eventId } = await answered({}, SOME);
    const seen: string[] = [];
    let cursor: string | undefined;
    do {
      const { body } = await results(eventId, { limit: '1', ...(cursor && { cursor }) });
      expect('numbers' in body).toBe(cursor === undefined);
      seen.push(...body.texts.map(({ text }: { text: string }) => text));
      cursor = body.next;
    } while (cursor);
    expect(seen.toSorted()).toEqual(['Coffee', 'Lunch', 'Tea']);
  });

  test.each([
    ['cursor', 'forged.cursor'],
    ['limit', '0'],
    ['question', 'improve'],
  ])('with a wrong %s are a 400 that names it', async (parameter, value) => {
    const { eventId } = await answered({}, SOME);
    expect(await results(eventId, { [parameter]: value })).toMatchObject({
      status: 400,
      body: { errors: [{ parameter }] },
    });
  });

  test('of an event without a survey, or without answers, are there all the same', async () => {
    const none = await answered({ questions: [] }, []);
    expect((await results(none.eventId)).body).toMatchObject({ numbers: { responses: 0, questions: [] }, texts: [] });
    const { eventId } = await answered({}, []);
    const { numbers } = (await results(eventId)).body;
    expect(numbers).toMatchObject({ responses: 0, confirmed: 0, questions: [{ answered: 0 }, {}, {}, {}] });
    expect(numbers).not.toHaveProperty('responseRate');
    expect((await results('7f3kq9x2m4t8c1vz')).status).toBe(404);
  });

  test('stay as numbers when the answers are deleted', async () => {
    const event = await answered({}, SOME);
    const store = surveyAnswerStore(api.table);
    const kept = resultsOf(event.survey, await store.totals(event), true);
    await store.keepResults(event.eventId, kept);
    const purging = { ...event, revision: event.revision + 1, purgingAt: '2027-06-01T00:00:00Z' };
    const text = await api.deps.events.text(event.eventId);
    if (!text) throw new Error('The event has no texts');
    await api.deps.events.save(purging, text, { revision: event.revision, fact: undefined });
    await eraser(api.table).purgeRest(event.eventId, () => true);
    const { body } = await results(event.eventId);
    expect(body).toMatchObject({ numbers: kept, texts: [] });
    expect(await csv(event.eventId)).toMatchObject({ status: 409, body: { type: '/problems/survey-withheld' } });
  });
});

describe('anonymous results', () => {
  const anonymous = { anonymous: true };
  const five = [...SOME, ...SOME.slice(0, 2)];

  test('are their number alone while the survey is open', async () => {
    const { eventId } = await answered(anonymous, five);
    const { body } = await results(eventId);
    expect(body.numbers).toMatchObject({ responses: 5, withheld: 'until-closed', questions: [] });
    expect(body.texts).toEqual([]);
    expect(body).not.toHaveProperty('next');
    expect(await csv(eventId)).toMatchObject({ status: 409, body: { type: '/problems/survey-withheld' } });
  });

  test('are shown once it has closed, in an order and with a file that say nothing of when or who', async () => {
    const { eventId } = await answered(anonymous, five);
    api.clock.now = END + 14 * DAY;
    const { body } = await results(eventId, { limit: '2' });
    expect(body.numbers).toMatchObject({ responses: 5, questions: [{ mean: 4.2 }, {}, {}, {}] });
    const again = (await results(eventId, { limit: '2', cursor: body.next })).body;
    expect(again.texts.length).toBeGreaterThan(0);
    const [head, ...rows] = readCsv((await csv(eventId)).body);
    expect(head).toEqual([
      'How was the event overall?',
      'How likely are you to recommend it to a colleague?',
      'What was most useful to you?',
      'What could be better next time?',
    ]);
    // They were given in another order than that of their keys.
    expect(rows.map(([overall]) => overall)).toEqual(['4', '5', '3', '4', '5']);
  });

  test('stay hidden where fewer than five came, from forged cursors too', async () => {
    const [open, { eventId }] = [await answered({}, SOME), await answered(anonymous, SOME)];
    api.clock.now = END + 15 * DAY;
    expect((await results(eventId)).body).toMatchObject({ numbers: { responses: 3, withheld: 'too-few' }, texts: [] });
    const { next } = (await results(open.eventId, { limit: '1' })).body;
    expect((await results(eventId, { cursor: next })).status).toBe(400);
    expect((await csv(eventId)).status).toBe(409);
  });
});

describe('the file', () => {
  const questions = [
    { id: 'overall', label: '=How was it?', type: 'rating' },
    { id: 'parts', label: 'Which parts?', type: 'choices', options: ['One, and "two"', 'Three'] },
    { id: 'improve', label: 'What else?', type: 'text' },
  ];
  const given: SurveyAnswers[] = [
    { overall: 5, parts: ['One, and "two"', 'Three'], improve: '=HYPERLINK("https://example.org")' },
    { improve: 'Zwei Zeilen,\nÄrger' },
  ];

  test('has a line for each answer and a column for each question, and nothing a spreadsheet would run', async () => {
    const { eventId } = await answered({ questions }, given);
    const { status, headers, body } = await csv(eventId);
    expect(status).toBe(200);
    expect(headers).toMatchObject({
      'content-type': 'text/csv; charset=utf-8; header=present',
      'content-disposition': expect.stringMatching(/^attachment; filename="survey-[a-z0-9-]+\.csv"$/),
    });
    expect(body.startsWith('\ufeff')).toBe(true);
    const [head, ...rows] = readCsv(body);
    expect(head?.slice(3)).toEqual(['answeredOn', "'=How was it?", 'Which parts?', 'What else?']);
    expect(rows.map((row) => row.slice(3)).toSorted()).toEqual([
      ['2027-02-18', '', '', 'Zwei Zeilen,\nÄrger'],
      ['2027-02-18', '5', 'One, and "two"; Three', '\'=HYPERLINK("https://example.org")'],
    ]);
  });

  test('names people to keys that may see them, and to no other', async () => {
    const { eventId } = await answered({ questions }, given);
    const [head, ...rows] = readCsv((await csv(eventId)).body);
    expect(head?.slice(0, 3)).toEqual(['registrationId', 'name', 'email']);
    expect(rows.map(([, name]) => name).toSorted()).toEqual(['Person 0', 'Person 1']);
    for (const [id, , email] of rows) expect(email).toBe(`${id}@example.org`);
    const key = await api.makeKey({ scopes: ['events:read'] });
    const { body } = await csv(eventId, {}, key);
    expect(readCsv(body)[0]).toEqual(['answeredOn', "'=How was it?", 'Which parts?', 'What else?']);
    expect(body).not.toMatch(/Person \d|@example\.org/);
    expect((await csv(eventId, {}, await api.makeKey({ scopes: ['registrations:read'] }))).status).toBe(403);
  });

  test('that would be larger than an answer of the API may be is refused, and comes in parts to who asks for them', async () => {
    const long = Array.from({ length: 5 }, (_, n) => ({ id: `q${n}`, label: `Question ${n}`, type: 'text' }));
    const words = Object.fromEntries(long.map(({ id }) => [id, '"'.repeat(2000)]));
    const many = 130;
    const { eventId } = await answered(
      { questions: long },
      Array.from({ length: many }, () => words),
    );
    expect(await csv(eventId)).toMatchObject({ status: 413, body: { type: '/problems/too-many-answers' } });
    const seen: string[] = [];
    let query: Record<string, string> | undefined = { parts: 'true' };
    while (query) {
      const { status, headers, body } = await csv(eventId, query);
      expect(status).toBe(200);
      expect(Buffer.byteLength(JSON.stringify(body))).toBeLessThan(6_000_000);
      seen.push(
        ...readCsv(body)
          .slice(1)
          .map(([id]) => id ?? ''),
      );
      const [, next] = /\?cursor=([^>]+)>; rel="next"$/.exec(headers['link'] ?? '') ?? [];
      query = next === undefined ? undefined : { cursor: next };
    }
    expect(new Set(seen).size).toBe(many);
    expect(seen).toHaveLength(many);
  });
});

describe('the survey of an event', () => {
  const patch = (event: Event, survey: unknown) => api.patch(event.eventId, { survey }, '*');

  test('is what most organisers ask, until they say otherwise', async () => {
    const { survey } = await api.draft({ survey: undefined });
    expect(survey).toMatchObject({ anonymous: false, closesAfter: 'P14D', questions: [{ id: 'overall' }, {}, {}, {}] });
    expect((await api.draft({ survey: { questions: [] } })).survey.questions).toEqual([]);
  });

  test('may change until somebody has answered; from then on its questions stay, and who may know whose they are', async () => {
    const unanswered = await answered({}, []);
    expect((await patch(unanswered, { questions: [], anonymous: true })).status).toBe(200);
    const event = await answered({}, SOME);
    const refused = (field: string) => ({
      status: 409,
      body: { type: '/problems/survey-answered', errors: [{ pointer: `#/survey/${field}` }] },
    });
    const [first] = event.survey.questions;
    expect(await patch(event, { questions: [{ ...first, label: 'Well?' }] })).toMatchObject(refused('questions'));
    expect(await patch(event, null)).toMatchObject(refused('questions'));
    expect(await patch(event, { anonymous: true })).toMatchObject(refused('anonymous'));
    expect(await patch(event, { closesAfter: 'P3D' })).toMatchObject({
      status: 200,
      body: { survey: { closesAfter: 'P3D' } },
    });
    expect(await patch(event, { questions: event.survey.questions })).toMatchObject({ status: 200 });
  });

  test('cannot be opened again once anonymous answers have been shown', async () => {
    const event = await answered({ anonymous: true }, SOME);
    api.clock.now = END + 15 * DAY;
    expect(await patch(event, { closesAfter: 'P60D' })).toMatchObject({
      status: 409,
      body: { errors: [{ pointer: '#/survey/closesAfter' }] },
    });
    expect((await results(event.eventId)).body.numbers.responses).toBe(3);
  });

  test('is counted in the numbers of the event', async () => {
    const { eventId } = await answered({}, SOME);
    const { body } = await api.call({ path: `/events/${eventId}/stats` });
    expect(body.survey).toEqual({ responses: 3, opensAt: '2027-02-18T13:00:00Z', closesAt: '2027-03-04T13:00:00Z' });
  });
});

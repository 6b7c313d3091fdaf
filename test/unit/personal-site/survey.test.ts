import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Event } from '#shared/domain/event.ts';
import { DEFAULT_SURVEY, NO_SURVEY, Survey } from '#shared/domain/survey.ts';
import { surveyKey } from '#shared/store/keys.ts';
import { withPeople } from '#test/support/guest-people.ts';
import { type Answer, type GuestSite, posted, readable } from '#test/support/guest-site.ts';

const NOW = Date.parse('2026-11-23T10:00:00Z');
const END = Date.parse('2027-02-18T13:00:00Z');
const HOUR = 3_600_000;
const DAY = 24 * HOUR;
const ANONYMOUS = { survey: { ...DEFAULT_SURVEY, anonymous: true } };

/** An event that ended two hours ago, and somebody who had a place. */
async function afterTheEvent(given: Partial<Event> = {}, names = ['Ada']) {
  const arranged = await withPeople(given, names);
  arranged.pass(END + 2 * HOUR - NOW);
  const { site, event, person } = arranged;
  const pathOf = async (name = 'Ada') => `/s/${site.tokenOf(await person(name), 'survey')}`;
  const read = async (name?: string) => site.request({ path: await pathOf(name) });
  const kept = async () => (await site.surveyAnswers.page(event.eventId)).answers;
  return { ...arranged, pathOf, read, kept };
}

type Fields = Record<string, string> | readonly (readonly [string, string])[];
const pairs = (fields: Fields) => (Array.isArray(fields) ? fields : Object.entries(fields)) as [string, string][];
const buttonOn = ({ body }: Answer): [string, string] => {
  const [, name, value] = /<button [^>]*name="([^"]+)" value="([^"]+)"/.exec(body) ?? [];
  if (!name || !value) throw new Error('The page has no button');
  return [name, value];
};

/** Answers on a page, opened for it or before, and presses its button. */
async function answer(site: GuestSite, path: string, fields: Fields, page?: Answer): Promise<Answer> {
  const opened = page ?? (await site.request({ path }));
  return site.request(posted(path, new URLSearchParams([...pairs(fields), buttonOn(opened)]).toString()));
}
const GOOD = { 'answers.overall': '4', 'answers.recommend': '9', 'answers.improve': 'Longer <breaks>' };

describe('an answer by name', () => {
  test('is kept under the person, leads back to the page, and the page says thank you', async () => {
    const { site, event, person, pathOf, kept, read } = await afterTheEvent();
    const path = await pathOf();
    expect(await answer(site, path, GOOD)).toMatchObject({ status: 303, headers: { location: path } });
    const { registrationId } = await person();
    const answers = { overall: 4, recommend: 9, improve: 'Longer <breaks>' };
    expect(await kept()).toEqual([{ answerId: registrationId, registrationId, answeredOn: '2027-02-18', answers }]);
    expect((await person()).answeredSurvey).toBe(true);
    expect(await site.surveyAnswers.count(event.eventId)).toEqual({ responses: 1 });
    expect((await read()).body).toContain('<h1>Thank you for your answer</h1>');
  });

  test('is shown to them, and changes until the survey closes', async () => {
    const { site, event, pathOf, read, kept, pass } = await afterTheEvent();
    await answer(site, await pathOf(), GOOD);
    const { body } = await read();
    expect(body).toContain('value="4" checked');
    expect(body).toContain('>Longer &lt;breaks&gt;</textarea>');
    expect(readable(body)).toContain('You can change it until Thursday 4 March 2027, 13:00 GMT.');
    expect(await answer(site, await pathOf(), { 'answers.overall': '2' })).toMatchObject({ status: 303 });
    expect(await kept()).toMatchObject([{ answers: { overall: 2 } }]);
    expect(await site.surveyAnswers.count(event.eventId)).toEqual({ responses: 1 });
    pass(14 * DAY);
    expect(readable((await read()).body)).toMatch(/Your answer is in, and can no longer be changed\.[\s\S]*overall\?2/);
  });

  test('is among what they can download; an anonymous one is nobody’s, and so is not', async () => {
    const download = async ({ site, person, pathOf }: Awaited<ReturnType<typeof afterTheEvent>>) => {
      await answer(site, await pathOf(), GOOD);
      return JSON.parse((await site.request({ path: `/r/${site.tokenOf(await person(), 'manage')}/data.json` })).body);
    };
    expect(await download(await afterTheEvent())).toMatchObject({
      surveyAnswered: true,
      surveyAnswer: { answeredOn: '2027-02-18', answers: { overall: 4, improve: 'Longer <breaks>' } },
    });
    const anonymous = await download(await afterTheEvent(ANONYMOUS));
    expect(anonymous).toMatchObject({ surveyAnswered: true });
    expect(anonymous).not.toHaveProperty('surveyAnswer');
  });

  test('states a fact with ids and no word of the answer', async () => {
    const { site, event, person, pathOf } = await afterTheEvent();
    await answer(site, await pathOf(), GOOD);
    const stated = site.writes.flatMap(({ after }) => (after?.['fact'] === 'survey.answered' ? [after] : []));
    const { registrationId } = await person();
    expect(stated).toMatchObject([{ eventId: event.eventId, registrationId }]);
  });
});

describe('an anonymous answer', () => {
  test('is kept with its day and nothing of the person; the person’s row says that they answered, and no more', async () => {
    const { site, event, person, pathOf, kept } = await afterTheEvent(ANONYMOUS);
    const before = await person();
    const written = site.writes.length;
    await answer(site, await pathOf(), GOOD);
    const [one] = await kept();
    expect(one).toMatchObject({ answeredOn: '2027-02-18', answers: { overall: 4 } });
    expect(one?.answerId).toMatch(/^[0-9a-z]{24}$/);
    expect(one).not.toHaveProperty('registrationId');
    const provedAt = Date.parse(event.endInstant) / 1000;
    expect(await person()).toEqual({ ...before, answeredSurvey: true, provedAt });
    const item = site.writes.find(({ after }) => after?.pk === surveyKey(event.eventId))?.after ?? {};
    expect(Object.keys(item).toSorted()).toEqual(['answeredOn', 'answers', 'eventId', 'fact', 'pk', 'sk']);
    expect(JSON.stringify(item)).not.toContain(before.registrationId);
    expect(JSON.stringify(item)).not.toMatch(/T\d\d:/);
    expect(new Set(site.writes.slice(written).map(({ after }) => after?.['fact']))).toEqual(new Set(['-']));
  });

  test('is promised to be, above the button, and final after it', async () => {
    const { site, pathOf, read } = await afterTheEvent(ANONYMOUS);
    expect(readable((await read()).body)).toContain('Your answer is anonymous and final.');
    await answer(site, await pathOf(), GOOD);
    const { body } = await read();
    expect(readable(body)).toContain('It is anonymous and final');
    expect(body).not.toContain('<form');
    expect(body).not.toContain('Longer');
  });

  test.each(['the button pressed twice', 'two tabs', 'the back button'])('is one, whatever %s does', async (how) => {
    const { site, event, pathOf, read, kept } = await afterTheEvent(ANONYMOUS);
    const [path, page] = [await pathOf(), await read()];
    const first = () => answer(site, path, GOOD, page);
    const second = () => answer(site, path, { 'answers.overall': '1' }, page);
    const [one, two] =
      how === 'the back button' ? [await first(), await second()] : await Promise.all([first(), second()]);
    expect([one.status, two.status].toSorted()).toEqual([303, 409]);
    const refused = one.status === 409 ? one : two;
    expect(readable(refused.body)).toContain('It is anonymous and final, so a second one is not taken.');
    expect(await kept()).toHaveLength(1);
    expect(await site.surveyAnswers.count(event.eventId)).toEqual({ responses: 1 });
  });

  test('is never kept by name: a page that promised it is of no use once the organiser changed their mind', async () => {
    const { site, event, pathOf, read, kept } = await afterTheEvent(ANONYMOUS);
    const page = await read();
    await site.change(event, { survey: DEFAULT_SURVEY });
    const late = await answer(site, await pathOf(), GOOD, page);
    expect(late.status).toBe(409);
    expect(readable(late.body)).toContain('The organiser has changed the survey since you opened this page.');
    expect(late.body).toContain('value="4" checked');
    expect(await kept()).toEqual([]);
  });
});

describe('at the same moment', () => {
  /** Something else happens between reading and keeping. */
  async function meanwhile(
    given: Partial<Event>,
    what: (arranged: Awaited<ReturnType<typeof afterTheEvent>>) => unknown,
  ) {
    const arranged = await afterTheEvent(given);
    const { site } = arranged;
    const [path, page] = [await arranged.pathOf(), await arranged.read()];
    const keep = site.surveyAnswers.keep.bind(site.surveyAnswers);
    let happened = false;
    site.surveyAnswers.keep = async (...args) => {
      if (!happened) await what(arranged);
      happened = true;
      return keep(...args);
    };
    const result = await answer(site, path, GOOD, page);
    return { ...arranged, result };
  }

  test('an edit that leaves the questions alone is in nobody’s way', async () => {
    const { result, kept } = await meanwhile({}, ({ site, event }) => site.change(event, { title: 'Another' }));
    expect(result.status).toBe(303);
    expect(await kept()).toHaveLength(1);
  });

  test('other questions are looked through first', async () => {
    const questions = DEFAULT_SURVEY.questions.slice(0, 3);
    const { result, kept } = await meanwhile({}, ({ site, event }) =>
      site.change(event, { survey: { ...DEFAULT_SURVEY, questions } }),
    );
    expect(result.status).toBe(409);
    expect(await kept()).toEqual([]);
  });

  test.each([{}, ANONYMOUS])('a purge that has begun lets nothing in: %j', async (given) => {
    const { result, kept, person } = await meanwhile(given, ({ site, event }) =>
      site.change(event, { purgingAt: '2027-02-18T15:00:00Z' }),
    );
    expect(result.status).toBe(404);
    expect(await kept()).toEqual([]);
    expect((await person()).answeredSurvey).toBeUndefined();
  });

  test.each([{}, ANONYMOUS])('somebody who is erased leaves no answer: %j', async (given) => {
    const { result, kept } = await meanwhile(given, async ({ site, person }) => {
      await site.registrations.revise(await person(), (row) => ({
        row: { ...row, status: 'cancelled', erased: true },
      }));
    });
    expect(result.status).toBe(404);
    expect(await kept()).toEqual([]);
  });

  test('somebody whose place is taken away has no part in it', async () => {
    const { result, kept } = await meanwhile({}, async ({ site, person }) => {
      await site.registrations.revise(await person(), (row) => ({ row: { ...row, status: 'cancelled' } }));
    });
    expect(result.status).toBe(409);
    expect(readable(result.body)).toContain('you gave yours up');
    expect(await kept()).toEqual([]);
  });

  test('too many others: the answer stands on the page, to be sent again', async () => {
    const { site, pathOf, read } = await afterTheEvent();
    const page = await read();
    site.surveyAnswers.keep = async () => 'moved-on';
    const result = await answer(site, await pathOf(), GOOD, page);
    expect(result.status).toBe(503);
    expect(readable(result.body)).toContain('Please press the button again.');
    expect(result.body).toContain('value="4" checked');
  });
});

describe('the page says why there is nothing to answer', () => {
  test('before the end: when it opens', async () => {
    const { site, person } = await withPeople();
    const { body } = await site.request({ path: `/s/${site.tokenOf(await person(), 'survey')}` });
    expect(readable(body)).toContain(
      'The survey comes after the event. It opens on Thursday 18 February 2027, 13:00 GMT.',
    );
    expect(body).not.toContain('<form');
  });

  test.each<[string, Partial<Event>, string]>([
    ['nothing is asked', { survey: NO_SURVEY }, 'This event has no survey.'],
    ['the event was cancelled', { state: 'cancelled' }, 'This event has been cancelled. There will be no survey.'],
    ['it was postponed', { state: 'postponed' }, 'The survey comes after it.'],
  ])('where %s', async (_, change, sentence) => {
    const { site, event, read } = await afterTheEvent();
    await site.change(event, change);
    const { body } = await read();
    expect(readable(body)).toContain(sentence);
    expect(body).not.toContain('<form');
  });

  test('who waited to the end reads that it is for those who had a place', async () => {
    const { read } = await afterTheEvent({ capacity: 1 }, ['Ada', 'Bob']);
    const { body } = await read('Bob');
    expect(readable(body)).toContain('you were on the waiting list');
    expect(body).not.toContain('<form');
  });

  test('from the minute it ends to the minute it closes it is open', async () => {
    const { read, pass } = await afterTheEvent();
    pass(-2 * HOUR);
    expect((await read()).body).toContain('<form');
    pass(14 * DAY - 1);
    expect((await read()).body).toContain('<form');
    pass(1);
    const { body } = await read();
    expect(readable(body)).toContain('The survey has closed. It closed on Thursday 4 March 2027, 13:00 GMT.');
    expect(body).not.toContain('<form');
  });
});

describe('after the answer', () => {
  const online = { joining: { url: 'https://meet.example.org/1', opensBefore: 'PT15M' } };

  test('the recording is there where there is one', async () => {
    const { site, pathOf, read } = await afterTheEvent({ recordingUrl: 'https://video.example.org/1' });
    await answer(site, await pathOf(), GOOD);
    expect((await read()).body).toContain('<a href="https://video.example.org/1" rel="nofollow noopener">');
  });

  test('the certificate comes once it is final who came, to those who did, and to nobody else', async () => {
    const { site, person, read, pass } = await afterTheEvent(online, ['Ada', 'Bob']);
    const came = await person('Ada');
    await site.registrations.revise(came, (row) => ({ row: { ...row, joinedAt: END / 1000 - 60 } }));
    for (const name of ['Ada', 'Bob'])
      expect(readable((await read(name)).body)).toContain(
        'it will be here once attendance is final, on Friday 19 February 2027, 13:00 GMT.',
      );
    pass(DAY);
    expect((await read('Ada')).body).toContain(`<a href="/c/${site.tokenOf(came, 'certificate')}">`);
    expect((await read('Bob')).body).not.toContain('ertificate');
  });
});

describe('what does not count', () => {
  const unpressed: [string, Record<string, string>][] = [
    ['a form that a script submits', {}],
    ['a made-up button', { answer: 'yes' }],
    ['the button of another page', { mute: `k1.${'x'.repeat(22)}` }],
  ];

  test.each(unpressed)('%s keeps what was typed and changes nothing', async (_, button) => {
    const { site, pathOf } = await afterTheEvent();
    const before = site.writes.length;
    const result = await site.request(posted(await pathOf(), { ...GOOD, ...button }));
    expect(result.status).toBe(409);
    expect(readable(result.body)).toContain('Nothing has changed');
    expect(result.body).toContain('Longer &lt;breaks&gt;');
    expect(site.writes).toHaveLength(before);
  });

  test('a page that was open for three hours asks for one more press, all input kept', async () => {
    const { site, pathOf, read, pass } = await afterTheEvent();
    const page = await read();
    pass(3 * HOUR);
    const late = await answer(site, await pathOf(), GOOD, page);
    expect(late.status).toBe(409);
    expect(late.body).toContain('value="9" checked');
    expect(await answer(site, await pathOf(), GOOD, late)).toMatchObject({ status: 303 });
  });

  test.each<[string, Fields, string, string]>([
    ['of the wrong kind', { 'answers.overall': 'great' }, 'answers.overall', 'Choose a number from 1 to 5'],
    ['nothing where it is needed', { 'answers.improve': 'Tea' }, 'answers.overall', 'Choose a number from 1 to 5'],
    ['too long', { ...GOOD, 'answers.improve': 'x'.repeat(2001) }, 'answers.improve', '2000 characters or fewer'],
    [
      'repeated',
      [
        ['answers.overall', '1'],
        ['answers.overall', '5'],
      ],
      'answers.overall',
      'was sent more than once',
    ],
  ])('an answer that is %s: a 400 that names it, with what was typed', async (_, fields, field, sentence) => {
    const { site, pathOf, kept } = await afterTheEvent();
    const result = await answer(site, await pathOf(), fields);
    expect(result.status).toBe(400);
    expect(result.body).toContain('<title>Error: Survey');
    expect(result.body).toContain('role="alert" aria-labelledby="error-summary" tabindex="-1" autofocus');
    expect(readable(result.body)).toContain(sentence);
    if (field !== '') {
      expect(result.body).toContain(`<a href="#${field}">`);
      expect(result.body).toContain(`id="${field}"`);
      expect(result.body).toContain(`id="${field}-error"`);
    }
    const typed = pairs(fields).find(([name]) => name === 'answers.improve')?.[1];
    if (typed !== undefined) expect(result.body).toContain(typed.replace('<', '&lt;').replace('>', '&gt;'));
    expect(await kept()).toEqual([]);
  });

  test('after it has closed, what was typed is shown so that it is not lost', async () => {
    const { site, pathOf, read, pass, kept } = await afterTheEvent();
    const page = await read();
    pass(14 * DAY);
    const late = await answer(site, await pathOf(), GOOD, page);
    expect(late.status).toBe(409);
    expect(readable(late.body)).toMatch(
      /Your answer was not taken: the survey is not open\.[\s\S]*What you had entered/,
    );
    expect(late.body).toContain('Longer &lt;breaks&gt;');
    expect(await kept()).toEqual([]);
  });

  test('whatever is posted, the answer is a page below 500 and writes nothing but an answer', async () => {
    const survey = Survey.parse({
      questions: [
        { id: 'overall', label: 'How?', type: 'rating' },
        { id: 'parts', label: 'Which?', type: 'choices', options: ['One', 'Two'] },
        { id: 'improve', label: 'What?', type: 'text' },
      ],
    });
    const { site, pathOf, read } = await afterTheEvent({ survey });
    const [path, page] = [await pathOf(), await read()];
    const name = fc.oneof(
      fc.constantFrom('answers.overall', 'answers.parts', 'answers.improve', 'answer'),
      fc.string(),
    );
    const fields = fc.array(fc.tuple(name, fc.string({ unit: 'binary' })), { maxLength: 8 });
    await fc.assert(
      fc.asyncProperty(fields, fc.boolean(), async (given, pressed) => {
        const body = new URLSearchParams([...given, ...(pressed ? [buttonOn(page)] : [])]).toString();
        const { status } = await site.request(posted(path, body));
        expect([303, 400, 409]).toContain(status);
      }),
    );
    await fc.assert(
      fc.asyncProperty(fc.string({ unit: 'binary' }), async (body) => {
        expect((await site.request(posted(path, body))).status).toBeLessThan(500);
      }),
    );
  });
});

test('the form works by keyboard and screen reader: groups with legends, ends of scales in words', async () => {
  const { read } = await afterTheEvent();
  const { body } = await read();
  expect(body.match(/<fieldset/g)).toHaveLength(2);
  expect(body.match(/<legend>/g)).toHaveLength(2);
  expect(readable(body)).toContain('1 is poor, 5 is excellent.');
  expect(body).toContain('1<span class="unseen">, poor</span></label>');
  expect(body).toContain('10<span class="unseen">, extremely likely</span></label>');
  expect(body.match(/type="radio"/g)).toHaveLength(16);
});

import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { choicesIn } from '#shared/domain/choices.ts';
import type { Event } from '#shared/domain/event.ts';
import { optionCalled, optionsEver } from '#shared/domain/option.ts';
import { Question } from '#shared/domain/question.ts';
import { settleQuestions } from '#shared/domain/settle-questions.ts';
import { itemBytes } from '#shared/store/item-size.ts';
import { anEvent, aRegistration } from '#test/support/builders.ts';

type Given = string | { id?: string; label: string };
const asks = (options: Given[], more: object = {}) =>
  Question.parse({ id: 'diet', label: 'Diet', type: 'choice', options, segment: true, ...more });

/** A published event with these questions, and the same after edits of them. */
const published = (...questions: Question[]): Event => {
  const draft = anEvent({ state: 'draft', questions: [] });
  return { ...draft, ...settleQuestions(questions, draft), state: 'published' };
};
const edited = (event: Event, ...questions: Question[]): Event => {
  const { retired: _, sorted: __, unexplained: ___, ...rest } = event;
  return { ...rest, ...settleQuestions(questions, event) };
};
const idOf = (event: Event, name: string) => event.questions[0] && optionCalled(event.questions[0], name);
const refusal = (run: () => unknown) => {
  try {
    return run() as never;
  } catch (error) {
    return error as { code: string; field: string; message: string };
  }
};

describe('the id of an option stays', () => {
  const before = published(asks(['None', 'Vegan', 'Halal']));
  const vegan = idOf(before, 'Vegan') ?? '';

  test.each<[string, Given[], string]>([
    ['when others come before it', ['Fish', 'None', 'Vegan', 'Halal'], 'Vegan'],
    ['in another order', ['Halal', 'Vegan', 'None'], 'Vegan'],
    ['when another goes', ['Vegan', 'Halal'], 'Vegan'],
    ['under another name, given with the id', ['None', { id: vegan, label: 'Plant-based' }, 'Halal'], 'Plant-based'],
    ['given with the id and the name it has', ['None', { id: vegan, label: 'Vegan' }, 'Halal'], 'Vegan'],
    ['given as an object without an id', ['None', { label: 'Vegan' }, 'Halal'], 'Vegan'],
  ])('%s', (_, options, name) => {
    expect(idOf(edited(before, asks(options)), name)).toBe(vegan);
  });

  test('when it goes, comes back, and its question too', () => {
    expect(idOf(edited(edited(before, asks(['None', 'Halal'])), asks(['Vegan', 'None'])), 'Vegan')).toBe(vegan);
    expect(idOf(edited(edited(before), asks(['Vegan', 'Fish'])), 'Vegan')).toBe(vegan);
  });

  test('when it is read from before there were ids, however often', () => {
    const { known: _, ...kept } = asks(['None', 'Vegan']);
    expect(optionsEver(kept)).toEqual(optionsEver(kept));
    const legacy = { ...anEvent({ questions: [kept] }), state: 'published' as const };
    expect(idOf(edited(legacy, asks(['Fish', 'Vegan', 'None'])), 'Vegan')).toBe(idOf(legacy, 'Vegan'));
  });
});

test('another name without the id is another option: nobody has chosen it', () => {
  const before = published(asks(['None', 'Vegan']));
  const after = edited(before, asks(['None', 'Plant-based']));
  expect(idOf(after, 'Plant-based')).not.toBe(idOf(before, 'Vegan'));
});

describe('a name that would stand for two is refused, and what to mend is named', () => {
  const before = published(asks(['None', 'Vegan']));
  const [none = '', vegan = ''] = ['None', 'Vegan'].map((name) => idOf(before, name));
  const renamed = edited(before, asks(['None', { id: vegan, label: 'Plant-based' }]));

  test.each<[string, Event, Given[], string]>([
    ['the name another had', renamed, ['None', { id: vegan, label: 'Plant-based' }, 'Vegan'], 'questions/0/options/2'],
    ['the name another has', before, ['Fish', { id: none, label: 'Vegan' }], 'questions/0/options/1'],
    [
      'names exchanged',
      before,
      [
        { id: vegan, label: 'None' },
        { id: none, label: 'Vegan' },
      ],
      'questions/0/options/0',
    ],
    ['an id there is not', before, ['None', { id: 'zz', label: 'Fish' }], 'questions/0/options/1'],
  ])('%s', (_, event, options, field) => {
    expect(refusal(() => edited(event, asks(options)))).toMatchObject({ code: 'invalid-options', field });
  });

  test('in a draft nobody has answered: anything goes', () => {
    const draft = { ...before, state: 'draft' as const };
    const after = edited(draft, asks([{ id: vegan, label: 'Fish' }, 'Vegan']));
    expect(after.retired).toBeUndefined();
  });
});

test('whatever is renamed by id, moved, added and removed, whoever chose an option chose that option, and nobody another', () => {
  const names = ['None', 'Vegan', 'Halal', 'Kosher', 'Fish'];
  const step = fc.record({
    order: fc.shuffledSubarray([0, 1, 2, 3, 4], { minLength: 2 }),
    rename: fc.nat(4),
    to: fc.string({ minLength: 1, maxLength: 8 }).filter((text) => /^[a-z]+$/.test(text)),
  });
  fc.assert(
    fc.property(fc.array(step, { maxLength: 8 }), fc.nat(4), (steps, chosen) => {
      let event = published(asks(names));
      const ids = names.map((name) => idOf(event, name) ?? '');
      const called = [...names];
      const row = aRegistration({ chose: choicesIn(event.questions, { diet: names[chosen] ?? '' }) });
      for (const { order, rename, to } of steps) {
        const wanted = [...called];
        wanted[rename] = `${to}-${rename}`;
        const options = order.map((each) => ({ id: ids[each] ?? '', label: wanted[each] ?? '' }));
        event = edited(event, asks(options));
        for (const each of order) called[each] = wanted[each] ?? '';
        for (const each of order) expect(idOf(event, called[each] ?? '')).toBe(ids[each]);
        // The words they gave say the same, under whatever name.
        expect(choicesIn(event.questions, { diet: names[chosen] ?? '' })).toEqual(row.chose);
      }
    }),
  );
});

test('a question that is not asked any more is remembered, with its options', () => {
  const after = edited(published(asks(['None', 'Vegan'])));
  expect(after.retired).toMatchObject([{ id: 'diet', label: 'Diet', options: ['None', 'Vegan'] }]);
});

describe('rows are to be sorted', () => {
  const before = published(asks(['None', 'Vegan']));
  test.each<[string, Event, Question, string[] | undefined]>([
    ['never, of what came with the draft', before, asks(['None', 'Vegan']), ['diet']],
    ['never, where an option is renamed, comes or goes', before, asks(['Fish', 'Vegan']), ['diet']],
    [
      'when a question is marked',
      published(asks(['None', 'Vegan'], { segment: false })),
      asks(['None', 'Vegan']),
      undefined,
    ],
    [
      'when an option comes whose name answers may have',
      { ...before, unexplained: { diet: 1 } },
      asks(['None', 'Vegan', 'Fish']),
      undefined,
    ],
    ['when an earlier version kept them', { ...before, sorted: undefined }, asks(['None', 'Vegan']), undefined],
  ])('%s', (_, event, question, sorted) => {
    expect(edited(event, question).sorted).toEqual(sorted);
  });
});

test('the fullest answers for choosing audiences take a quarter of a row that costs one write; more is refused', () => {
  const many = (n: number, more: object = {}) =>
    asks(
      Array.from({ length: n }, (_, at) => `Option ${at}`),
      { type: 'choices', ...more },
    );
  const draft = anEvent({ state: 'draft', questions: [] });
  const full = many(50);
  const event = { ...draft, ...settleQuestions([full, asks(['A', 'B'], { id: 'track' })], draft) };
  const answers = { diet: full.options, track: 'A' };
  const row = { chose: choicesIn(event.questions, answers) };
  expect(Object.keys(row.chose ?? {})).toEqual(['diet', 'track']);
  expect(itemBytes(row)).toBeLessThanOrEqual(265);
  const tooMuch = [many(50), many(30, { id: 'more' })];
  expect(refusal(() => settleQuestions(tooMuch, draft))).toMatchObject({ code: 'invalid-options', field: 'questions' });
  // What an earlier version let through may be edited as long as it does not grow.
  const earlier = { ...draft, questions: tooMuch };
  expect(settleQuestions([many(50), many(29, { id: 'more' })], earlier).questions).toHaveLength(2);
});

test('names and questions are remembered up to a limit, and then the form stays as it is', () => {
  let event = published(asks(['None', 'Vegan']));
  const said = refusal(() => {
    for (let n = 0; n < 500; n++) event = edited(event, asks([`A${n}`, `B${n}`]));
  });
  expect(said).toMatchObject({ code: 'invalid-options', field: 'questions' });
  expect(optionsEver(event.questions[0] ?? asks([])).length).toBeLessThan(250);
});

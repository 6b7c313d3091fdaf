import { beforeEach, describe, expect, test } from 'vitest';
import { erase } from '#shared/domain/erase.ts';
import type { Event } from '#shared/domain/event.ts';
import { chance, newId, randomWord } from '#shared/domain/ids.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { DEFAULT_SURVEY, type Survey } from '#shared/domain/survey.ts';
import type { SurveyAnswer } from '#shared/domain/survey-answer.ts';
import { surveyBarrier } from '#shared/domain/survey-phase.ts';
import { resultsOf } from '#shared/domain/survey-results.ts';
import { totalsOf } from '#shared/domain/survey-totals.ts';
import { eraser } from '#shared/store/eraser.ts';
import { eventStore } from '#shared/store/events.ts';
import { registrationStore } from '#shared/store/registrations.ts';
import { surveyAnswerStore } from '#shared/store/survey-answers.ts';
import type { Table } from '#shared/store/table.ts';
import { anEvent, aRegistration, aText } from './builders.ts';

const ON = '2027-02-18';

/** What is promised of answers to surveys, whatever engine the table runs on. */
export function describeSurveyStore(engine: string, open: () => Promise<Table>): void {
  describe(`answers to surveys on ${engine}`, () => {
    let table: Table;
    let surveys: ReturnType<typeof surveyAnswerStore>;
    let registrations: ReturnType<typeof registrationStore>;
    let event: Event;
    beforeEach(async () => {
      table = await open();
      [surveys, registrations] = [surveyAnswerStore(table), registrationStore(table)];
      event = anEvent({ eventId: newId(chance) });
      await eventStore(table).create(event, aText());
    });

    const somebody = async (given: Partial<Registration> = {}): Promise<Registration> => {
      const row = aRegistration({ eventId: event.eventId, registrationId: newId(chance), ...given });
      await registrations.add(row, {}, row.registrationId);
      return row;
    };
    const byName = ({ registrationId }: Registration, overall = 4): SurveyAnswer => ({
      answerId: registrationId,
      registrationId,
      answeredOn: ON,
      answers: { overall, recommend: 0, improve: 'Tea', parts: ['One'] },
    });
    const anonymous = (overall = 4): SurveyAnswer => ({
      answerId: randomWord(24, chance),
      answeredOn: ON,
      answers: { overall },
    });
    const again = async (row: Registration) =>
      (await registrations.get(row.eventId, row.registrationId)) as Registration;
    const all = async () => (await surveys.page(event.eventId)).answers;
    const save = (next: Partial<Event>) => {
      const edited = { ...event, ...next, revision: event.revision + 1 };
      const barrier = surveyBarrier(event, edited, Date.parse(event.endInstant));
      return eventStore(table).save(edited, aText(), { revision: event.revision, fact: undefined, barrier });
    };

    test('an answer comes back as it was kept, and the row says that there is one', async () => {
      const row = await somebody();
      expect(await surveys.of(event.eventId, row.registrationId)).toBeUndefined();
      expect(await surveys.keep(event, row, byName(row))).toBe('kept');
      expect(await surveys.of(event.eventId, row.registrationId)).toEqual(byName(row));
      expect(await again(row)).toMatchObject({ ...row, answeredSurvey: true });
      expect(await surveys.count(event.eventId)).toEqual({ responses: 1 });
    });

    test('a later answer by name takes the place of the earlier one, and counts once', async () => {
      const row = await somebody();
      await surveys.keep(event, row, byName(row, 1));
      expect(await surveys.keep(event, row, byName(row, 2))).toBe('moved-on');
      expect(await surveys.keep(event, await again(row), byName(row, 5))).toBe('kept');
      expect(await all()).toEqual([byName(row, 5)]);
      expect(await surveys.count(event.eventId)).toEqual({ responses: 1 });
    });

    test('of an anonymous person’s many answers at once one is kept', async () => {
      const row = await somebody();
      const answers = Array.from({ length: 5 }, () => anonymous());
      const outcomes = await Promise.all(answers.map((answer) => surveys.keep(event, row, answer)));
      // An engine may put all of them off.
      if (!outcomes.includes('kept')) expect(await surveys.keep(event, row, answers[0] as SurveyAnswer)).toBe('kept');
      expect(await all()).toHaveLength(1);
      expect(await surveys.keep(event, row, anonymous())).toBe('moved-on');
      expect(await surveys.count(event.eventId)).toEqual({ responses: 1 });
    });

    const NOT_THEIRS: [string, Partial<Registration>][] = [
      ['gave up their place', { status: 'cancelled' }],
      ['waits', { status: 'waitlisted' }],
      ['is erased', { erased: true }],
    ];

    test.each(NOT_THEIRS)('nothing is kept of somebody who %s, whatever was read of them', async (_, given) => {
      const { erased: __, ...row } = await somebody(given);
      const read = { ...row, status: 'confirmed' } as const;
      for (const answer of [byName(row), anonymous()]) expect(await surveys.keep(event, read, answer)).toBe('moved-on');
      expect(await all()).toEqual([]);
    });

    test.each(NOT_THEIRS)('nor does the answer of somebody change who %s by then', async (_, given) => {
      const row = await somebody();
      await surveys.keep(event, row, byName(row, 1));
      const read = await again(row);
      await registrations.revise(read, (current) => ({ row: { ...current, ...given } }));
      expect(await surveys.keep(event, read, byName(row, 5))).toBe('moved-on');
      expect(await all()).toEqual([byName(row, 1)]);
    });

    test('nor of somebody who is not there: no answer brings a row back', async () => {
      const ghost = aRegistration({ eventId: event.eventId, registrationId: newId(chance) });
      for (const answer of [byName(ghost), anonymous()])
        expect(await surveys.keep(event, ghost, answer)).toBe('moved-on');
      expect(await surveys.keep(event, { ...ghost, answeredSurvey: true }, byName(ghost))).toBe('moved-on');
      expect(await registrations.get(event.eventId, ghost.registrationId)).toBeUndefined();
      expect(await all()).toEqual([]);
    });

    test('nor once the event is being purged, or is not as it was read', async () => {
      const row = await somebody();
      await save({ title: 'Another' });
      expect(await surveys.keep(event, row, byName(row))).toBe('moved-on');
      event = (await eventStore(table).get(event.eventId, { consistent: true })) as Event;
      await save({ purgingAt: '2027-06-01T00:00:00Z' });
      const purged = (await eventStore(table).get(event.eventId, { consistent: true })) as Event;
      expect(await surveys.keep(purged, row, byName(row))).toBe('moved-on');
      expect(await surveys.keep({ ...event, eventId: newId(chance) }, row, byName(row))).toBe('moved-on');
      expect(await again(row)).toEqual({ ...row, addressHash: expect.any(String) });
    });

    test('once there is an answer, the questions stay, and so does the promise of who sees it', async () => {
      await save({ survey: { ...DEFAULT_SURVEY, anonymous: true } });
      event = (await eventStore(table).get(event.eventId, { consistent: true })) as Event;
      await surveys.keep(event, await somebody(), anonymous());
      const refused = (survey: Partial<Survey>) => save({ survey: { ...event.survey, ...survey } });
      const because = (field: string) => ({ code: 'survey-answered', field });
      await expect(refused({ questions: [] })).rejects.toMatchObject(because('survey/questions'));
      await expect(refused({ anonymous: false })).rejects.toMatchObject(because('survey/anonymous'));
      await save({ survey: { ...event.survey, closesAfter: 'P3D' } });
      expect((await eventStore(table).get(event.eventId, { consistent: true }))?.survey).toMatchObject({
        anonymous: true,
        closesAfter: 'P3D',
        questions: DEFAULT_SURVEY.questions,
      });
    });

    test('every answer is met once, page by page, and all of them are counted together', async () => {
      const kept: SurveyAnswer[] = [];
      for (let n = 0; n < 7; n++) {
        const answer = anonymous(1 + (n % 5));
        expect(await surveys.keep(event, await somebody(), answer)).toBe('kept');
        kept.push(answer);
      }
      const seen: SurveyAnswer[] = [];
      let after: string | undefined;
      do {
        const page = await surveys.page(event.eventId, { after, limit: 3 });
        seen.push(...page.answers);
        after = page.after;
      } while (after);
      const ids = (answers: readonly SurveyAnswer[]) => answers.map(({ answerId }) => answerId);
      expect(ids(seen)).toEqual(ids(kept).toSorted());
      expect(await surveys.totals(event)).toEqual(totalsOf(event.survey.questions, kept));
    });

    test('an erased person’s answer goes with them, and stays counted', async () => {
      const row = await somebody();
      await surveys.keep(event, row, byName(row));
      const erased = await registrations.revise(await again(row), (current) => erase(current, 1));
      await eraser(table).removeTraces(erased as Registration);
      expect(await all()).toEqual([]);
      expect(await surveys.count(event.eventId)).toEqual({ responses: 1 });
    });

    test('all answers are deleted some at a time, as often as it takes, and the numbers kept before stay', async () => {
      for (let n = 0; n < 27; n++) {
        const row = await somebody();
        await surveys.keep(event, row, n % 2 ? byName(row) : anonymous());
      }
      const results = resultsOf(event.survey, await surveys.totals(event), true);
      await surveys.keepResults(event.eventId, results);
      let rounds = 1;
      expect(await eraser(table).purgeRest(event.eventId, () => rounds-- > 0)).toBe(false);
      // Whoever begins anew after a crash would count less.
      await surveys.keepResults(event.eventId, resultsOf(event.survey, await surveys.totals(event), true));
      expect(await eraser(table).purgeRest(event.eventId, () => true)).toBe(true);
      expect(await all()).toEqual([]);
      expect(await surveys.count(event.eventId)).toEqual({ responses: 27, results });
      expect(results).toMatchObject({ responses: 27, questions: [{ mean: 4 }, {}, {}, { answered: 13 }] });
    });
  });
}

import type { Event } from '#shared/domain/event.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { SurveyAnswer } from '#shared/domain/survey-answer.ts';
import { SurveyResults } from '#shared/domain/survey-results.ts';
import { added, NO_TOTALS, type SurveyTotals, totalsOf } from '#shared/domain/survey-totals.ts';
import { keys, surveyKey } from './keys.ts';
import { ConditionFailed, type Table, TransactionRefused, type Write } from './table.ts';

/** A page of answers, in an order that says nothing of when they were given. */
export interface AnswerPage {
  readonly answers: SurveyAnswer[];
  /** Where the next page begins; absent at the end. */
  readonly after?: string;
}

/** The answers to the surveys of events. */
export function surveyAnswerStore(table: Table) {
  return {
    /**
     * Keeps an answer, and on the person's row that they have answered, if event and person still are as they were read:
     * confirmed, not erased, nobody being purged, and to an anonymous survey no answer given yet. A person has one answer;
     * a later one takes its place. Says `moved-on` where something was not as read: read again.
     */
    async keep(
      { eventId, revision }: Pick<Event, 'eventId' | 'revision'>,
      row: Registration,
      { answerId, ...answer }: SurveyAnswer,
    ): Promise<'kept' | 'moved-on'> {
      const isFirst = !row.answeredSurvey;
      const key = keys.surveyAnswer(eventId, answerId);
      const when = [isFirst ? ({ is: 'absent' } as const) : ({ is: 'there' } as const)];
      const fact = answer.registrationId === undefined ? undefined : ('survey.answered' as const);
      const writes: Write[] = [
        personWrite(row, isFirst),
        { check: { ...keys.event(eventId), when: [{ is: 'equal', path: ['revision'], value: revision }, NOT_PURGED] } },
        { put: { item: { ...key, eventId, ...answer }, when, fact } },
        ...(isFirst ? [counted(eventId)] : []),
      ];
      try {
        await table.transact(writes);
        return 'kept';
      } catch (error) {
        if (error instanceof TransactionRefused) return 'moved-on';
        throw error;
      }
    },

    /** What a person answered by name. */
    async of(eventId: string, registrationId: string): Promise<SurveyAnswer | undefined> {
      const item = await table.get(keys.surveyAnswer(eventId, registrationId), { consistent: true });
      return item && SurveyAnswer.parse({ ...item, answerId: item.sk });
    },

    /** Some of the answers, from after that one on. */
    async page(
      eventId: string,
      { after, limit }: { after?: string | undefined; limit?: number } = {},
    ): Promise<AnswerPage> {
      const page = await table.query({
        partition: surveyKey(eventId),
        consistent: true,
        after: after === undefined ? undefined : { ...keys.surveyAnswer(eventId, after) },
        ...(limit !== undefined && { limit }),
      });
      const answers = page.items.map((item) => SurveyAnswer.parse({ ...item, answerId: item.sk }));
      return { answers, ...(page.after && { after: String(page.after['sk']) }) };
    },

    /** All answers of an event, counted page by page: no more than one page is in memory. */
    async totals({ eventId, survey }: Pick<Event, 'eventId' | 'survey'>): Promise<SurveyTotals> {
      let totals = NO_TOTALS;
      let after: string | undefined;
      do {
        const page = await this.page(eventId, { after });
        totals = added(totals, totalsOf(survey.questions, page.answers));
        after = page.after;
      } while (after !== undefined);
      return totals;
    },

    /** How many people have answered, those erased since included, and what was kept of their answers for good. */
    async count(eventId: string): Promise<{ responses: number; results?: SurveyResults }> {
      const item = await table.get(keys.survey(eventId), { consistent: true });
      const responses = Number(item?.responses ?? 0);
      return { responses, ...(item?.results !== undefined && { results: SurveyResults.parse(item.results) }) };
    },

    /** Keeps numbers for good, before the answers are deleted. The first to do so has counted all: later ones may not have. */
    async keepResults(eventId: string, results: SurveyResults): Promise<void> {
      const when = [{ is: 'absent', path: ['results'] }] as const;
      const update = { ...keys.survey(eventId), set: [[['results'], results]] as const, when, fact: undefined };
      await table.update(update).catch((error: unknown) => {
        if (!(error instanceof ConditionFailed)) throw error;
      });
    },
  };
}
export type SurveyAnswerStore = ReturnType<typeof surveyAnswerStore>;

const NOT_PURGED = { is: 'absent', path: ['purgingAt'] } as const;

/** What must be so of the person, and what they are marked with by their first answer. */
function personWrite({ eventId, registrationId }: Registration, isFirst: boolean): Write {
  const key = keys.registration(eventId, registrationId);
  const who = [
    { is: 'equal', path: ['status'], value: 'confirmed' },
    { is: 'absent', path: ['erased'] },
  ] as const;
  const path = ['answeredSurvey'] as const;
  if (!isFirst) return { check: { ...key, when: [...who, { is: 'equal', path, value: true }] } };
  return { update: { ...key, set: [[path, true]], when: [...who, { is: 'absent', path }], fact: undefined } };
}

/** An event whose survey has an answer is known by this item: see `save` of events. */
const counted = (eventId: string): Write => ({
  update: { ...keys.survey(eventId), add: [[['responses'], 1]], when: [], fact: undefined },
});

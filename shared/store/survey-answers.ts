import type { Event } from '#shared/domain/event.ts';
import { prove } from '#shared/domain/proof.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { SurveyAnswer } from '#shared/domain/survey-answer.ts';
import { SurveyResults } from '#shared/domain/survey-results.ts';
import { added, NO_TOTALS, type SurveyTotals, totalsOf } from '#shared/domain/survey-totals.ts';
import type { Epoch } from '#shared/domain/time.ts';
import { keys, surveyKey } from './keys.ts';
import { revision } from './registration-items.ts';
import { type Condition, ConditionFailed, type Table, TransactionRefused, type Write } from './table.ts';

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
     * a later one takes its place. With `provedAt` the same write notes that their address has proved itself. Says `moved-on`
     * where something was not as read: read again.
     */
    async keep(
      { eventId, revision }: Pick<Event, 'eventId' | 'revision'>,
      row: Registration,
      { answerId, provedAt, ...answer }: SurveyAnswer & { readonly provedAt?: Epoch },
    ): Promise<'kept' | 'moved-on'> {
      const isFirst = !row.answeredSurvey;
      const key = keys.surveyAnswer(eventId, answerId);
      const when = [isFirst ? ({ is: 'absent' } as const) : ({ is: 'there' } as const)];
      const fact = answer.registrationId === undefined ? undefined : ('survey.answered' as const);
      const writes: Write[] = [
        personWrite(row, { isFirst, provedAt }),
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

/** What must be so of the person, and what they are marked with by their first answer, and as proof of their address. */
function personWrite(
  row: Registration,
  { isFirst, provedAt }: { readonly isFirst: boolean; readonly provedAt: Epoch | undefined },
): Write {
  const key = keys.registration(row.eventId, row.registrationId);
  const answered = ['answeredSurvey'] as const;
  const when: Condition[] = [
    { is: 'equal', path: ['status'], value: 'confirmed' },
    { is: 'absent', path: ['erased'] },
    isFirst ? { is: 'absent', path: answered } : { is: 'equal', path: answered, value: true },
  ];
  const proved = provedAt === undefined ? row : prove(row, provedAt);
  if (proved === row && !isFirst) return { check: { ...key, when } };
  const marks = isFirst ? [[answered, true] as const] : [];
  if (proved === row) return { update: { ...key, set: marks, when, fact: undefined } };
  const proof = revision(row, proved);
  const set = [...marks, ...(proof.change.set ?? [])];
  return { update: { ...key, ...proof.change, set, when: [...when, ...proof.when], fact: undefined } };
}

/** An event whose survey has an answer is known by this item: see `save` of events. */
const counted = (eventId: string): Write => ({
  update: { ...keys.survey(eventId), add: [[['responses'], 1]], when: [], fact: undefined },
});

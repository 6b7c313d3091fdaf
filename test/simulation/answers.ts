import { keys, surveyKey } from '#shared/store/keys.ts';
import type { Item } from '#shared/store/table.ts';
import { type History, isRow } from './history.ts';
import type { Setting } from './setting.ts';
import type { Commit } from './sim-table.ts';
import { together } from './together.ts';

/** All that an anonymous answer has. */
const NO_NAME = ['pk', 'sk', 'eventId', 'answeredOn', 'answers', 'fact'];
const RANK = ['none', 'openedAt', 'joinedAt', 'minutes'] as const;
const evidenceOf = (row: Item): number => RANK.findLastIndex((field) => row[field] !== undefined);

/** What people leave after an event: evidence that they came, which only rises, and one answer to its survey. */
export function answers({ violated }: Setting, past: History) {
  /** How many have ever answered, and what is kept of it. */
  const given = new Map<string, { people: number; readonly kept: Map<string, Item> }>();
  const of = (eventId: string) => {
    const known = given.get(eventId) ?? { people: 0, kept: new Map() };
    given.set(eventId, known);
    return known;
  };

  const later = together((events) => {
    for (const eventId of events) {
      const event = past.latest(keys.event(eventId));
      if (event && event.purgingAt === undefined) lookAt(event, eventId);
    }
  });

  function lookAt(event: Item, eventId: string): void {
    const { people, kept } = of(eventId);
    const count = past.latest(keys.survey(eventId))?.responses ?? 0;
    if (count !== people) violated('the count of answers is not that of the people', { eventId, count, people });
    if ((event.survey as { anonymous: boolean }).anonymous) {
      if (kept.size !== people) violated('an anonymous answer too many, or one too few', { eventId, people });
      for (const item of kept.values())
        if (Object.keys(item).some((field) => !NO_NAME.includes(field)) || past.everyRowOf(eventId).some(isOf(item)))
          violated('an anonymous answer that says whose it is', item);
      return;
    }
    for (const row of past.rowsOf(eventId))
      if (!row.erased && kept.has(String(row.registrationId)) !== (row.answeredSurvey === true))
        violated('who answered the survey has no answer, or an answer nobody', row);
  }

  function rowWritten(before: Item | undefined, after: Item): void {
    if (before && !after.erased && (evidenceOf(after) < evidenceOf(before) || isTakenBack(before, after)))
      violated('evidence was taken back', { before, after });
    if (after.answeredSurvey === before?.answeredSurvey || after.erased) return;
    of(String(after.eventId)).people += 1;
    later(String(after.eventId));
  }

  return {
    committed({ before, after }: Commit): void {
      const item = (after ?? before) as Item;
      const [, eventId = ''] = item.pk.split('#');
      if (isRow(item)) {
        if (after) rowWritten(before, after);
      } else if (item.pk === surveyKey(eventId)) {
        if (after) of(eventId).kept.set(item.sk, after);
        else of(eventId).kept.delete(item.sk);
        later(eventId);
      }
    },
  };
}

const isOf =
  ({ sk }: Item) =>
  (row: { readonly sk: string }): boolean =>
    row.sk.includes(sk) || sk.includes(row.sk.slice('REG#'.length));

/** What somebody did first stays what they did first. */
const isTakenBack = (before: Item, after: Item): boolean =>
  (['openedAt', 'joinedAt', 'answeredSurvey'] as const).some(
    (field) => before[field] !== undefined && before[field] !== after[field],
  );

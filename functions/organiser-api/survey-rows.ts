import { csvLine } from '#shared/csv/csv-line.ts';
import type { Event } from '#shared/domain/event.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { SurveyAnswer } from '#shared/domain/survey-answer.ts';
import type { Deps } from './deps.ts';

/** Bytes of a file as Lambda hands it on, which takes 6 MB: inside JSON, where quotes and line breaks count twice. */
const MOST_BYTES = 4 * 1024 * 1024;
const BATCH = 100;

/** A line of headings, and one for each answer, as many as fit; `next` is the last of them if there are more. */
export async function answerRows(
  deps: Pick<Deps, 'surveyAnswers' | 'registrations'>,
  event: Event,
  { mayName, after }: { mayName: boolean; after: string | undefined },
): Promise<{ lines: string[]; next?: string }> {
  const { eventId, survey } = event;
  const isNamed = !survey.anonymous;
  const names = mayName && isNamed ? ['registrationId', 'name', 'email'] : [];
  const lines = [
    csvLine([...names, ...(isNamed ? ['answeredOn'] : []), ...survey.questions.map(({ label }) => label)]),
  ];
  let bytes = bytesOf(lines[0] ?? '');
  let last = after;
  while (true) {
    const page = await deps.surveyAnswers.page(eventId, { after: last, limit: BATCH });
    const people = names.length > 0 ? await peopleOf(deps, eventId, page.answers) : new Map();
    for (const answer of page.answers) {
      const who = names.length > 0 ? namesOf(people.get(answer.registrationId)) : [];
      const line = csvLine([...who, ...(isNamed ? [answer.answeredOn] : []), ...cellsOf(event, answer)]);
      bytes += bytesOf(line);
      if (bytes > MOST_BYTES && lines.length > 1) return { lines, ...(last !== undefined && { next: last }) };
      lines.push(line);
      last = answer.answerId;
    }
    if (page.after === undefined) return { lines };
    last = page.after;
  }
}

const bytesOf = (line: string): number => Buffer.byteLength(JSON.stringify(line));

async function peopleOf(
  { registrations }: Pick<Deps, 'registrations'>,
  eventId: string,
  answers: readonly SurveyAnswer[],
): Promise<Map<string | undefined, Registration>> {
  const ids = answers.flatMap(({ registrationId }) => registrationId ?? []);
  const rows = await registrations.getMany(ids.map((registrationId) => ({ eventId, registrationId })));
  return new Map(rows.map((row) => [row.registrationId, row]));
}

/** Whoever was erased a moment ago has no name any more. */
const namesOf = (row: Registration | undefined): string[] =>
  row ? [row.registrationId, row.name, row.email] : ['', '', ''];

const cellsOf = ({ survey }: Event, { answers }: SurveyAnswer): string[] =>
  survey.questions.map(({ id }) => [answers[id] ?? ''].flat().join('; '));

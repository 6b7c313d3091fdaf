import type { Clock } from '#shared/clock.ts';
import type { Event } from '#shared/domain/event.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { Details } from '#shared/domain/registration-details.ts';
import { DEPLOYED_WITHIN, needsSorting, sortedRow, withUnexplained } from '#shared/domain/sort-answers.ts';
import type { Epoch } from '#shared/domain/time.ts';
import type { Logger } from '#shared/logger.ts';
import type { EventStore } from '#shared/store/events.ts';
import { ALL_SHARDS } from '#shared/store/keys.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';
import type { Sorting, SortingStore } from '#shared/store/sortings.ts';

export interface SortDeps {
  readonly events: Pick<EventStore, 'get' | 'list'>;
  readonly registrations: Pick<RegistrationStore, 'page' | 'get' | 'detailsOf' | 'revise'>;
  readonly sortings: SortingStore;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Milliseconds of one round; what is left then is for the next. */
const BUDGET = 15_000;
const PAGE = 100;

/**
 * Has rows keep what their people chose by the ids of the options, as the words of their answers say: of events whose
 * questions were marked, or that an earlier version kept. Each round goes on where the last one stopped.
 */
export function sortAnswers(deps: SortDeps) {
  const { events, sortings, clock } = deps;
  let isCounted = false;

  /** Lists, once, the events of earlier versions whose rows keep places. */
  async function takeCensus(now: Epoch, mayGoOn: () => boolean): Promise<void> {
    let { done, after } = await sortings.census();
    while (!done && mayGoOn()) {
      const page = await events.list({ limit: PAGE, after });
      for (const event of page.events) {
        if (event.sorted === undefined && needsSorting(event))
          await sortings.ensure(event.eventId, now, DEPLOYED_WITHIN);
      }
      after = page.after;
      done = after === undefined;
      await sortings.noteCensus(after);
    }
    isCounted = done;
  }

  return async (now: Epoch): Promise<void> => {
    const until = clock.monotonic() + BUDGET;
    const mayGoOn = () => clock.monotonic() < until;
    if (!isCounted) await takeCensus(now, mayGoOn);
    for (const { eventId } of await sortings.due(now)) {
      if (!mayGoOn()) return;
      const [event, sorting] = [await events.get(eventId, { consistent: true }), await sortings.get(eventId)];
      if (!sorting) continue;
      if (!event || event.purgingAt !== undefined) await sortings.drop(eventId, sorting);
      else await sortEvent(deps, event, { sorting, mayGoOn });
    }
  };
}

async function sortEvent(
  deps: SortDeps,
  event: Event,
  { sorting, mayGoOn }: { sorting: Sorting; mayGoOn: () => boolean },
): Promise<void> {
  const { registrations, sortings, logger } = deps;
  const { eventId, revision } = event;
  // An edit since the pass began may have asked for more than it looked for.
  const begun = sorting.revision === revision ? sorting : { ...sorting, shard: 0, after: undefined, unexplained: {} };
  let at: Sorting = { ...begun, revision };
  while (at.shard < ALL_SHARDS.length) {
    if (!mayGoOn()) return;
    const page = await registrations.page(eventId, at.shard, at.after && JSON.parse(at.after));
    const { after } = page;
    const unexplained = await sortPeople(deps, event, { people: page.people, counts: at.unexplained });
    const next = after ? { shard: at.shard, after: JSON.stringify(after) } : { shard: at.shard + 1, after: undefined };
    at = { ...at, ...next, unexplained };
    if (!(await sortings.note(eventId, at))) return;
  }
  if (await sortings.finish(event, at)) logger.info('Sorted answers', { eventId, unexplained: at.unexplained });
}

async function sortPeople(
  deps: SortDeps,
  event: Event,
  { people, counts }: { people: readonly Registration[]; counts: Sorting['unexplained'] },
): Promise<Sorting['unexplained']> {
  const details = await deps.registrations.detailsOf(event.eventId, people, { consistent: true });
  let sum = counts;
  for (const [at, row] of people.entries()) {
    const said = await sortPerson(deps, event, row, details[at] ?? {});
    sum = withUnexplained(sum, event, said);
  }
  return sum;
}

/** How often a person is read anew who corrects what they said at this very moment. */
const ATTEMPTS = 4;

/** Row and answers are read one after the other, and saved together: a row that was corrected since is read anew with its answers. */
async function sortPerson(
  { registrations }: SortDeps,
  event: Event,
  first: Registration,
  answered: Details,
): Promise<Details> {
  let [row, details]: [Registration | undefined, Details] = [first, answered];
  for (let attempt = 1; row && attempt <= ATTEMPTS; attempt++) {
    const read = row;
    // With a registration that is taken back, what was answered goes, too.
    const isAsRead = ({ status, edits, admissions }: Registration) =>
      status === read.status && edits === read.edits && admissions === read.admissions;
    let isStale = false;
    await registrations.revise(row, (current) => {
      isStale = !isAsRead(current);
      const sorted = isStale ? undefined : sortedRow(current, event, details);
      return sorted && { row: sorted };
    });
    if (!isStale) return details;
    row = await registrations.get(event.eventId, read.registrationId);
    details = row ? ((await registrations.detailsOf(event.eventId, [row], { consistent: true }))[0] ?? {}) : {};
  }
  if (row) throw new Error(`Somebody keeps changing this registration: ${row.registrationId}`);
  return {};
}

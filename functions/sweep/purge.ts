import type { Clock } from '#shared/clock.ts';
import type { Event } from '#shared/domain/event.ts';
import { NO_PEOPLE, withPerson } from '#shared/domain/people-counts.ts';
import { purgeAt } from '#shared/domain/purge.ts';
import { resultsOf } from '#shared/domain/survey-results.ts';
import { type Epoch, epochOf } from '#shared/domain/time.ts';
import type { Logger } from '#shared/logger.ts';
import type { CountStore } from '#shared/store/counts.ts';
import type { Eraser } from '#shared/store/eraser.ts';
import type { EventStore } from '#shared/store/events.ts';
import { ALL_SHARDS } from '#shared/store/keys.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';
import type { SurveyAnswerStore } from '#shared/store/survey-answers.ts';

export interface PurgeDeps {
  readonly events: Pick<EventStore, 'get' | 'toPurge' | 'purgeOn' | 'beginPurge' | 'endPurge'>;
  readonly registrations: Pick<RegistrationStore, 'page'>;
  readonly counts: Pick<CountStore, 'uncounted' | 'keep'>;
  readonly surveyAnswers: Pick<SurveyAnswerStore, 'totals' | 'keepResults'>;
  readonly eraser: Pick<Eraser, 'purgePeople' | 'purgeRest'>;
  readonly clock: Clock;
  readonly logger: Logger;
}

/** Milliseconds of one round; what is left then is for the next. */
const BUDGET = 20_000;

/**
 * Deletes what is kept of the people of events that ended long enough ago: marks the event first, so that nothing new is
 * written about them, counts them and what they answered, then deletes them shard by shard. Each round goes on where the last one stopped.
 */
export async function purge(deps: PurgeDeps, now: Epoch): Promise<void> {
  const { events, clock } = deps;
  const until = clock.monotonic() + BUDGET;
  const mayGoOn = () => clock.monotonic() < until;
  for (const { eventId } of await events.toPurge(now)) {
    if (!mayGoOn()) return;
    const event = await events.get(eventId, { consistent: true });
    const at = event && purgeAt(event);
    if (!event || at === undefined || at > now) await events.purgeOn(eventId, at);
    else await purgeEvent(deps, event, { now, mayGoOn });
  }
}

interface Round {
  readonly now: Epoch;
  readonly mayGoOn: () => boolean;
}

async function purgeEvent(deps: PurgeDeps, event: Event, { now, mayGoOn }: Round): Promise<void> {
  const { events, surveyAnswers, eraser, logger } = deps;
  const { eventId } = event;
  const purging = event.purgingAt === undefined ? await events.beginPurge(event, now) : event;
  if (!purging || !(await countPeople(deps, purging, mayGoOn))) return;
  await surveyAnswers.keepResults(eventId, resultsOf(purging.survey, await surveyAnswers.totals(purging), true));
  for (const shard of ALL_SHARDS) {
    if (!(await eraser.purgePeople(eventId, shard, mayGoOn))) return;
  }
  if (!(await eraser.purgeRest(eventId, mayGoOn))) return;
  await events.endPurge(eventId, now);
  logger.info('Purged', { eventId });
}

/** Counts who there was, as of the moment the purge began; says whether all are counted. */
async function countPeople(
  { counts, registrations }: PurgeDeps,
  event: Event,
  mayGoOn: () => boolean,
): Promise<boolean> {
  const { eventId, purgingAt = event.endInstant } = event;
  for (const shard of await counts.uncounted(eventId)) {
    if (!mayGoOn()) return false;
    let sum = NO_PEOPLE;
    let after: Record<string, unknown> | undefined;
    do {
      const page = await registrations.page(eventId, shard, after);
      sum = page.people.reduce((each, row) => withPerson(each, row, event, epochOf(purgingAt)), sum);
      after = page.after;
    } while (after);
    await counts.keep(eventId, shard, sum);
  }
  return true;
}

import type { Event } from './event.ts';
import { phaseOf } from './event.ts';
import { remembered } from './remembered.ts';
import { asksTheSame } from './survey.ts';
import { type Epoch, instantAt } from './time.ts';
import { fireTime } from './trigger.ts';

/** Where a survey stands: it is open from the end of an event that took place until it closes. */
export type SurveyPhase = 'none' | 'cancelled' | 'postponed' | 'ahead' | 'open' | 'closed';

const daysAfter = remembered((endInstant: string, timeZone: string, days: string): string => {
  const at = fireTime(
    { after: 'end', offset: `P${days}D` },
    { startInstant: endInstant, endInstant, timeZone },
  ) as Epoch;
  return instantAt(at);
});

/**
 * The instant from which nobody can answer any more: so many calendar days after the end, in the zone of the event, but
 * never later than what is kept about its people is deleted.
 */
export function surveyClosesInstant({
  endInstant,
  timeZone,
  survey,
  retentionDays,
}: Pick<Event, 'endInstant' | 'timeZone' | 'survey' | 'retentionDays'>): string {
  const days = Number(survey.closesAfter.slice(1, -1));
  return daysAfter(endInstant, timeZone, String(Math.min(days, retentionDays)));
}

/** Where the survey of an event stands; `now` in epoch milliseconds. */
export function surveyPhaseOf(event: Event, now: number): SurveyPhase {
  const phase = phaseOf(event, now);
  if (phase === 'cancelled' || phase === 'postponed') return phase;
  if (event.survey.questions.length === 0) return 'none';
  if (phase !== 'ended') return 'ahead';
  const isOver = event.purgingAt !== undefined || now >= Date.parse(surveyClosesInstant(event));
  return isOver ? 'closed' : 'open';
}

/** A change of an event that is possible only as long as nobody has answered its survey. */
export interface SurveyBarrier {
  /** As a JSON pointer without its first slash. */
  readonly field: string;
  readonly message: string;
}

/**
 * What stands in the way of an edit once somebody has answered; undefined where nothing does. Answers are read as what was
 * asked, and as secret or not as was promised; and what an anonymous survey shows once it has closed must not grow by the
 * answer of one person more.
 */
export function surveyBarrier(before: Event, after: Event, now: number): SurveyBarrier | undefined {
  if (before.survey.anonymous !== after.survey.anonymous)
    return {
      field: 'survey/anonymous',
      message: 'Somebody has answered the survey: whether answers are anonymous stays as they were promised',
    };
  if (!asksTheSame(before.survey, after.survey))
    return {
      field: 'survey/questions',
      message: 'Somebody has answered the survey: its questions stay as they were. To end it, shorten closesAfter',
    };
  const reopens = surveyPhaseOf(before, now) === 'closed' && surveyPhaseOf(after, now) === 'open';
  if (reopens && before.survey.anonymous)
    return { field: 'survey/closesAfter', message: 'An anonymous survey that has closed with answers stays closed' };
  return undefined;
}

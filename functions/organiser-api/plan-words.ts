import type { Outlook } from '#shared/domain/outlook.ts';
import { WHY } from './firing.ts';

const STATES: Record<Exclude<Outlook['state'], 'not-planned' | 'planned'>, string> = {
  'by-hand': 'It is sent when it is triggered by hand: so it would be now.',
  'on-registration': 'It is sent to each person as they register.',
  running: 'It is being sent.',
  waiting: 'Something stops it: a pause, or the day’s quota.',
  finished: 'It has been sent.',
};

/** What there is to know of a plan as a whole, in a sentence. */
export function plannedWords({ state, because }: Pick<Outlook, 'state' | 'because'>): string | undefined {
  if (because === 'nothing-to-tell') return 'There is nothing of that kind to tell.';
  if (because !== undefined) return WHY[because];
  return state === 'planned' || state === 'not-planned' ? undefined : STATES[state];
}

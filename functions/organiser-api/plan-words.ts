import type { KeptAudience } from '#shared/domain/audience.ts';
import { askedBy, lostAnswers, waitsForAnswers } from '#shared/domain/chosen-audience.ts';
import type { Event } from '#shared/domain/event.ts';
import type { Outlook } from '#shared/domain/outlook.ts';
import { WHY } from './firing.ts';

const STATES: Record<Exclude<Outlook['state'], 'not-planned' | 'planned'>, string> = {
  'by-hand': 'It is sent when it is triggered by hand: so it would be now.',
  'on-registration': 'It is sent to each person as they register.',
  running: 'It is being sent.',
  waiting: 'Something stops it: a pause, the day’s quota, or answers that are being sorted.',
  finished: 'It has been sent.',
};

/** What there is to know of a plan as a whole, in a sentence. */
export function plannedWords({ state, because }: Pick<Outlook, 'state' | 'because'>): string | undefined {
  if (because === 'nothing-to-tell') return 'There is nothing of that kind to tell.';
  if (because !== undefined) return WHY[because];
  return state === 'planned' || state === 'not-planned' ? undefined : STATES[state];
}

/** What there is to know of whom it is for by their answers, in sentences. */
export function audienceWords(audience: KeptAudience | undefined, event: Event): string[] {
  if (!audience) return [];
  const lost = lostAnswers(audience, event);
  const counts = askedBy(audience, event).flatMap(({ id, label }) => {
    const people = event.unexplained?.[id] ?? 0;
    return people > 0
      ? [`${people} answered “${label}” with what never was one of its options, and belong to no audience by it.`]
      : [];
  });
  return [
    ...(waitsForAnswers(audience, event)
      ? ['It waits until earlier answers are sorted by what people chose: minutes, mostly.']
      : []),
    ...(lost.length > 0 ? [`It asks for what nobody can choose any more: ${lost.join(', ')}.`] : []),
    ...counts,
  ];
}

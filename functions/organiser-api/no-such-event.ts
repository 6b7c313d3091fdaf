import { Refusal } from '#shared/domain/errors.ts';

/** The same words whether an event is not there or not for this key. */
export const NO_SUCH_EVENT = 'There is no such event';
export const NO_SUCH_JOB = 'There is no such job';

/** The thing itself, or `not-found`. */
export function found<T>(thing: T | undefined, sentence = NO_SUCH_EVENT): T {
  if (thing === undefined) throw new Refusal('not-found', sentence);
  return thing;
}

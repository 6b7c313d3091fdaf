import * as z from 'zod';
import { defineFact, ids } from './envelope.ts';

/** Somebody answered the survey of an event by name, or changed their answer. Anonymous answers are no fact. */
export const surveyAnswered = defineFact('survey.answered', 1, z.object(ids), {
  eventId: 'zq3v8k2m5n7p9r4t',
  registrationId: '7h2k9m4p6r8t3w5x',
});

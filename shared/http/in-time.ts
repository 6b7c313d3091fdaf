import { type Invocation, timeLeft, within } from '#shared/patience.ts';
import type { HttpEvent, HttpResponse } from './reply.ts';

/** The same handler, which gives up while there is still time to say so: else the gateway would, in words of its own. */
export const inTime =
  <Told extends Invocation>(handler: (event: HttpEvent, told: Told) => Promise<HttpResponse>) =>
  (event: HttpEvent, told: Told): Promise<HttpResponse> =>
    within(timeLeft(told), () => handler(event, told));

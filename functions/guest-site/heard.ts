import * as z from 'zod';
import { linkRequested } from '#events/link-requested.ts';
import { type Invocation, timeLeft, within } from '#shared/patience.ts';

/** A fact as the bus hands it on: somebody asked for links. */
const Heard = z.object({ 'detail-type': z.literal(linkRequested.name), detail: linkRequested.detail });

/** Whether the bus calls, and not a visitor: no request that API Gateway hands on can say so. */
export const isFromBus = (event: object): boolean => 'detail-type' in event && !('requestContext' in event);

/** The wish that a fact speaks of. Throws where it is none we listen to. */
export const wishIn = (event: unknown): string => Heard.parse(event).detail.data.wishId;

/** Looks at the wish that a fact speaks of, and gives up while there is time to say so: Lambda, and then `sweep`, try again. */
export const heard =
  (look: (wishId: string) => Promise<void>) =>
  (event: unknown, told: Invocation): Promise<void> =>
    within(timeLeft(told), () => look(wishIn(event)));

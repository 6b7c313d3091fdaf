import { readDelivery } from './delivery.ts';
import type { Registration } from './registration.ts';
import type { Epoch } from './time.ts';

/** States a mail stays in until somebody releases it: refused for good, or nobody knows whether it was sent. */
export const UNSENT_STATES = ['failed', 'held'] as const;
export type UnsentState = (typeof UNSENT_STATES)[number];

/** A mail that did not go, as far as anybody knows, and that nothing will send by itself. */
export interface Unsent {
  readonly mailKey: string;
  readonly state: UnsentState;
  readonly reason: string;
  readonly at: Epoch;
  /** The mail that brought it along, whose fate it shares. */
  readonly carrier?: string;
}

/** Where an entry does not say why. */
const UNSAID = 'unknown';

/** A person's mails in this state, those included that another one in it brought along. */
export function unsentOf({ deliveries }: Pick<Registration, 'deliveries'>, state: UnsentState): Unsent[] {
  return Object.entries(deliveries).flatMap(([mailKey, entry]): Unsent[] => {
    const mail = readDelivery(entry);
    const carrier = mail.state === 'merged' ? mail.reason : undefined;
    const carried = carrier === undefined ? undefined : deliveries[carrier];
    const fate = carried === undefined ? mail : readDelivery(carried);
    if (fate.state !== state) return [];
    const { reason = UNSAID, epoch: at } = fate;
    return [{ mailKey, state, reason, at, ...(carrier !== undefined && { carrier }) }];
  });
}

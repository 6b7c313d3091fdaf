import type { Epoch } from './time.ts';

/** What became of one mail to one person. `claimed` is the only state in which a worker may call SES. */
export const DELIVERY_STATES = [
  'claimed',
  'sent',
  'delivered',
  'bounced',
  'complained',
  'failed',
  'skipped',
  'merged',
  'held',
] as const;
type DeliveryState = (typeof DELIVERY_STATES)[number];

/** One mail's entry in the ledger on a registration. */
export interface Delivery {
  readonly state: DeliveryState;
  /** When it came to be in this state, by the writer's clock. */
  readonly epoch: Epoch;
  /** 1 for the first claim; a take-over of a doubt counts on. 0 where nobody ever claimed it. */
  readonly attempt: number;
  /** Six random characters made per claim: who may settle it. */
  readonly owner: string;
  /** The `scheduleRevision` a mail that shows times rendered; 0 where an earlier attempt was taken, and its is not known. */
  readonly told?: number;
  /** When that mail was claimed: which of several a person was told last. While it is, `epoch` says so. */
  readonly toldAt?: Epoch;
  /** Why it was skipped, failed or held. */
  readonly reason?: string;
}

/** The entry as it is kept: `<state>|<epoch>|<attempt>|<owner>|<told>[.<toldAt>]|<reason>`, empty ends left off. */
export const writeDelivery = ({ state, epoch, attempt, owner, told, toldAt, reason }: Delivery): string =>
  [state, epoch, attempt, owner, writeTold(told, toldAt), reason ?? ''].join('|').replace(/\|+$/, '');

const writeTold = (told: number | undefined, toldAt: Epoch | undefined): string =>
  told === undefined ? '' : toldAt === undefined ? String(told) : `${told}.${toldAt}`;

/** Reads an entry. Throws when it is none: a ledger that cannot be read must never count as empty. */
export function readDelivery(entry: string): Delivery {
  const [state, epoch, attempt, owner = '', told = '', reason = ''] = entry.split('|');
  if (!isDeliveryState(state) || !/^\d+$/.test(epoch ?? '') || !/^\d+$/.test(attempt ?? '')) {
    throw new Error(`Not a delivery: ${entry}`);
  }
  return {
    state,
    epoch: Number(epoch),
    attempt: Number(attempt),
    owner,
    ...readTold(told),
    ...(reason !== '' && { reason }),
  };
}

function readTold(text: string): Pick<Delivery, 'told' | 'toldAt'> {
  if (text === '') return {};
  const [told, toldAt] = text.split('.');
  return { told: Number(told), ...(toldAt !== undefined && { toldAt: Number(toldAt) }) };
}

/** The entry once it is known what became of the mail. One that shows times keeps when it was claimed. */
export function becoming(
  { reason: _, ...known }: Delivery,
  next: Pick<Delivery, 'state' | 'epoch'> & { readonly reason?: string | undefined },
): Delivery {
  const { state, epoch, reason } = next;
  const toldAt = known.told === undefined ? undefined : (known.toldAt ?? known.epoch);
  return { ...known, state, epoch, ...(toldAt !== undefined && { toldAt }), ...(reason !== undefined && { reason }) };
}

const isDeliveryState = (text: string | undefined): text is DeliveryState =>
  DELIVERY_STATES.some((state) => state === text);

/** Nothing more will be done about a settled mail unless a receipt says otherwise. */
export const isSettled = ({ state }: Pick<Delivery, 'state'>): boolean => state !== 'claimed';

const REACHED_SES: readonly DeliveryState[] = ['sent', 'delivered', 'bounced', 'complained'];

/** SES took it: the person has, or may have, read it. */
export const wasSent = ({ state }: Pick<Delivery, 'state'>): boolean => REACHED_SES.includes(state);

export type Receipt = Exclude<DeliveryState, 'claimed' | 'skipped' | 'merged' | 'held'>;

/** No schedule's revision. */
const UNKNOWN = 0;

const RANK: Partial<Record<DeliveryState, number>> = { sent: 1, delivered: 2, bounced: 3, complained: 4 };

/**
 * The entry after SES reported on the mail, or undefined when that says nothing new. Receipts only rise, in whatever
 * order and however often they come, and they win over what we believed without one: `claimed`, `held`, `skipped`,
 * `failed`, or nothing at all. A rejection by SES (`failed`) is news only while the mail is in doubt.
 */
export function afterReceipt(
  before: Delivery | undefined,
  { receipt, epoch, attempt }: { receipt: Receipt; epoch: Epoch; attempt: number },
): Delivery | undefined {
  const known = before ? (RANK[before.state] ?? 0) : 0;
  if (receipt === 'failed') {
    const inDoubt = before?.state === 'claimed' && before.attempt === attempt;
    return inDoubt ? becoming(before, { state: 'failed', epoch, reason: 'rejected-by-ses' }) : undefined;
  }
  if ((RANK[receipt] ?? 0) <= known) return undefined;
  if (!before) return { state: receipt, epoch, attempt, owner: '' };
  const after = becoming(before, { state: receipt, epoch });
  return after.told === undefined || before.attempt === attempt ? after : { ...after, told: UNKNOWN };
}

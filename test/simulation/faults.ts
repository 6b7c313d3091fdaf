import type { Dice } from './dice.ts';

/**
 * Everything that goes wrong, and how often where it does: the chance per occasion on which it could. What an occasion is,
 * its place in the code says: a call of the table, a message, a mail.
 */
export const FAULTS = {
  'killed before a call': 0.006,
  'killed after a call': 0.006,
  'call hangs': 0.0015,
  'worker frozen': 0.004,
  'cold start': 0.1,

  'table slow': 0.02,
  'table throttled': 0.01,
  'partition throttled for a while': 0.001,
  'table reply lost, SDK repeats the write': 0.03,
  'table fails before the write': 0.004,
  'table fails after the write': 0.004,
  'transaction conflict': 0.05,
  'update meets a transaction': 0.01,
  'stale read': 0.2,
  'short page': 0.3,
  'index lags': 0.1,

  'stream late': 0.05,
  'stream batch repeated': 0.05,

  'message twice': 0.05,
  'message late': 0.05,
  'messages out of order': 0.3,
  'batch partly refused': 0.03,
  'sending to a queue fails': 0.01,
  'reply of a queue lost, SDK sends again': 0.02,
  'acknowledgement lost': 0.03,

  'facts partly refused': 0.05,
  'fact twice': 0.05,
  'fact late': 0.05,
  'fact lost': 0.2,

  'sweep missed': 0.1,
  'sweep late': 0.1,

  'schedule early': 0.2,
  'schedule late': 0.2,
  'schedule twice': 0.2,
  'schedule never': 0.2,
  'schedule call fails': 0.1,

  'SES slow': 0.05,
  'SES took it, reply lost': 0.06,
  'SES never got it, reply lost': 0.03,
  'stale socket': 0.02,
  'SES cannot be reached': 0.02,
  'SES 500, taken': 0.02,
  'SES 500, not taken': 0.02,
  'SES throttles in a burst': 0.02,
  'SES rejects the mail': 0.05,

  'receipt lost': 0.1,
  'receipt late': 0.1,
  'receipt twice': 0.1,
  'receipt before the reply': 0.2,
  'mail bounces': 0.05,
  'mail bounces for good': 0.03,
  complaint: 0.03,
} as const;
export type Fault = keyof typeof FAULTS;

/** What happens to the whole of a history at a moment of its own, not to one call: planned by the scenario. */
export const MISHAPS = [
  'receipts stuck',
  'receipts dead-lettered',
  'message dead-lettered',
  'SES account paused',
  'sender not verified',
  'recipient not verified',
  'daily quota used up',
  'worker timed out',
  'poison message',
  'message of an old version',
  'message of a version to come',
  'message before its time',
] as const;
export type Mishap = (typeof MISHAPS)[number];

/** What people and organisers do, at any moment: no fault, but as much a part of what must have been lived through. */
export const DEEDS = [
  'registers',
  'cancels',
  'undoes it',
  'mutes',
  'unmutes',
  'corrects their address',
  'asks for another address',
  'confirms another address',
  'moves',
  'is told of a move',
  'objects to a move',
  'objection lifted',
  'confirms their address',
  'has it sent after all',
  'lets it lapse',
  'corrects their details',
  'joins',
  'answers the survey',
  'answers anonymously',
  'erases their data',
  'comes back after erasure',
  'people are purged',
  'capacity raised',
  'has it sent again',
  'everything paused',
  'event paused',
  'campaign paused',
  'campaign stays paused',
  'triggered by hand',
  'held mails released',
  'failed mails released',
  'failed mail released with what it brought',
  'edits campaign',
  'edits the form',
  'reschedules',
  'postpones',
  'redates',
  'cancels event',
] as const;
export type Deed = (typeof DEEDS)[number];

/** Everything that is counted. */
export type Counted = Fault | Mishap | Deed;

export interface Faults {
  /** Whether it strikes on this occasion. Counts those that do. */
  strikes(fault: Fault): boolean;
  /** Something that happened without being asked for. */
  note(counted: Mishap | Deed): void;
  /** From now on nothing goes wrong any more. */
  stop(): void;
  active(): boolean;
  /** Nothing at all goes wrong in this history. */
  readonly calm: boolean;
  /** Whether this history has this fault at all. */
  has(fault: Fault): boolean;
  readonly struck: ReadonlyMap<Counted, number>;
}

/** Which faults a history has, and how often: some have none, most a few, some all of them. */
export function faults(chance: Dice): Faults {
  const wildness = chance.pick([0, 0.15, 0.3, 0.3, 0.5, 1]);
  const force = chance.pick([0.5, 1, 1, 3]);
  const rates = new Map<Fault, number>();
  for (const [fault, rate] of Object.entries(FAULTS) as [Fault, number][]) {
    if (chance.happens(wildness)) rates.set(fault, Math.min(0.5, rate * force));
  }
  const struck = new Map<Counted, number>();
  const note = (name: Counted) => void struck.set(name, (struck.get(name) ?? 0) + 1);
  let active = true;
  return {
    struck,
    note,
    active: () => active,
    calm: rates.size === 0,
    has: (fault) => rates.has(fault),
    stop: () => {
      active = false;
    },
    strikes(fault) {
      const rate = rates.get(fault);
      if (rate === undefined || !active || !chance.happens(rate)) return false;
      note(fault);
      return true;
    },
  };
}

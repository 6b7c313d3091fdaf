/** Keys, indexes and attributes that infrastructure and code must spell alike. */
export const KEYS = { partition: 'pk', sort: 'sk' } as const;

/** The attribute whose value names the fact a write states; `NO_FACT` says it states none. */
export const FACT = 'fact';
export const NO_FACT = '-';

/** By this a write whose reply was lost is known again. */
export const MARK = 'mark';

/** Epoch seconds after which DynamoDB may drop an item: budgets only. */
export const EXPIRES = 'expiresAt';

/** Sparse indexes: an item is listed while it carries the index's two attributes. */
export const INDEXES = {
  /** Events people can find, by the instant they start. */
  catalogue: { name: 'catalogue', partition: 'catalogue', sort: 'catalogueAt', projection: 'ALL' },
  /** Registrations that are owed a mail of lane `now` or a decision about their seat, by when it is due (epoch seconds). */
  greetDue: { name: 'greetDue', partition: 'greetDueShard', sort: 'greetDueAt', projection: 'KEYS_ONLY' },
  /** What a clock must come back to, by kind: events to plan, campaigns to fire, runs to finish. Epoch seconds. */
  due: { name: 'due', partition: 'due', sort: 'dueAt', projection: 'KEYS_ONLY' },
} as const;
export type IndexName = keyof typeof INDEXES;

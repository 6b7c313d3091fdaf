import type { FactName } from '#events/catalogue.ts';
import type { IndexName } from './names.ts';

export interface Key {
  readonly pk: string;
  readonly sk: string;
}
export type Item = Key & Record<string, unknown>;

/** Where a value lives in an item; more than one name for a value inside a map. */
export type Path = readonly [string, ...string[]];
type Scalar = string | number | boolean;

/** One thing that must be true of the item as it is, for a write to happen. */
export type Condition =
  | { readonly is: 'there' }
  | { readonly is: 'absent'; readonly path?: Path }
  | { readonly is: 'present'; readonly path: Path }
  | { readonly is: 'equal'; readonly path: Path; readonly value: unknown }
  /** Anything but that, or nothing at all. */
  | { readonly is: 'differs'; readonly path: Path; readonly value: Scalar }
  | { readonly is: 'one-of'; readonly path: Path; readonly values: readonly Scalar[] }
  | { readonly is: 'below'; readonly path: Path; readonly value: number | string }
  | { readonly is: 'in-set'; readonly path: Path; readonly value: string }
  | { readonly is: 'any'; readonly of: readonly Condition[] };

/** All of them must hold. */
export type Conditions = readonly Condition[];

/** What an update does to the item. */
export interface Change {
  readonly set?: readonly (readonly [Path, unknown])[];
  readonly remove?: readonly Path[];
  /** Adds to a number; a missing one counts as 0. Top-level paths only. */
  readonly add?: readonly (readonly [Path, number])[];
}

/** Every write says which fact it states, or that it states none: the stream is the outbox. */
interface Stated {
  readonly fact: FactName | undefined;
}
export type Update = Key & Change & Stated & { readonly when: Conditions };
export type Put = Stated & { readonly item: Item; readonly when?: Conditions };
export type Removal = Key & { readonly when?: Conditions };
/** Nothing is written, but the transaction happens only if this holds. */
export type Check = Key & { readonly when: Conditions };

export type Write =
  | { readonly put: Put }
  | { readonly update: Update }
  | { readonly remove: Removal }
  | { readonly check: Check };

/** Which items, in which order: of one partition, or of one partition of an index. */
export interface Range {
  readonly index?: IndexName;
  readonly partition: string;
  readonly prefix?: string;
  readonly atMost?: string | number;
  readonly descending?: boolean;
  readonly limit?: number;
  /** Where an earlier page stopped. */
  readonly after?: Record<string, unknown> | undefined;
  /** Reads what was committed before the call. Not possible on an index. */
  readonly consistent?: boolean;
}
export interface Page {
  readonly items: readonly Item[];
  readonly after?: Record<string, unknown>;
}

/** A condition did not hold; the item is as it was, and here it is. */
export class ConditionFailed extends Error {
  override readonly name = 'ConditionFailed';
  readonly item: Item | undefined;
  /** The request had been sent before, and nobody knows what became of it: it may have been done then. */
  readonly repeated: boolean;

  constructor(item: Item | undefined, repeated = false) {
    super('The item was not as the write expected');
    this.item = item;
    this.repeated = repeated;
  }
}

/** A transaction was refused: for each of its writes, the item that did not meet its conditions. */
export class TransactionRefused extends Error {
  override readonly name = 'TransactionRefused';
  /** By position of the write: present where that write's conditions failed. */
  readonly failed: readonly ({ readonly item: Item | undefined } | undefined)[];
  /** Somebody else wrote to the same items at the same moment: worth another try. */
  readonly conflict: boolean;

  constructor(failed: TransactionRefused['failed'], conflict = false) {
    super(conflict ? 'Another write was under way' : 'An item was not as the transaction expected');
    this.failed = failed;
    this.conflict = conflict;
  }
}

/** The table, without its keys: DynamoDB's semantics, and nothing that only one engine knows. */
export interface Table {
  get(key: Key, options?: { consistent?: boolean }): Promise<Item | undefined>;
  /** Those of them that are there, each once, in no order: one request where they are 100 at most. */
  getMany(keys: readonly Key[], options?: { consistent?: boolean }): Promise<readonly Item[]>;
  query(range: Range): Promise<Page>;
  /** How many items the range has in all, without reading them out. */
  count(range: Range & { readonly below?: string }): Promise<number>;
  /**
   * The item after the update. Throws ConditionFailed; as every single write, TransactionRefused for a conflict with a
   * transaction that is under way.
   */
  update(update: Update): Promise<Item>;
  put(put: Put): Promise<void>;
  remove(removal: Removal): Promise<void>;
  /** All of the writes, or none. Throws TransactionRefused. A repeat of the same `token` within 10 min does nothing. */
  transact(writes: readonly Write[], token?: string): Promise<void>;
}

/** Limits of DynamoDB that the emulators do not check. */
export const TABLE_LIMITS = { itemBytes: 400 * 1024, transactionWrites: 100, keyBytes: 1024 } as const;

import { isDeepStrictEqual } from 'node:util';
import { placeOf } from '#shared/domain/address.ts';
import { shardOf } from '#shared/domain/ids.ts';
import { forgetAt } from '#shared/domain/left-address.ts';
import { Registration } from '#shared/domain/registration.ts';
import { keys } from './keys.ts';
import type { Change, Condition, Conditions, Item, Path } from './table.ts';

/** By this the clock's index lists people whose address is to be confirmed, by when. */
export const CONFIRM = 'confirm';

/** By this it lists people who left an address that is to be forgotten, and when. An address to confirm comes first. */
export const LEFT = 'left';

/** A registration as its item: listed in the index of what is owed for as long as something is. */
export function toItem(registration: Registration): Item {
  const { greetDue, greetDueAt, addressHash, ...rest } = registration;
  const owes = greetDue && greetDue.size > 0;
  const { confirmBy } = registration;
  const dueAt = confirmBy ?? forgetAt(registration);
  return {
    ...keys.registration(registration.eventId, registration.registrationId),
    ...rest,
    ...(addressHash !== undefined && hashesOf(addressHash)),
    ...(dueAt !== undefined && { due: confirmBy === undefined ? LEFT : CONFIRM, dueAt }),
    ...(owes && { greetDue, greetDueAt, greetDueShard: String(shardOf(registration.registrationId)) }),
  };
}

/** Reads an item back. Throws on a corrupt one: that is our fault, never the caller's. */
export function fromItem({ sharedHash, ...item }: Item): Registration {
  const { addressHash } = item;
  const both = typeof sharedHash === 'string' && { addressHash: `${addressHash}.${sharedHash}` };
  return Registration.parse({ ...item, ...both });
}

/** Apart on the item, so that an earlier version finds there what it knows. */
function hashesOf(addressHash: string): { readonly addressHash: string; readonly sharedHash?: string } {
  const { own, shared } = placeOf(addressHash);
  return { addressHash: own, ...(shared !== undefined && { sharedHash: shared }) };
}

/** The person behind an item; nobody where it is missing, or what is left of somebody erased. */
export function personFrom(item: Item | undefined): Registration | undefined {
  const row = item && fromItem(item);
  return row?.erased ? undefined : row;
}

/** What every decision about a person rests on: a change computed from a row holds only while these stand. */
const GROUNDS = [
  'status',
  'admissions',
  'seat',
  'muted',
  'bounced',
  'erased',
  'provedAt',
  'newEmail',
  'confirmBy',
  'objectedAt',
] as const;

/** The smallest update from one row to the next, on condition that what it changes, and rests on, is as it was read. */
export function revision(
  before: Registration,
  after: Registration,
  restsOn: readonly Path[] = [],
): { change: Change; when: Conditions } {
  const [was, is] = [toItem(before), toItem(after)];
  const paths = changedPaths(was, is);
  const value = (item: Item, path: Path) =>
    path.reduce<unknown>((map, name) => (map as Record<string, unknown> | undefined)?.[name], item);
  const asRead = (path: Path): Condition => {
    const read = value(was, path);
    return read === undefined ? { is: 'absent', path } : { is: 'equal', path, value: read };
  };
  const grounds = GROUNDS.map((field): Path => [field]).filter(([field]) => !paths.some(([name]) => name === field));
  return {
    change: {
      set: paths.flatMap((path): (readonly [Path, unknown])[] => {
        const next = value(is, path);
        return next === undefined ? [] : [[path, next]];
      }),
      remove: paths.filter((path) => value(is, path) === undefined),
    },
    when: [{ is: 'there' }, ...[...grounds, ...restsOn, ...paths].map(asRead)],
  };
}

/** Fields that differ; of the deliveries, the single entries that do. */
function changedPaths(was: Item, is: Item): Path[] {
  const names = [...new Set([...Object.keys(was), ...Object.keys(is)])];
  return names.flatMap((name): Path[] => {
    if (isDeepStrictEqual(was[name], is[name])) return [];
    if (name !== 'deliveries') return [[name]];
    const [old, next] = [was[name], is[name]] as Record<string, string>[];
    const entries = [...new Set([...Object.keys(old ?? {}), ...Object.keys(next ?? {})])];
    return entries.filter((key) => old?.[key] !== next?.[key]).map((key): Path => [name, key]);
  });
}

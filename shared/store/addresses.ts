import { placeOf } from '#shared/domain/address.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { keys, sharersKey } from './keys.ts';
import type { Table, Write } from './table.ts';

/** Who holds an address, and who shares one. */
export const addressReads = (table: Table) => ({
  /** Who holds this address, if anybody. */
  async holderOf(addressHash: string): Promise<string | undefined> {
    const item = await table.get(keys.address(addressHash), { consistent: true });
    return item && String(item.registrationId);
  },

  /** Who holds which of these addresses: pairs of its hash and their id. */
  async holdersOf(addressHashes: readonly string[]): Promise<(readonly [string, string])[]> {
    const items = await table.getMany(addressHashes.map(keys.address));
    return items.map((item) => [item.pk.slice('ADDR#'.length), String(item.registrationId)] as const);
  },

  /** Everybody who shares a mailbox at an event, up to so many. */
  async sharersOf(sharedHash: string, limit: number): Promise<string[]> {
    const { items } = await table.query({ partition: sharersKey(sharedHash), prefix: 'SHARER#', limit });
    return items.map(({ registrationId }) => String(registrationId));
  },
});

/** Takes the new address and frees the old one, where they differ. */
export function addressWrites(
  { addressHash: before, registrationId }: Registration,
  { addressHash: after }: Registration,
): Write[] {
  if (after === undefined || after === before) return [];
  const [was, is] = [before === undefined ? undefined : placeOf(before), placeOf(after)];
  const theirs = [{ is: 'equal', path: ['registrationId'], value: registrationId }] as const;
  const own: Write[] = [
    { put: { item: { ...keys.address(after), registrationId }, when: [{ is: 'absent' }], fact: undefined } },
    ...(before === undefined ? [] : [{ remove: { ...keys.address(before), when: theirs } }]),
  ];
  const left = was?.shared === undefined ? [] : [{ remove: keys.sharer(was.shared, registrationId) }];
  return [
    ...(was?.own === is.own ? [] : own),
    ...(was?.shared === is.shared ? [] : [...sharerWrites(after, registrationId), ...left]),
  ];
}

/** Lists a person among those who share their mailbox, where several may. */
export function sharerWrites(addressHash: string, registrationId: string): Write[] {
  const { shared } = placeOf(addressHash);
  if (shared === undefined) return [];
  return [{ put: { item: { ...keys.sharer(shared, registrationId), registrationId }, fact: undefined } }];
}

import { SHARDS } from '#shared/domain/ids.ts';
import type { Item, Key } from '#shared/store/table.ts';
import { isRow } from './history.ts';

const ID = /^[0-9a-z]{16}$/;

/** Whose an item is: the id of the registration it belongs to, if it does to one. */
export function whose(item: Item): string | undefined {
  const { pk, sk } = item;
  if (isRow(item)) return sk.slice('REG#'.length);
  if (sk.startsWith('ANS#')) return sk.slice('ANS#'.length);
  if (sk === 'ADDR') return String(item.registrationId);
  if (pk.endsWith('#WAITLIST')) return sk.split('#')[1];
  // An anonymous answer goes by a longer word.
  return pk.endsWith('#SURVEY') && ID.test(sk) ? sk : undefined;
}

/** Whether an item is about people of this event, other than where their addresses lead. */
export function isOfPeople({ pk }: Key, eventId: string): boolean {
  const [what, id, part] = pk.split('#');
  return what === 'EVENT' && id === eventId && part !== undefined && (Number(part) < SHARDS || /^[A-Z]+$/.test(part));
}

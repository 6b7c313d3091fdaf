import { type ApiKey, mintKey } from '#shared/domain/api-key.ts';
import { type Chance, chance } from '#shared/domain/ids.ts';
import { apiKeyStore } from '#shared/store/api-keys.ts';
import { eventStore } from '#shared/store/events.ts';
import type { Table } from '#shared/store/table.ts';
import { Failure } from '../local/failure.ts';
import type { KeyWish } from './keys-options.ts';

export interface NewKey extends KeyWish {
  readonly table: Table;
  /** Epoch milliseconds. */
  readonly now?: () => number;
  readonly bytes?: Chance;
}

/** Makes a key. Its token is in the answer and nowhere else: the table keeps a hash. */
export async function createKey(wish: NewKey): Promise<{ key: ApiKey; token: string }> {
  const { table, now = Date.now, bytes = chance, name, scopes, events, expiresOn } = wish;
  for (const eventId of events ?? []) {
    const event = await eventStore(table).get(eventId);
    if (!event) throw new Failure(`There is no event ${eventId}.`);
  }
  const limits = { ...(events && { events }), ...(expiresOn && { expiresOn }) };
  const made = mintKey({ name, scopes, ...limits }, bytes, new Date(now()).toISOString());
  await apiKeyStore(table).add(made.key);
  return made;
}

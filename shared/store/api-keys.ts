import { ApiKey } from '#shared/domain/api-key.ts';
import { keys } from './keys.ts';
import type { Table } from './table.ts';

/** API keys at rest: hashes of secrets, never the secrets. */
export function apiKeyStore(table: Table) {
  return {
    async get(keyId: string): Promise<ApiKey | undefined> {
      const item = await table.get(keys.apiKey(keyId), { consistent: true });
      return item && ApiKey.parse(item);
    },

    async add(key: ApiKey): Promise<void> {
      await table.put({ item: { ...keys.apiKey(key.keyId), ...key }, when: [{ is: 'absent' }], fact: undefined });
    },

    /** Ends a key. Throws ConditionFailed when there is none. */
    async revoke(keyId: string, now: string): Promise<void> {
      await table.update({
        ...keys.apiKey(keyId),
        set: [[['revokedAt'], now]],
        when: [{ is: 'there' }],
        fact: undefined,
      });
    },
  };
}
export type ApiKeyStore = ReturnType<typeof apiKeyStore>;

import { Control } from '#shared/domain/control.ts';
import { keys } from './keys.ts';
import type { Table } from './table.ts';

/** The stop for everything, at rest. */
export function controlStore(table: Table) {
  return {
    async get(): Promise<Control | undefined> {
      const item = await table.get(keys.control(), { consistent: true });
      return item && Control.parse(item);
    },

    async set(control: Control): Promise<void> {
      const fact = control.paused ? 'sending.paused' : 'sending.resumed';
      await table.put({ item: { ...keys.control(), ...control }, fact });
    },
  };
}
export type ControlStore = ReturnType<typeof controlStore>;

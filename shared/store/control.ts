import { Control } from '#shared/domain/control.ts';
import type { Epoch } from '#shared/domain/time.ts';
import { keys } from './keys.ts';
import { ConditionFailed, type Path, type Table } from './table.ts';

const REFUSED: Path = ['refusedUntil'];

/** What holds for all mail, at rest. */
export function controlStore(table: Table) {
  return {
    async get(): Promise<Control | undefined> {
      const item = await table.get(keys.control(), { consistent: true });
      return item && Control.parse(item);
    },

    /** Pauses or resumes everything. A refusal of our sender is forgotten: whoever resumes wants SES to be asked at once. */
    async set(control: Control): Promise<void> {
      const fact = control.paused ? 'sending.paused' : 'sending.resumed';
      await table.put({ item: { ...keys.control(), ...control }, fact });
    },

    /** SES takes no mail from our sender: nobody asks again until then. The stop stays as it is. */
    async refused(until: Epoch): Promise<void> {
      const when = [
        {
          is: 'any',
          of: [
            { is: 'absent', path: REFUSED },
            { is: 'below', path: REFUSED, value: until },
          ],
        },
      ] as const;
      try {
        await table.update({ ...keys.control(), set: [[REFUSED, until]], when, fact: undefined });
      } catch (error) {
        if (!(error instanceof ConditionFailed)) throw error;
      }
    },
  };
}
export type ControlStore = ReturnType<typeof controlStore>;

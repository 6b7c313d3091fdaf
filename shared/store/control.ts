import { Control } from '#shared/domain/control.ts';
import { type Epoch, instantAt } from '#shared/domain/time.ts';
import { keys } from './keys.ts';
import { type Change, type Condition, ConditionFailed, type Path, type Table, type Update } from './table.ts';

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
      const set: Change['set'] = [[REFUSED, until]];
      const before = await attempt({ set, when: [{ is: 'there' }, isEarlier(until)] });
      // Versions before this one, which a stage may be rolled back to, read no item without a stop. Whoever was first is right.
      const flows: Change['set'] = [
        [['paused'], false],
        [['changedAt'], instantAt(until)],
      ];
      if (before === 'nothing there') await attempt({ set: [...set, ...flows], when: [{ is: 'absent' }] });
    },
  };

  async function attempt(change: Pick<Update, 'set' | 'when'>): Promise<'written' | 'as it was' | 'nothing there'> {
    try {
      await table.update({ ...keys.control(), ...change, fact: undefined });
      return 'written';
    } catch (error) {
      if (!(error instanceof ConditionFailed)) throw error;
      return error.item ? 'as it was' : 'nothing there';
    }
  }
}

const isEarlier = (until: Epoch): Condition => ({
  is: 'any',
  of: [
    { is: 'absent', path: REFUSED },
    { is: 'below', path: REFUSED, value: until },
  ],
});

export type ControlStore = ReturnType<typeof controlStore>;

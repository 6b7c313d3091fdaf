import { fine, hurts, type Verdict } from '../finding.ts';
import { counted, some } from '../words.ts';

/** A function, and whether what feeds it is switched on. */
export interface FunctionFacts {
  readonly name: string;
  readonly state: string;
  readonly lastUpdate: string;
  /** Names of its event sources that are switched off. */
  readonly asleep: readonly string[];
}

/** Whether every function can run, and is fed by its queue or stream. */
export function judgeFunctions(all: readonly FunctionFacts[]): Verdict[] {
  const broken = all.filter(
    // Inactive is a function that nobody called for weeks: the next call wakes it.
    ({ state, lastUpdate }) => !['Active', 'Inactive'].includes(state) || lastUpdate === 'Failed',
  );
  const starved = all.flatMap(({ name, asleep }) => asleep.map((source) => `${name} (${source})`));
  const found: Verdict[] = [];
  if (broken.length > 0)
    found.push(
      hurts(
        `${counted(broken.length, 'function')} cannot run, so what people wait for from there is left undone: ${some(broken.map(({ name, state, lastUpdate }) => `${name} (${state}, last update ${lastUpdate})`))}.`,
        'aws lambda get-function-configuration --function-name <its name> says why; deploy again',
      ),
    );
  if (starved.length > 0)
    found.push(
      hurts(
        `Nothing wakes ${some(starved)}: what waits there is done by nobody.`,
        'aws lambda update-event-source-mapping --uuid <its id> --enabled',
      ),
    );
  return found.length > 0 ? found : [fine(`${counted(all.length, 'function')} can run, and what feeds them is on.`)];
}

import type { Epoch } from '#shared/domain/time.ts';
import { checkName, type Scheduler, written } from '#shared/schedule/scheduler.ts';

interface Clocked {
  readonly at: Epoch;
  readonly body: unknown;
}

/** EventBridge Scheduler in memory: refuses what AWS refuses, and speaks when a test asks it to. `now` is epoch ms. */
export function memoryScheduler(now: () => number) {
  const clocks = new Map<string, Clocked>();
  const scheduler: Scheduler = {
    async put(schedule) {
      const { input } = written(schedule, Math.floor(now() / 1000));
      clocks.set(schedule.name, { at: schedule.at, body: JSON.parse(input) });
    },
    async remove(name) {
      checkName(name);
      clocks.delete(name);
    },
  };
  return {
    ...scheduler,
    clocks,
    /** What is due by now, earliest first; as on AWS, a clock that has spoken is gone. */
    due(): unknown[] {
      const spoken = [...clocks].filter(([, { at }]) => at * 1000 <= now()).sort(([, a], [, b]) => a.at - b.at);
      for (const [name] of spoken) clocks.delete(name);
      return spoken.map(([, { body }]) => body);
    },
    /** Loses a clock, as nobody ever should. */
    lose: (name: string) => clocks.delete(name),
  };
}

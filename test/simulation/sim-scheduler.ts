import { checkName, type Scheduler, written } from '#shared/schedule/scheduler.ts';
import type { Life } from './life.ts';
import { awsError, type Setting } from './setting.ts';

/** EventBridge Scheduler: one-time clocks that may speak late, twice, early, or never. */
export function simScheduler({ time, chance, faults, trace, violated }: Setting, spoken: (body: string) => void) {
  const clocks = new Map<string, { expression: string; input: string }>();
  const trip = () => chance.between(5, 60);

  const ring = (name: string, clock: { input: string }) => {
    if (clocks.get(name) !== clock) return;
    if (faults.strikes('schedule never')) {
      clocks.delete(name);
      return trace('scheduler', () => `loses ${name}`);
    }
    const twice = faults.strikes('schedule twice');
    const late = faults.strikes('schedule late') ? chance.between(1000, 600_000) : chance.between(0, 900);
    time.after(late, () => {
      if (clocks.get(name) === clock) clocks.delete(name);
      trace('scheduler', () => `speaks for ${name}`);
      spoken(clock.input);
      if (twice) time.after(chance.between(0, 90_000), () => spoken(clock.input));
    });
  };

  const set = (name: string, at: number, clock: { expression: string; input: string }) => {
    clocks.set(name, clock);
    if (faults.strikes('schedule early'))
      time.after(chance.between(0, Math.max(0, at * 1000 - time.now())), () => spoken(clock.input));
    time.at(at * 1000, () => ring(name, clock));
  };

  const of = (process: Life): Scheduler => {
    const ask = (what: string, act: () => void): Promise<void> =>
      process.request(what, ({ resolve, reject }) => {
        if (faults.strikes('schedule call fails'))
          return time.after(trip(), () => reject(awsError('ThrottlingException')));
        time.after(trip(), () => {
          try {
            act();
          } catch (error) {
            violated('EventBridge Scheduler would refuse a schedule', String(error));
            return reject(error);
          }
          time.after(trip(), () => resolve());
        });
      });
    return {
      put: async (schedule) => {
        // As the client does: it looks before it speaks.
        const clock = written(schedule, Math.floor(time.now() / 1000));
        await ask(`set clock ${schedule.name}`, () => {
          if (schedule.at * 1000 <= time.now() - 5000) throw awsError('ValidationException', 'at() is past');
          set(schedule.name, schedule.at, clock);
        });
      },
      remove: async (name) => {
        checkName(name);
        await ask(`remove clock ${name}`, () => void clocks.delete(name));
      },
    };
  };
  return { of, clocks };
}

import type { BusEntry } from './clients.ts';
import type { Setting } from './setting.ts';

const SECOND = 1000;

/** EventBridge: hands each fact to those whose rules name it; now and then late, twice, or never. */
export function simBus(
  { time, chance, faults, trace }: Setting,
  rules: readonly { readonly facts: readonly string[]; readonly target: (envelope: string, by: BusEntry) => void }[],
) {
  let made = 0;
  return (entry: BusEntry): void => {
    const { name, source, detail } = entry;
    const id = `b${++made}`;
    const envelope = JSON.stringify({ id, 'detail-type': name, source, detail: JSON.parse(detail) });
    for (const { facts, target } of rules) {
      if (!facts.includes(name)) continue;
      if (faults.strikes('fact lost')) {
        trace('bus', () => `loses ${name} ${detail}`);
        continue;
      }
      const deliver = (late: number) => time.after(late, () => target(envelope, entry));
      deliver(faults.strikes('fact late') ? chance.between(1, 300) * SECOND : chance.between(10, 200));
      if (faults.strikes('fact twice')) deliver(chance.between(0, 120) * SECOND);
    }
  };
}

import type { Item } from '#shared/store/table.ts';
import type { Setting } from './setting.ts';
import type { World } from './world.ts';

const NONSENSE = ['{', '[]', '{"v":1}', '"', '{"v":1,"eventId":"../../etc"}'];

/** What goes wrong for a while and for everybody, at moments of its own. */
export function mishaps(
  { time, chance, faults }: Setting,
  { ses, queueOf, names }: World,
  { moment, rows }: { moment: () => number; rows: () => Item[] },
): void {
  if (faults.calm) return;
  const maybe = (probability: number, act: () => void) => {
    if (chance.happens(probability)) time.at(moment(), act);
  };
  const fromNow = (low: number, high: number) => time.now() + chance.between(low, high);

  maybe(0.15, () => ses.pause(fromNow(10_000, 300_000)));
  maybe(0.15, () => ses.limit(chance.whole(0, 6), fromNow(60_000, 600_000)));
  maybe(0.2, () => {
    faults.note('receipts stuck');
    queueOf('receipts').stick(fromNow(30_000, 1_200_000));
  });
  maybe(0.1, () => {
    faults.note('receipts dead-lettered');
    queueOf('receipts').send({ body: '{"v":1,"type":"Delivery"}' });
  });
  for (const name of names) {
    maybe(0.03, () => {
      faults.note('poison message');
      const fifo = name === 'admit' ? { group: 'poison', deduplication: 'poison' } : {};
      queueOf(name).send({ body: chance.pick(NONSENSE), ...fifo });
    });
  }
  maybe(0.2, () => {
    const row = rows()[0];
    if (!row) return;
    faults.note('message of an old version');
    queueOf('now').send({ body: JSON.stringify({ v: 1, eventId: row.eventId, registrationId: row.registrationId }) });
  });
  maybe(0.1, () => {
    faults.note('message of a version to come');
    queueOf(chance.pick(names.filter((name) => name !== 'admit'))).send({ body: '{"v":2,"wave":"7"}' });
  });
}

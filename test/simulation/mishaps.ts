import type { Item } from '#shared/store/table.ts';
import { SENDER } from './mails.ts';
import type { Setting } from './setting.ts';
import type { World } from './world.ts';

const NONSENSE = ['{', '[]', '{"v":1}', '"', '{"v":1,"eventId":"../../etc"}'];

/** What goes wrong for a while and for everybody, at moments of its own. */
export function mishaps(
  { time, chance, faults }: Setting,
  { ses, queueOf, names }: World,
  { moment, rows, endsAt }: { moment: () => number; rows: () => Item[]; endsAt: number },
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
  unverify();
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

  /** Somebody forgot a record of the sender's zone, or an address in the sandbox. Dice of their own: older seeds stay what they were. */
  function unverify(): void {
    const own = chance.fork('identities');
    const from = () => own.between(time.now(), endsAt);
    const lasting = () => time.now() + own.between(10_000, own.pick([60_000, 300_000, 900_000]));
    if (own.happens(0.15))
      time.at(from(), () => {
        faults.note('sender not verified');
        ses.unverify(SENDER, lasting());
      });
    if (own.happens(0.1))
      time.at(from(), () => {
        const row = rows()[0];
        if (!row) return;
        faults.note('recipient not verified');
        ses.unverify(String(row.email), lasting());
      });
  }
}

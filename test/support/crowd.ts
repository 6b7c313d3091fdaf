import { chance, newId, randomWord } from '#shared/domain/ids.ts';
import type { Registration } from '#shared/domain/registration.ts';
import { toItem } from '#shared/store/registration-items.ts';
import { aRegistration } from './builders.ts';
import { deployedTable } from './deployed-table.ts';

const AT_ONCE = 25;

/** So many confirmed people at an event, put into the table as if their confirmations had been settled long ago. */
export async function crowd(eventId: string, count: number, host: string): Promise<Registration[]> {
  const { table } = deployedTable();
  const people = Array.from({ length: count }, (_, n) => {
    const ids = { eventId, registrationId: newId(chance), linkSeed: randomWord(16, chance) };
    return aRegistration({ ...ids, email: `person${n}@${host}` });
  });
  await inTurns(people, AT_ONCE, (row) => table.put({ item: toItem(row), fact: undefined }));
  return people;
}

/** Does something for each, for so many at once at most; the answers are in the order of those they are for. */
export async function inTurns<Each, Answer>(
  all: readonly Each[],
  atOnce: number,
  work: (each: Each, n: number) => Promise<Answer>,
): Promise<Answer[]> {
  const answers: Answer[] = [];
  let next = 0;
  const worker = async () => {
    for (let n = next++; n < all.length; n = next++) answers[n] = await work(all[n] as Each, n);
  };
  await Promise.all(Array.from({ length: atOnce }, worker));
  return answers;
}

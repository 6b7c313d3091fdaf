import { expect, test } from 'vitest';
import { watchDeadLetters } from '#functions/sweep/watch-dead-letters.ts';
import { DEAD_LETTERS, type WatchedQueue } from '#shared/queue/names.ts';
import { recordedLog } from '#test/support/http.ts';

function watching(held: Partial<Record<WatchedQueue, number>> = {}) {
  const logger = recordedLog();
  const counted: [string, number | undefined][] = [];
  let looks = 0;
  const watch = watchDeadLetters({
    deadLettersWaiting: async () => {
      looks++;
      return (Object.keys(DEAD_LETTERS) as WatchedQueue[]).map((queue) => [queue, held[queue] ?? 0] as const);
    },
    logger,
    count: (name, times) => void counted.push([name, times]),
  });
  return { watch, logger, counted, held, looks: () => looks };
}

test('while there are none, nothing is said and nothing counted: an idle stage pays for no metric', async () => {
  const { watch, logger, counted, looks } = watching();
  for (let minute = 0; minute < 10; minute++) await watch(minute * 60);
  expect(counted).toEqual([]);
  expect(logger.lines).toEqual([]);
  expect(looks()).toBe(5);
});

test('the first dead letter is told at the next look: which queue, how many, since when, and who is hurt', async () => {
  const { watch, logger, counted, held } = watching();
  await watch(0);
  held.admit = 3;
  held['lane-timed'] = 1;
  await watch(60);
  expect(counted).toEqual([]);
  await watch(120);
  await watch(240);
  expect(counted).toEqual([
    ['DeadLetters', 4],
    ['DeadLetters', 4],
  ]);
  expect(logger.lines.slice(2)).toMatchObject([
    { level: 'error', message: 'Dead letters wait', queue: 'lane-timed', messages: 1, seenFor: 120 },
    { queue: 'admit', messages: 3, seenFor: 120, hurt: DEAD_LETTERS.admit },
  ]);
});

test('once they are gone nothing is counted, and those that come later are new', async () => {
  const { watch, logger, counted, held } = watching({ jobs: 1 });
  await watch(0);
  held.jobs = 0;
  await watch(120);
  expect(counted).toHaveLength(1);
  held.jobs = 2;
  await watch(240);
  expect(logger.lines.at(-1)).toMatchObject({ queue: 'jobs', seenFor: 0 });
});

test('a round that comes a little early looks all the same, and after a failed look the next one looks at once', async () => {
  const { watch, looks } = watching();
  await watch(0);
  await watch(59);
  await watch(119);
  expect(looks()).toBe(2);
  let fails = true;
  let asked = 0;
  const shaky = watchDeadLetters({
    deadLettersWaiting: async () => {
      asked++;
      if (fails) throw new Error('SQS does not answer');
      return [];
    },
    logger: recordedLog(),
    count: () => {},
  });
  await expect(shaky(0)).rejects.toThrow('SQS does not answer');
  fails = false;
  await shaky(60);
  expect(asked).toBe(2);
});

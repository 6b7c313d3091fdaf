import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { debounced } from '#tools/local/watch.ts';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

test('many changes in a row are one deployment', async () => {
  const work = vi.fn(async (_poke: string) => {});
  const deploy = debounced(work, 300);
  deploy.poke('a.ts');
  await vi.advanceTimersByTimeAsync(200);
  deploy.poke('b.ts');
  await vi.advanceTimersByTimeAsync(299);
  expect(work).not.toHaveBeenCalled();
  await vi.advanceTimersByTimeAsync(1);
  expect(work.mock.calls).toEqual([['b.ts']]);
});

test('changes during a deployment lead to one more after it', async () => {
  let finish = () => {};
  const work = vi.fn(
    (_poke: string) =>
      new Promise<void>((resolve) => {
        finish = resolve;
      }),
  );
  const deploy = debounced(work, 300);
  deploy.poke('a.ts');
  await vi.advanceTimersByTimeAsync(300);
  deploy.poke('b.ts');
  deploy.poke('c.ts');
  await vi.advanceTimersByTimeAsync(1000);
  expect(work).toHaveBeenCalledTimes(1);
  finish();
  await vi.advanceTimersByTimeAsync(300);
  expect(work.mock.calls).toEqual([['a.ts'], ['c.ts']]);
});

test('after a stop nothing is deployed any more', async () => {
  const work = vi.fn(async (_poke: string) => {});
  const deploy = debounced(work, 300);
  deploy.poke('a.ts');
  deploy.stop();
  await vi.advanceTimersByTimeAsync(1000);
  expect(work).not.toHaveBeenCalled();
});

import { afterEach, beforeEach, expect, inject, test } from 'vitest';
import { settled, until } from '#test/support/deployed.ts';
import { lambdaCounts } from '#test/support/local-control.ts';
import { tinyWorker } from '#test/support/tiny-worker.ts';

const { endpoint } = inject('localAws');
type Tiny = Awaited<ReturnType<typeof tinyWorker>>;
let before: number;
let busy: Tiny;
let waiting: Tiny;

/** One function that is busy for eight seconds, while nothing else may run. */
beforeEach(async () => {
  before = (await lambdaCounts(endpoint)).concurrency;
  const handler = `await new Promise((resolve) => setTimeout(resolve, 8000));`;
  busy = await tinyWorker(endpoint, { handler, visibility: 20, timeout: 20, maxReceiveCount: 5 });
});
afterEach(async () => {
  await lambdaCounts(endpoint, before);
  await waiting.remove();
  await busy.remove();
});

const onlyBusy = async () => {
  await lambdaCounts(endpoint, 1);
  await busy.send('{}');
  // It has the only Lambda there is as soon as nobody else has it.
  await until('it to be busy', async () => (await lambdaCounts(endpoint)).longest[busy.name] === 1);
  await settled(1000);
};

test('a message that finds no Lambda free has been received when it is let go, and dies of that', async () => {
  waiting = await tinyWorker(endpoint, { handler: '', visibility: 1, maxReceiveCount: 2 });
  await onlyBusy();
  await waiting.send('{}');
  await until('the dead letter', async () => (await waiting.deadLetters()) === 1, 8000);
  const { throttled, letGo } = await lambdaCounts(endpoint);
  expect(throttled[waiting.name]).toBeGreaterThanOrEqual(2);
  expect(letGo[waiting.name]).toBe(2);
});

test('until its visibility timeout has passed it is tried again, and is worked on when a Lambda is free', async () => {
  waiting = await tinyWorker(endpoint, { handler: '', visibility: 20, maxReceiveCount: 1 });
  await onlyBusy();
  await waiting.send('{}');
  await until('it to be tried', async () => ((await lambdaCounts(endpoint)).throttled[waiting.name] ?? 0) > 2);
  await until('the queue to be empty', async () => (await waiting.waiting()) === 0, 20_000);
  expect(await waiting.deadLetters()).toBe(0);
  expect((await lambdaCounts(endpoint)).letGo[waiting.name]).toBeUndefined();
});

import { afterEach, expect, inject, test } from 'vitest';
import { until } from '#test/support/deployed.ts';
import { lambdaCounts } from '#test/support/local-control.ts';
import { rawAws } from '#test/support/raw-aws.ts';
import { tinyWorker } from '#test/support/tiny-worker.ts';

const { endpoint } = inject('localAws');

const RETURNS = `
  const { at, until } = JSON.parse(body);
  if (at < until) await sqs.send(new commands.SendMessageCommand({
    QueueUrl: process.env.QUEUE_URL, MessageBody: JSON.stringify({ at: at + 1, until }) }));`;

let worker: Awaited<ReturnType<typeof tinyWorker>>;
afterEach(() => worker.remove());

const counts = async () => {
  const { dropped, longest } = await lambdaCounts(endpoint);
  return { dropped: dropped[worker.name] ?? 0, longest: longest[worker.name] ?? 0 };
};

test('a function that returns its message runs sixteen times, then is refused until the message is dead', async () => {
  worker = await tinyWorker(endpoint, { handler: RETURNS, visibility: 5, timeout: 5, maxReceiveCount: 2 });
  await worker.send(JSON.stringify({ at: 1, until: 100 }));
  await until('the dead letter', async () => (await worker.deadLetters()) === 1);
  expect(await counts()).toEqual({ dropped: 2, longest: 17 });
});

test('sixteen runs are none too many', async () => {
  worker = await tinyWorker(endpoint, { handler: RETURNS, visibility: 5, timeout: 5, maxReceiveCount: 2 });
  await worker.send(JSON.stringify({ at: 1, until: 16 }));
  await until('the last run', async () => (await counts()).longest === 16);
  expect(await worker.deadLetters()).toBe(0);
  expect((await counts()).dropped).toBe(0);
});

test('a function whose loop is allowed goes on', async () => {
  worker = await tinyWorker(endpoint, { handler: RETURNS, visibility: 5, timeout: 5, maxReceiveCount: 2 });
  const path = `/2024-08-31/functions/${worker.name}/recursion-config`;
  await rawAws(endpoint).rest('lambda', 'PUT', path, { RecursiveLoop: 'Allow' });
  await worker.send(JSON.stringify({ at: 1, until: 20 }));
  await until('the last run', async () => (await counts()).longest === 20);
  expect((await counts()).dropped).toBe(0);
});

test('the same message received again makes no chain longer', async () => {
  worker = await tinyWorker(endpoint, { handler: `throw new Error('again')`, visibility: 1, maxReceiveCount: 4 });
  await worker.send('{}');
  await until('the dead letter', async () => (await worker.deadLetters()) === 1);
  expect(await counts()).toEqual({ dropped: 0, longest: 1 });
});

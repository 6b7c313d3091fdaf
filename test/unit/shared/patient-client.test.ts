import { globSync } from 'node:fs';
import { readFile } from 'node:fs/promises';
import { createServer, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { DynamoDBClient, GetItemCommand } from '@aws-sdk/client-dynamodb';
import { afterEach, expect, test, vi } from 'vitest';
import { OutOfPatience, within } from '#shared/patience.ts';
import { patientClient } from '#shared/patient-client.ts';

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
});

/** A table that answers as told, and how often it was asked. */
async function asking(answer: (response: ServerResponse) => void, patience?: Parameters<typeof patientClient>[0]) {
  let asked = 0;
  const server = createServer((_, response) => {
    asked++;
    answer(response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const client = new DynamoDBClient({
    ...patientClient(patience),
    endpoint: `http://127.0.0.1:${(server.address() as AddressInfo).port}`,
    region: 'eu-west-2',
    credentials: { accessKeyId: 'test', secretAccessKey: 'test' },
  });
  closing.push(() => {
    client.destroy();
    server.closeAllConnections();
    server.close();
  });
  const ask = () => client.send(new GetItemCommand({ TableName: 'T', Key: { pk: { S: 'p' } } }));
  return { ask, asked: () => asked };
}

test('a call that is never answered is given up after three tries', async () => {
  const { ask, asked } = await asking(() => {}, { request: 50 });
  await expect(ask()).rejects.toMatchObject({ name: 'TimeoutError' });
  expect(asked()).toBe(3);
});

test('when whoever waits gives up, the call ends with it, and no other begins', async () => {
  const { ask, asked } = await asking(() => {});
  const after: Promise<unknown>[] = [];
  const work = async () => {
    const first = ask();
    after.push(first.catch((error: Error) => error.name));
    await first.catch(() => {});
    after.push(ask().catch((error: Error) => error.name));
    return 'done';
  };
  await expect(within(100, work)).rejects.toBeInstanceOf(OutOfPatience);
  await after[0];
  await new Promise(setImmediate);
  expect(await Promise.all(after)).toEqual(['AbortError', 'AbortError']);
  expect(asked()).toBe(1);
});

test('patience within patience is the shorter one', async () => {
  const { ask } = await asking(() => {});
  await expect(within(10_000, () => within(50, ask))).rejects.toBeInstanceOf(OutOfPatience);
  await expect(within(50, () => within(10_000, ask))).rejects.toBeInstanceOf(OutOfPatience);
});

test('what fails at once fails once: nothing is left that would fail again when the time is over', async () => {
  vi.useFakeTimers();
  const atOnce = (): Promise<never> => {
    throw new Error('at once');
  };
  await expect(within(1000, atOnce)).rejects.toThrow('at once');
  expect(vi.getTimerCount()).toBe(0);
  vi.useRealTimers();
});

test('where nobody waits any more, nothing is begun', async () => {
  let begun = false;
  const work = async () => {
    begun = true;
  };
  await expect(within(0, work)).rejects.toBeInstanceOf(OutOfPatience);
  expect(begun).toBe(false);
});

test('every client of AWS in a function is patient, but for the one that SES is asked to send by', async () => {
  const made: string[] = [];
  for (const file of globSync('{functions,shared}/**/*.ts')) {
    const text = await readFile(file, 'utf8');
    for (const [call] of text.matchAll(/new \w+Client\([^;]*?\)(?=[,;)\n.])/g)) {
      if (!call.includes('patientClient(')) made.push(file);
    }
  }
  expect(made).toEqual(['shared/mail/ses.ts']);
});

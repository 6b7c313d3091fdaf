import { ReceiveMessageCommand, SendMessageCommand, SQSClient } from '@aws-sdk/client-sqs';
import { expect, test } from 'vitest';
import { deployed, settled, until } from '#test/support/deployed.ts';
import { killWorkersOf } from '#test/support/workers.ts';
import { clientConfig } from '#tools/local/endpoint.ts';

const app = deployed();
const queues = new SQSClient(clientConfig(app.endpoint));

const confirmation = async (eventId: string) =>
  (await app.people(eventId))[0]?.deliveries.find(({ mail }) => mail === 'confirmation');

test('a lost SES reply leaves one request on the wire, and the receipt settles it', async () => {
  const { eventId, slug } = await app.event();
  const email = `lost@${slug}.example.org`;
  await app.fault(email, 'lose-reply');
  await app.register(slug, email);
  await until('the receipt to settle it', async () => (await confirmation(eventId))?.state === 'delivered');
  await settled(4000);
  await app.sweep();
  await settled(2000);
  expect(await app.wire(email)).toHaveLength(1);
  expect(await app.mails(email)).toHaveLength(1);
});

test('kill -9 after SES accepted and before settling, then the receipt: still one mail', async () => {
  const { eventId, slug } = await app.event();
  const email = `killed@${slug}.example.org`;
  await app.fault(email, 'hold-reply');
  await app.register(slug, email);
  await until('SES to accept it', async () => (await app.mails(email)).length === 1);
  expect(killWorkersOf(String(app.outputs.SendFunctionName), app.endpoint)).toBeGreaterThan(0);
  expect(await confirmation(eventId)).toMatchObject({ state: 'claimed' });

  await app.releaseEvents();
  await until('the receipt to settle it', async () => (await confirmation(eventId))?.state === 'delivered');
  for (let round = 0; round < 3; round++) {
    await app.sweep();
    await settled(3000);
  }
  expect(await app.wire(email)).toHaveLength(1);
  expect(await app.mails(email)).toHaveLength(1);
});

test('nobody settles it and no receipt ever comes: sent once more after the grace, and never a third time', async () => {
  const { eventId, slug } = await app.event();
  const email = `twice@${slug}.example.org`;
  await app.fault(email, 'hold-reply');
  await app.register(slug, email);
  await until('SES to accept it', async () => (await app.mails(email)).length === 1);
  killWorkersOf(String(app.outputs.SendFunctionName), app.endpoint);
  await until(
    'the one repetition',
    async () => {
      await app.sweep();
      return (await confirmation(eventId))?.state === 'delivered';
    },
    90_000,
  );
  expect((await app.wire(email)).map(({ tags }) => tags.attempt)).toEqual(['1', '2']);
  await app.sweep();
  await settled(3000);
  expect(await app.wire(email)).toHaveLength(2);
}, 120_000);

test('after POST /sending/pause nothing leaves until resumed; then everything owed does, once', async () => {
  const { eventId, slug } = await app.event();
  const addresses = Array.from({ length: 5 }, (_, n) => `paused${n}@${slug}.example.org`);
  expect((await app.call('POST', '/api/v1/sending/pause', { body: { reason: 'Wrong link' } })).status).toBe(200);
  try {
    await Promise.all(addresses.map((email) => app.register(slug, email)));
    await until('all to be registered', async () => (await app.people(eventId)).length === 5);
    await settled(3000);
    await app.sweep();
    await settled(2000);
    for (const email of addresses) expect(await app.wire(email)).toEqual([]);
  } finally {
    expect((await app.call('POST', '/api/v1/sending/resume')).status).toBe(200);
  }
  for (const email of addresses) await until(`the mail to ${email}`, async () => (await app.mails(email)).length === 1);
  await app.sweep();
  await settled(3000);
  for (const email of addresses) expect(await app.wire(email)).toHaveLength(1);
});

test('a message that does not parse lies in the dead-letter queue with its reason, and the lane goes on', async () => {
  const { slug } = await app.event();
  const poison = JSON.stringify({ v: 99, note: crypto.randomUUID() });
  await queues.send(new SendMessageCommand({ QueueUrl: app.outputs.LaneNowQueueUrl, MessageBody: poison }));
  const email = `after@${slug}.example.org`;
  await app.register(slug, email);
  await until('the mail behind it', async () => (await app.mails(email)).length === 1);
  const buried = await until('the poison in the dead-letter queue', async () => {
    const receive = { QueueUrl: app.outputs.LaneNowDlqUrl, MessageAttributeNames: ['All'], VisibilityTimeout: 1 };
    const { Messages = [] } = await queues.send(new ReceiveMessageCommand(receive));
    return Messages.find(({ Body }) => Body === poison);
  });
  expect(buried.MessageAttributes?.reason?.StringValue).toMatch(/\S/);
});

import { createServer, type IncomingMessage, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';
import { afterEach, expect, test, vi } from 'vitest';
import type { Mail } from '#shared/mail/mailer.ts';
import { sesMailer } from '#shared/mail/ses.ts';
import { within } from '#shared/patience.ts';

const MAIL: Mail = {
  from: 'Rollcall <events@example.org>',
  to: 'ada@example.org',
  replyTo: 'help@example.org',
  subject: 'Your place is confirmed',
  html: '<p>Hello</p>',
  text: 'Hello',
  headers: { 'Auto-Submitted': 'auto-generated' },
  tags: { event: 'e-1', attempt: '1' },
  configurationSet: 'rollcall-service',
};

const closing: (() => void)[] = [];
afterEach(() => {
  for (const close of closing.splice(0)) close();
  vi.unstubAllEnvs();
});

type Answer = (request: IncomingMessage, response: ServerResponse) => void;

/** An SES that answers as told, and the bodies of all requests that reached it. */
async function ses(answer: Answer, options?: Parameters<typeof sesMailer>[0]) {
  const requests: Record<string, unknown>[] = [];
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk as Buffer);
    requests.push(JSON.parse(Buffer.concat(chunks).toString()));
    answer(request, response);
  });
  await new Promise<void>((ready) => server.listen(0, '127.0.0.1', ready));
  const { port } = server.address() as AddressInfo;
  vi.stubEnv('AWS_ENDPOINT_URL_SESV2', `http://127.0.0.1:${port}`);
  vi.stubEnv('AWS_REGION', 'eu-west-2');
  vi.stubEnv('AWS_ACCESS_KEY_ID', 'test');
  vi.stubEnv('AWS_SECRET_ACCESS_KEY', 'test');
  const mailer = sesMailer(options);
  closing.push(() => {
    mailer.close();
    server.closeAllConnections();
    server.close();
  });
  return { requests, mailer, stop: () => new Promise((done) => server.close(done)) };
}

const json =
  (status: number, body: object, name?: string): Answer =>
  (_, response) => {
    response.writeHead(status, { 'content-type': 'application/json', ...(name && { 'x-amzn-errortype': name }) });
    response.end(JSON.stringify(body));
  };

test('a mail is accepted once, with its tags, headers and configuration set', async () => {
  const { mailer, requests } = await ses(json(200, { MessageId: 'm-1' }));
  expect(await mailer.send(MAIL)).toEqual({ is: 'accepted', messageId: 'm-1' });
  expect(requests).toHaveLength(1);
  expect(requests[0]).toMatchObject({
    ConfigurationSetName: 'rollcall-service',
    Destination: { ToAddresses: ['ada@example.org'] },
    ReplyToAddresses: ['help@example.org'],
    EmailTags: [
      { Name: 'event', Value: 'e-1' },
      { Name: 'attempt', Value: '1' },
    ],
    Content: { Simple: { Headers: [{ Name: 'Auto-Submitted', Value: 'auto-generated' }] } },
  });
});

test('a lost reply leaves exactly one request on the wire, and a doubt', async () => {
  const { mailer, requests } = await ses((request) => request.socket.destroy());
  expect(await mailer.send(MAIL)).toMatchObject({ is: 'unknown' });
  expect(requests).toHaveLength(1);
});

test('an answer that never comes is a doubt too, and the request is given up', async () => {
  const { mailer, requests } = await ses(() => {}, { answerWithin: 400 });
  expect(await mailer.send(MAIL)).toMatchObject({ is: 'unknown' });
  expect(requests).toHaveLength(1);
});

test('a worker that is out of time, and thawed much later, sends nothing any more', async () => {
  const { mailer, requests } = await ses(json(200, { MessageId: 'm-1' }));
  const thawed = Promise.withResolvers<void>();
  const sends = () => thawed.promise.then(() => mailer.send(MAIL));
  let left: Promise<unknown> | undefined;
  await expect(within(1, () => (left = sends()))).rejects.toThrow('longer than whoever waits');
  thawed.resolve();
  expect(await left).toMatchObject({ is: 'unknown' });
  expect(requests).toHaveLength(0);
  expect(await sends()).toMatchObject({ is: 'accepted' });
});

test.each([
  [500, 'InternalServiceErrorException'],
  [503, 'ServiceUnavailable'],
])('%i %s is a doubt, after one request', async (status, name) => {
  const { mailer, requests } = await ses(json(status, { message: 'no' }, name));
  expect(await mailer.send(MAIL)).toEqual({ is: 'unknown', reason: name });
  expect(requests).toHaveLength(1);
});

test.each([
  [429, 'TooManyRequestsException', 'refused'],
  [400, 'LimitExceededException', 'refused'],
  [400, 'SendingPausedException', 'refused'],
  [403, 'AccessDeniedException', 'refused'],
  [404, 'NotFoundException', 'refused'],
  [400, 'MessageRejected', 'impossible'],
  [400, 'BadRequestException', 'impossible'],
])('%i %s is %s, with what SES says, after one request', async (status, name, is) => {
  const { mailer, requests } = await ses(json(status, { message: 'No.' }, name));
  expect(await mailer.send(MAIL)).toEqual({ is, reason: name, says: 'No.' });
  expect(requests).toHaveLength(1);
});

test('a sender who is not verified is refused by its sentence, not for good, after one request', async () => {
  const message =
    'Email address is not verified. The following identities failed the check in region EU-WEST-2: events@example.org';
  const { mailer, requests } = await ses(json(400, { message }, 'MessageRejected'));
  expect(await mailer.send(MAIL)).toMatchObject({ is: 'barred', whom: 'sender' });
  expect(requests).toHaveLength(1);
});

test.each([
  ['Acme, Inc. <events@example.org>', '"Acme, Inc." <events@example.org>'],
  ['"Acme, Inc." <events@example.org>', '"Acme, Inc." <events@example.org>'],
  ['Größe <events@example.org>', '=?UTF-8?B?R3LDtsOfZQ==?= <events@example.org>'],
])('a sender named %s goes to SES as %s', async (from, wire) => {
  const { mailer, requests } = await ses(json(200, { MessageId: 'm-1' }));
  await mailer.send({ ...MAIL, from });
  expect(requests[0]).toMatchObject({ FromEmailAddress: wire });
});

test('what is no address never leaves, as a recipient or for replies', async () => {
  const { mailer, requests } = await ses(json(200, {}));
  for (const field of ['to', 'replyTo'] as const)
    await expect(mailer.send({ ...MAIL, [field]: 'a@example.org, b@example.org' })).rejects.toThrow('Not an address');
  expect(requests).toHaveLength(0);
});

test('a connection that never was is no doubt: SES has not got it', async () => {
  const { mailer, stop, requests } = await ses(json(200, {}));
  await stop();
  expect(await mailer.send(MAIL)).toMatchObject({ is: 'refused' });
  expect(requests).toHaveLength(0);
});

test('a tag SES would refuse never leaves', async () => {
  const { mailer, requests } = await ses(json(200, {}));
  await expect(mailer.send({ ...MAIL, tags: { event: 'ada@example.org' } })).rejects.toThrow('Not an SES tag');
  expect(requests).toHaveLength(0);
});

import { ListConfigurationSetsCommand, SESv2Client, SendEmailCommand } from '@aws-sdk/client-sesv2';
import { afterEach, beforeAll, expect, inject, test } from 'vitest';
import * as z from 'zod';
import { clientConfig } from '#tools/local/endpoint.ts';

const { sesUrl, mailUrl, endpoint } = inject('localAws');
const ses = new SESv2Client({ ...clientConfig(endpoint), endpoint: sesUrl, maxAttempts: 1 });
let configurationSet: string | undefined;

beforeAll(async () => {
  configurationSet = (await ses.send(new ListConfigurationSetsCommand({}))).ConfigurationSets?.[0];
});
afterEach(() => Promise.all([front('DELETE', '/faults'), front('DELETE', '/identities')]));

const front = async (method: string, path: string, body?: unknown) => {
  const answer = await fetch(`${sesUrl}/_front${path}`, {
    method,
    ...(body !== undefined && { body: JSON.stringify(body) }),
  });
  return answer.json();
};
const Store = z.object({ emails: z.array(z.object({ destination: z.object({ to: z.array(z.string()) }) })) });
const requestsTo = (to: string) => front('GET', `/requests?to=${encodeURIComponent(to)}`);
const mailsTo = async (to: string) => {
  const { emails } = Store.parse(await (await fetch(`${mailUrl}/store`)).json());
  return emails.filter(({ destination }) => destination.to.includes(to));
};
const send = (to: string, about: Partial<ConstructorParameters<typeof SendEmailCommand>[0]> = {}) =>
  ses.send(
    new SendEmailCommand({
      FromEmailAddress: 'Rollcall <events@example.org>',
      Destination: { ToAddresses: [to] },
      ConfigurationSetName: configurationSet,
      EmailTags: [{ Name: 'registration', Value: 'r1' }],
      Content: { Simple: { Subject: { Data: 'Hello' }, Body: { Text: { Data: 'Hello.' } } } },
      ...about,
    }),
  );

test('a mail reaches the mailbox, and the request is on record with its tags', async () => {
  const to = 'front-plain@example.org';
  const { MessageId } = await send(to);
  expect(await mailsTo(to)).toHaveLength(1);
  expect(await requestsTo(to)).toMatchObject({
    count: 1,
    requests: [{ to: [to], configurationSet, tags: { registration: 'r1' }, outcome: 'accepted', messageId: MessageId }],
  });
});

test('a lost reply leaves the mail sent and the caller without an answer', async () => {
  const to = 'front-lost@example.org';
  await front('POST', '/faults', { next: 1, fault: 'lose-reply', to });
  await expect(send(to)).rejects.toThrow();
  expect(await mailsTo(to)).toHaveLength(1);
});

test.each([
  ['throttle', 'TooManyRequestsException'],
  ['reject', 'MessageRejected'],
  ['500', 'InternalServiceErrorException'],
])('%s refuses the mail the way SES does', async (fault, name) => {
  const to = `front-${fault}@example.org`;
  await front('POST', '/faults', { next: 1, fault, to });
  await expect(send(to)).rejects.toMatchObject({ name });
  expect(await mailsTo(to)).toEqual([]);
  await send(to);
  expect(await mailsTo(to)).toHaveLength(1);
});

test('an unknown fault is refused', async () => {
  expect(await front('POST', '/faults', { next: 1, fault: 'gremlins' })).toHaveProperty('message');
});

test('a sender that is not verified and a configuration set that is not there are refused', async () => {
  await expect(send('front-x@example.org', { FromEmailAddress: 'a@elsewhere.example' })).rejects.toMatchObject({
    name: 'MessageRejected',
  });
  await expect(send('front-x@example.org', { ConfigurationSetName: 'nonesuch' })).rejects.toMatchObject({
    name: 'NotFoundException',
  });
  expect(await mailsTo('front-x@example.org')).toEqual([]);
});

const SENTENCE = /^Email address is not verified\. The following identities failed the check in region [A-Z0-9-]+: /;

test('an identity that is ordered to be not verified is refused as SES words it, until it is verified again', async () => {
  const to = 'front-unverified@example.org';
  await front('POST', '/identities', { identity: 'example.org', verified: false });
  await expect(send(to)).rejects.toMatchObject({
    name: 'MessageRejected',
    message: expect.stringMatching(new RegExp(`${SENTENCE.source}events@example\\.org$`)),
  });
  await front('POST', '/identities', { identity: 'example.org', verified: true });
  await send(to);
  expect(await requestsTo(to)).toMatchObject({ requests: [{ outcome: 'refused' }, { outcome: 'accepted' }] });
});

test('in the sandbox mail goes to verified addresses and the simulator only, outside of it to everybody', async () => {
  await send('front-sandbox@elsewhere.example');
  await front('POST', '/sandbox', { sandbox: true });
  await expect(send('front-sandbox@elsewhere.example')).rejects.toMatchObject({
    name: 'MessageRejected',
    message: expect.stringMatching(/: front-sandbox@elsewhere\.example$/),
  });
  await send('front-sandbox@example.org');
  await send('success@simulator.amazonses.com');
});

test.each([
  ['a comma', { FromEmailAddress: 'Acme, Inc. <events@example.org>' }],
  ['a tag', { EmailTags: [{ Name: 'to', Value: 'ada@example.org' }] }],
])('%s that SES refuses is refused', async (_, about) => {
  await expect(send('front-rules@example.org', about)).rejects.toMatchObject({ name: 'BadRequestException' });
});

test.each([
  ['/identities', { identity: 'example.org' }],
  ['/sandbox', { sandbox: 'yes' }],
])('an order to %s that is none is refused', async (path, order) => {
  expect(await front('POST', path, order)).toHaveProperty('message');
});

import {
  ChangeMessageVisibilityCommand,
  DeleteMessageCommand,
  GetQueueAttributesCommand,
  type Message,
  PurgeQueueCommand,
  ReceiveMessageCommand,
  SendMessageCommand,
  SQSClient,
} from '@aws-sdk/client-sqs';
import { mockClient } from 'aws-sdk-client-mock';
import { beforeEach, describe, expect, test } from 'vitest';
import { deadLettersOptions } from '#tools/dead-letters/options.ts';
import { QUEUES, queuesIn } from '#tools/dead-letters/queues.ts';
import { count, discard, look, purge, redrive } from '#tools/dead-letters/work.ts';

describe('the command line', () => {
  test('lists unless something else is said; the stage is local unless said otherwise', () => {
    expect(deadLettersOptions([])).toEqual({ command: { do: 'list' }, stage: 'local' });
    expect(deadLettersOptions(['redrive', 'lane-now', '--stage', 'prod'])).toEqual({
      command: { do: 'redrive', queue: 'lane-now' },
      stage: 'prod',
    });
    expect(deadLettersOptions(['purge', 'x', '--help']).command).toEqual({ do: 'help' });
  });

  test.each([
    [['empty', 'admit'], /^“empty” is no command; there are list, look, redrive, discard, purge\.$/],
    [['look'], /^Say which queue: there are lane-now, /],
    [['look', 'lane-new'], /^“lane-new” is no queue of dead letters: there are lane-now, /],
    [['list', 'admit'], /^“admit” is one word too many\.$/],
    [['look', 'admit', 'jobs'], /^“jobs” is one word too many\.$/],
    [['redrive', 'publish'], /cannot be put back; the runbook says what to do\.$/],
    [
      ['look', 'admit', '--queue', 'x'],
      /^Unknown option '--queue' \(npm run dead-letters -- --help lists the options\)$/,
    ],
    [['list', '--stage', 'prd'], /^There is no stage “prd”; infra\/stages\.ts has local, dev, prod\.$/],
  ])('%j is a sentence', (args, sentence) => {
    expect(() => deadLettersOptions(args)).toThrow(sentence);
  });
});

test('a queue that the deployed stack does not have is a sentence', () => {
  expect(() => queuesIn({}, 'campaigns')).toThrow('The deployed stack has no output CampaignsDlqUrl: deploy it again.');
  expect(QUEUES).toHaveLength(8);
});

describe('what is done with dead letters', () => {
  const queues = { deadLetters: 'https://queue.test/dead', source: 'https://queue.test/source' };
  const aws = mockClient(SQSClient);
  const sqs = new SQSClient({ region: 'eu-west-2' });
  const letter = (n: number, more: Partial<Message> = {}): Message => ({
    MessageId: `m${n}`,
    ReceiptHandle: `r${n}`,
    Body: `{"registrationId":"${n}"}`,
    Attributes: { SentTimestamp: String(Date.UTC(2026, 10, 23, 12)) },
    ...more,
  });
  const poison = (n: number) =>
    letter(n, { MessageAttributes: { reason: { DataType: 'String', StringValue: 'no id' } } });

  /** The queue as SQS hands it out: what is taken is out of sight, and comes back only when it is given back. */
  let waiting: Message[] = [];
  let taken: Message[] = [];
  beforeEach(() => {
    aws.reset();
    waiting = [letter(1), poison(2), ...Array.from({ length: 12 }, (_, n) => letter(n + 3))];
    taken = [];
    aws.on(ReceiveMessageCommand).callsFake(() => {
      const Messages = waiting.splice(0, 10);
      taken.push(...Messages);
      return { Messages };
    });
    aws.on(DeleteMessageCommand).callsFake(({ ReceiptHandle }) => {
      taken = taken.filter((each) => each.ReceiptHandle !== ReceiptHandle);
      return {};
    });
    aws.on(ChangeMessageVisibilityCommand).callsFake(({ ReceiptHandle, VisibilityTimeout }) => {
      expect(VisibilityTimeout).toBe(0);
      waiting.push(...taken.filter((each) => each.ReceiptHandle === ReceiptHandle));
      taken = taken.filter((each) => each.ReceiptHandle !== ReceiptHandle);
      return {};
    });
    aws.on(SendMessageCommand).resolves({});
  });
  const sent = () => aws.commandCalls(SendMessageCommand).map(({ args: [{ input }] }) => input);

  test('those that can be read go back to the queue they came from, and only those', async () => {
    expect(await redrive(sqs, queues)).toEqual({ done: 13, left: 1 });
    expect(sent().map(({ QueueUrl, MessageBody }) => [QueueUrl, MessageBody])).toEqual(
      [1, ...Array.from({ length: 12 }, (_, n) => n + 3)].map((n) => [queues.source, letter(n).Body]),
    );
    expect([waiting, taken]).toEqual([[poison(2)], []]);
  });

  test('one that could not be put back stays', async () => {
    aws.on(SendMessageCommand).rejects(new Error('no'));
    await expect(redrive(sqs, queues)).rejects.toThrow('no');
    expect(aws.commandCalls(DeleteMessageCommand)).toHaveLength(0);
  });

  test('those of a FIFO queue go back in their group, and not as a repetition of themselves', async () => {
    waiting = [letter(1, { Attributes: { MessageGroupId: 'event-1', MessageDeduplicationId: 'before' } })];
    await redrive(sqs, queues);
    expect(sent()).toMatchObject([{ MessageGroupId: 'event-1', MessageDeduplicationId: 'm1' }]);
  });

  test('those that can never be read are deleted, and only those', async () => {
    expect(await discard(sqs, queues)).toEqual({ done: 1, left: 13 });
    expect(waiting.map(({ MessageId }) => MessageId)).not.toContain('m2');
    expect(waiting).toHaveLength(13);
  });

  test('ten are shown at most, with when and why, and none is taken away', async () => {
    const shown = await look(sqs, queues);
    expect(shown).toHaveLength(10);
    expect(shown.slice(0, 2)).toEqual([
      '2026-11-23T12:00:00.000Z  m1\n  {"registrationId":"1"}',
      '2026-11-23T12:00:00.000Z  m2\n  reason: no id\n  {"registrationId":"2"}',
    ]);
    expect([waiting.length, taken.length]).toEqual([14, 0]);
  });

  test('all are counted, and all are deleted', async () => {
    aws
      .on(GetQueueAttributesCommand)
      .resolves({ Attributes: { ApproximateNumberOfMessages: '12', ApproximateNumberOfMessagesNotVisible: '2' } });
    expect(await count(sqs, queues)).toBe(14);
    await purge(sqs, queues);
    expect(aws.commandCalls(PurgeQueueCommand)[0]?.args[0].input).toEqual({ QueueUrl: queues.deadLetters });
  });
});

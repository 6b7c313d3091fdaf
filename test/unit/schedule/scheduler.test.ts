import {
  ConflictException,
  CreateScheduleCommand,
  DeleteScheduleCommand,
  ResourceNotFoundException,
  SchedulerClient,
  ThrottlingException,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { mockClient } from 'aws-sdk-client-mock';
import { describe, expect, test } from 'vitest';
import { eventBridgeScheduler } from '#shared/schedule/event-bridge.ts';
import type { Scheduler } from '#shared/schedule/scheduler.ts';
import { NOW_EPOCH } from '#test/support/builders.ts';
import { memoryScheduler } from '#test/support/scheduler.ts';

const now = () => NOW_EPOCH * 1000 + 400;
const clock = { name: 'zq3v8k2m5n7p9r4t-2', at: NOW_EPOCH + 3600, body: { v: 1 } };
const said = { $metadata: {}, message: '', Message: '' };
const there = () => new ConflictException(said);
const gone = () => new ResourceNotFoundException(said);

function aws() {
  const client = mockClient(SchedulerClient);
  client.onAnyCommand().resolves({});
  const scheduler = eventBridgeScheduler({
    client: client as unknown as SchedulerClient,
    group: 'rollcall-test',
    roleArn: 'arn:aws:iam::000000000000:role/clock',
    queueArn: 'arn:aws:sqs:eu-west-2:000000000000:start-run',
    deadLettersArn: 'arn:aws:sqs:eu-west-2:000000000000:start-run-dlq',
    now,
  });
  const calls = () => client.calls().map(({ args }) => args[0].constructor.name);
  return { client, scheduler, calls };
}

describe('a clock at EventBridge', () => {
  test('speaks once, in UTC, to the second, and is gone afterwards', async () => {
    const { client, scheduler } = aws();
    await scheduler.put(clock);
    expect(client.commandCalls(CreateScheduleCommand)[0]?.args[0].input).toMatchObject({
      Name: 'zq3v8k2m5n7p9r4t-2',
      GroupName: 'rollcall-test',
      ScheduleExpression: 'at(2026-11-23T11:00:00)',
      ScheduleExpressionTimezone: 'UTC',
      FlexibleTimeWindow: { Mode: 'OFF' },
      ActionAfterCompletion: 'DELETE',
    });
  });

  test('speaks to the queue as its role, again and again for a day, and then to the dead letters', async () => {
    const { client, scheduler } = aws();
    await scheduler.put(clock);
    expect(client.commandCalls(CreateScheduleCommand)[0]?.args[0].input.Target).toEqual({
      Arn: 'arn:aws:sqs:eu-west-2:000000000000:start-run',
      RoleArn: 'arn:aws:iam::000000000000:role/clock',
      Input: '{"v":1}',
      DeadLetterConfig: { Arn: 'arn:aws:sqs:eu-west-2:000000000000:start-run-dlq' },
      RetryPolicy: { MaximumEventAgeInSeconds: 86_400, MaximumRetryAttempts: 185 },
    });
  });

  test('that is set already is set anew, with everything said again', async () => {
    const { client, scheduler, calls } = aws();
    client.on(CreateScheduleCommand).rejects(there());
    await scheduler.put(clock);
    expect(calls()).toEqual(['CreateScheduleCommand', 'UpdateScheduleCommand']);
    const [created] = client.commandCalls(CreateScheduleCommand);
    expect(client.commandCalls(UpdateScheduleCommand)[0]?.args[0].input).toEqual(created?.args[0].input);
  });

  test('that speaks between two calls is made once more', async () => {
    const { client, scheduler, calls } = aws();
    client.on(CreateScheduleCommand).rejectsOnce(there()).resolves({});
    client.on(UpdateScheduleCommand).rejects(gone());
    await scheduler.put(clock);
    expect(calls()).toEqual(['CreateScheduleCommand', 'UpdateScheduleCommand', 'CreateScheduleCommand']);
  });

  test('that others keep changing is given up with an error, not in silence', async () => {
    const { client, scheduler } = aws();
    client.on(CreateScheduleCommand).rejects(there());
    client.on(UpdateScheduleCommand).rejects(there());
    await expect(scheduler.put(clock)).rejects.toThrow('Somebody else keeps changing this schedule');
  });

  test('that is refused for another reason is not taken for one that is there', async () => {
    const { client, scheduler, calls } = aws();
    client.on(CreateScheduleCommand).rejects(new ThrottlingException(said));
    await expect(scheduler.put(clock)).rejects.toThrow(ThrottlingException);
    expect(calls()).toEqual(['CreateScheduleCommand']);
  });

  test('is taken back by name, and twice does no harm', async () => {
    const { client, scheduler } = aws();
    client.on(DeleteScheduleCommand).resolvesOnce({}).rejects(gone());
    await scheduler.remove(clock.name);
    await scheduler.remove(clock.name);
    expect(client.commandCalls(DeleteScheduleCommand).map(({ args }) => args[0].input)).toEqual([
      { Name: clock.name, GroupName: 'rollcall-test' },
      { Name: clock.name, GroupName: 'rollcall-test' },
    ]);
  });

  test('is taken back once a change that is under way is over', async () => {
    const { client, scheduler } = aws();
    client.on(DeleteScheduleCommand).rejectsOnce(there()).resolves({});
    await scheduler.remove(clock.name);
    expect(client.commandCalls(DeleteScheduleCommand)).toHaveLength(2);
  });

  test('that could not be taken back is not said to be', async () => {
    const { client, scheduler } = aws();
    client.on(DeleteScheduleCommand).rejects(new ThrottlingException(said));
    await expect(scheduler.remove(clock.name)).rejects.toThrow(ThrottlingException);
  });
});

describe.each<[string, () => { scheduler: Scheduler; calls: () => unknown[] }]>([
  ['EventBridge', aws],
  [
    'its twin in memory',
    () => {
      const scheduler = memoryScheduler(now);
      return { scheduler, calls: () => [...scheduler.clocks] };
    },
  ],
])('%s', (_, made) => {
  test.each([
    ['a name of 65 characters', { name: 'a'.repeat(65) }, 'Not a name'],
    ['no name', { name: '' }, 'Not a name'],
    ['a name with an @', { name: '2@s1' }, 'Not a name'],
    ['a name with a line break at its end', { name: 'a\n' }, 'Not a name'],
    ['a time that is past', { at: NOW_EPOCH - 60 }, 'lies in the future: 2026-11-23T09:59:00Z'],
    ['this very second', { at: NOW_EPOCH }, 'lies in the future'],
    ['half a second', { at: NOW_EPOCH + 60.5 }, 'whole seconds'],
    ['no time at all', { at: Number.NaN }, 'whole seconds'],
    ['more than 256 KB', { body: 'ä'.repeat(128 * 1024) }, '256 KB'],
    ['nothing to say', { body: undefined }, 'says something'],
  ])('is never asked for %s', async (_name, wrong, why) => {
    const { scheduler, calls } = made();
    await expect(scheduler.put({ ...clock, ...wrong })).rejects.toThrow(why);
    expect(calls()).toEqual([]);
  });

  test('takes a name of 64 characters and the next second', async () => {
    const { scheduler, calls } = made();
    await scheduler.put({ ...clock, name: 'a-_.Z9'.padEnd(64, 'a'), at: NOW_EPOCH + 1 });
    expect(calls()).toHaveLength(1);
  });

  test('takes back no clock whose name cannot be one', async () => {
    const { scheduler, calls } = made();
    await expect(scheduler.remove('a/b')).rejects.toThrow('Not a name');
    expect(calls()).toEqual([]);
  });
});

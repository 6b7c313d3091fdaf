import { describe, expect, test } from 'vitest';
import { DEAD_LETTERS } from '#shared/queue/names.ts';
import { WORKERS } from '#test/simulation/workers.ts';
import { resourcesOf } from './synthesised.ts';

describe.each(['local', 'dev', 'prod'])('in the %s stage', (stage) => {
  const queues = resourcesOf(stage, 'AWS::SQS::Queue');
  const sources = Object.values(resourcesOf(stage, 'AWS::Lambda::EventSourceMapping'));
  const functions = resourcesOf(stage, 'AWS::Lambda::Function');
  const deadLetters = new Set([
    ...Object.values(queues).flatMap(
      ({ Properties }) => Properties.RedrivePolicy?.deadLetterTargetArn['Fn::GetAtt'][0] ?? [],
    ),
    ...sources.flatMap(({ Properties }) => Properties.DestinationConfig?.OnFailure.Destination['Fn::GetAtt'][0] ?? []),
  ]);
  const fed = sources.flatMap(({ Properties }) => {
    const queue = queues[Properties.EventSourceArn['Fn::GetAtt'][0]];
    const fn = functions[Properties.FunctionName.Ref];
    return queue && fn ? [{ source: Properties, queue: queue.Properties, fn: fn.Properties }] : [];
  });

  test('there are queues, and functions they feed', () => {
    expect(Object.keys(queues)).toHaveLength(15);
    expect(fed).toHaveLength(7);
  });

  test('every queue has a dead-letter queue or is one', () => {
    for (const [id, { Properties }] of Object.entries(queues))
      expect(Properties.RedrivePolicy !== undefined || deadLetters.has(id), id).toBe(true);
  });

  test('a dead-letter queue is of its queue’s kind and keeps messages for two weeks', () => {
    for (const { Properties } of Object.values(queues)) {
      if (!Properties.RedrivePolicy) continue;
      const letters = queues[Properties.RedrivePolicy.deadLetterTargetArn['Fn::GetAtt'][0]]?.Properties;
      expect(letters.FifoQueue).toBe(Properties.FifoQueue);
    }
    for (const id of deadLetters) expect(queues[id]?.Properties.MessageRetentionPeriod).toBe(14 * 24 * 3600);
  });

  test('a message is tried for as long as AWS advises where no Lambda is free, thirty times its function’s own time', () => {
    for (const { queue, fn } of fed) {
      const patience = queue.RedrivePolicy.maxReceiveCount * queue.VisibilityTimeout;
      expect(patience).toBeGreaterThanOrEqual(30 * fn.Timeout);
      // What fails each time is a dead letter, and an alarm, not much later than that.
      expect(patience).toBeLessThan(30 * fn.Timeout + queue.VisibilityTimeout);
      expect(patience).toBeLessThanOrEqual(30 * 60);
    }
  });

  test('the simulation’s queues are these: as large a batch, as long out of sight, given up after as many receives', () => {
    const shapes = fed.map(({ source, queue, fn }) => ({
      fifo: queue.FifoQueue ?? false,
      batch: source.BatchSize,
      gather: source.MaximumBatchingWindowInSeconds ?? 0,
      timeout: fn.Timeout,
      visibility: queue.VisibilityTimeout,
      receives: queue.RedrivePolicy.maxReceiveCount,
    }));
    for (const [name, worker] of Object.entries(WORKERS))
      expect(shapes, name).toContainEqual({ fifo: false, gather: 0, ...worker });
  });

  test('sweep looks at every dead-letter queue, under the name that says who is hurt', () => {
    const sweep = Object.values(functions).find(({ Properties }) => Properties.Environment.Variables.DEAD_LETTERS);
    const parts = sweep?.Properties.Environment.Variables.DEAD_LETTERS['Fn::Join'][1] as (string | { Ref: string })[];
    const written = parts.map((part) => (typeof part === 'string' ? part : part.Ref)).join('');
    const watched: Record<string, string> = JSON.parse(written);
    expect(Object.keys(watched).sort()).toEqual(Object.keys(DEAD_LETTERS).sort());
    expect(Object.values(watched).sort()).toEqual([...deadLetters].sort());
  });

  test('the first dead letter raises an alarm, soon, once, and it is over some minutes after the last is gone', () => {
    const [alarm] = Object.values(resourcesOf(stage, 'AWS::CloudWatch::Alarm'))
      .map(({ Properties }) => Properties)
      .filter(({ MetricName }) => MetricName === 'DeadLetters');
    expect(alarm).toMatchObject({ Threshold: 1, Period: 60, DatapointsToAlarm: 1, Statistic: 'Maximum' });
    // sweep looks every other minute: with less, each look would be a page of its own.
    expect(alarm.EvaluationPeriods).toBeGreaterThanOrEqual(4);
    expect(alarm.EvaluationPeriods).toBeLessThanOrEqual(5);
  });

  test('every queue refuses to be spoken to without TLS', () => {
    const policies = Object.values(resourcesOf(stage, 'AWS::SQS::QueuePolicy'));
    for (const id of Object.keys(queues)) {
      const policy = policies.find(({ Properties }) =>
        Properties.Queues.some((queue: { Ref: string }) => queue.Ref === id),
      );
      expect(policy?.Properties.PolicyDocument.Statement).toContainEqual(
        expect.objectContaining({
          Effect: 'Deny',
          Principal: { AWS: '*' },
          Action: 'sqs:*',
          Condition: { Bool: { 'aws:SecureTransport': 'false' } },
        }),
      );
    }
  });

  test('every queue is encrypted with the key that costs nothing', () => {
    for (const { Properties } of Object.values(queues)) expect(Properties.SqsManagedSseEnabled).toBe(true);
  });

  test('a message stays out of sight for longer than its function may run', () => {
    for (const { source, queue, fn } of fed)
      expect(queue.VisibilityTimeout).toBeGreaterThan(fn.Timeout + (source.MaximumBatchingWindowInSeconds ?? 0));
  });

  test('what a batch could not do goes back alone', () => {
    for (const { source } of fed) expect(source.FunctionResponseTypes).toEqual(['ReportBatchItemFailures']);
  });

  test.each(['now', 'timed', 'bulk'])('lane %s takes one message at a time, in 60 s, with 75 s of sight', (name) => {
    const lane = fed.find(({ fn }) => fn.Environment.Variables.LANE === name);
    expect(lane?.source.BatchSize).toBe(1);
    expect(lane?.fn.Timeout).toBe(60);
    expect(lane?.queue.VisibilityTimeout).toBe(75);
  });

  test('receipts are gathered by tens, for seconds at most, and nothing else is: somebody may wait for it', () => {
    for (const { source, fn } of fed) {
      const isReceipts = fn.Environment.Variables.POWERTOOLS_SERVICE_NAME === 'receipts';
      expect(source.MaximumBatchingWindowInSeconds).toBe(isReceipts ? 5 : undefined);
      if (isReceipts) expect(source.BatchSize).toBe(10);
    }
  });

  test('run-campaigns walks one shard at a time, with time for a page after its 30 s are over', () => {
    const walk = fed.find(({ fn }) => fn.Environment.Variables.POWERTOOLS_SERVICE_NAME === 'run-campaigns');
    expect(walk?.source.BatchSize).toBe(1);
    expect(walk?.fn.Timeout).toBeGreaterThanOrEqual(50);
    expect(walk?.fn.MemorySize).toBe(256);
  });

  test('jobs are worked on one at a time, with time for a long piece after their 25 s are over', () => {
    const jobs = fed.find(({ fn }) => fn.Environment.Variables.POWERTOOLS_SERVICE_NAME === 'jobs');
    expect(jobs?.source.BatchSize).toBe(1);
    expect(jobs?.fn.Timeout).toBe(60);
    expect(jobs?.fn.MemorySize).toBeGreaterThanOrEqual(1024);
  });

  test('only admit needs an order: a queue with one would hold mail up behind mail', () => {
    expect(Object.entries(queues).flatMap(([id, { Properties }]) => (Properties.FifoQueue ? [id] : []))).toEqual([
      expect.stringContaining('AdmitDlq'),
      expect.stringContaining('AdmitQueue'),
    ]);
  });

  test('admit works one event at a time', () => {
    const admit = fed.find(({ fn }) => fn.Environment.Variables.POWERTOOLS_SERVICE_NAME === 'admit');
    expect(admit?.queue.FifoQueue).toBe(true);
  });
});

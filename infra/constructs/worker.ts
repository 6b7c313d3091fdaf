import type { Duration } from 'aws-cdk-lib';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { mostReceives } from '#infra/most-receives.ts';
import type { WatchedQueue } from '#shared/queue/names.ts';
import { NodeFunction, type NodeFunctionProps } from './node-function.ts';
import { DeadLetterQueue, SafeQueue } from './safe-queue.ts';

export interface WorkerProps extends NodeFunctionProps {
  /** What its dead letters are called where somebody reads who is hurt by them. */
  readonly watchedAs: WatchedQueue;
  readonly fifo?: boolean;
  readonly timeout: Duration;
  /** How long a message stays out of sight once taken: longer than the function may run. */
  readonly visibility: Duration;
  readonly batchSize: number;
  /** How long a batch that is not full may wait for more; standard queues only, 300 s at most. */
  readonly gather?: Duration;
  /** At most so many runs at once: a new account has ten Lambdas in all. */
  readonly maxConcurrency: number;
}

/** A queue, the function that works it off, and the queue for what it could not do, watched. */
export class Worker extends Construct {
  readonly queue: Queue;
  readonly deadLetters: DeadLetterQueue;
  readonly fn: NodeFunction;

  constructor(scope: Construct, id: string, props: WorkerProps) {
    super(scope, id);
    const { watchedAs, fifo = false, visibility, batchSize, gather, maxConcurrency, ...fn } = props;
    if (visibility.toSeconds() <= props.timeout.toSeconds() + (gather?.toSeconds() ?? 0))
      throw new Error(`${id}: messages must stay out of sight longer than they are gathered and the function may run`);

    const times = { timeout: props.timeout.toSeconds(), visibility: visibility.toSeconds() };
    const maxReceiveCount = mostReceives(times);
    this.deadLetters = new DeadLetterQueue(this, 'Dlq', { watchedAs, fifo });
    this.queue = new SafeQueue(this, 'Queue', {
      ...(fifo && { fifo }),
      visibilityTimeout: visibility,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount },
    });
    this.fn = new NodeFunction(this, 'Function', {
      ...fn,
      environment: { ...fn.environment, QUEUE_URL: this.queue.queueUrl, DLQ_URL: this.deadLetters.queueUrl },
    });
    this.fn.may(['sqs:ReceiveMessage', 'sqs:DeleteMessage', 'sqs:GetQueueAttributes'], this.queue.queueArn);
    // A message that does not parse goes there at once, with the reason.
    this.fn.may(['sqs:SendMessage'], this.deadLetters.queueArn);
    new EventSourceMapping(this, 'Source', {
      target: this.fn,
      eventSourceArn: this.queue.queueArn,
      batchSize,
      ...(gather && { maxBatchingWindow: gather }),
      maxConcurrency,
      reportBatchItemFailures: true,
    });
  }
}

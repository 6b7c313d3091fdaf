import type { Duration } from 'aws-cdk-lib';
import { EventSourceMapping } from 'aws-cdk-lib/aws-lambda';
import type { Queue } from 'aws-cdk-lib/aws-sqs';
import { Construct } from 'constructs';
import { NodeFunction, type NodeFunctionProps } from './node-function.ts';
import type { Pager } from './pager.ts';
import { DeadLetterQueue, SafeQueue } from './safe-queue.ts';

export interface WorkerProps extends NodeFunctionProps {
  readonly pager: Pager;
  /** Who is hurt while messages lie in the dead-letter queue. */
  readonly impact: string;
  /** Heading of docs/runbook.md for that alarm. */
  readonly section: string;
  readonly fifo?: boolean;
  readonly timeout: Duration;
  /** How long a message stays out of sight once taken: longer than the function may run. */
  readonly visibility: Duration;
  readonly batchSize: number;
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
    const { pager, impact, section, fifo = false, visibility, batchSize, maxConcurrency, ...fn } = props;
    if (visibility.toSeconds() <= props.timeout.toSeconds())
      throw new Error(`${id}: messages must stay out of sight longer than the function may run`);

    this.deadLetters = new DeadLetterQueue(this, 'Dlq', { pager, section, impact, fifo });
    this.queue = new SafeQueue(this, 'Queue', {
      ...(fifo && { fifo }),
      visibilityTimeout: visibility,
      deadLetterQueue: { queue: this.deadLetters, maxReceiveCount: 5 },
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
      maxConcurrency,
      reportBatchItemFailures: true,
    });
  }
}

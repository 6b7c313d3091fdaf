import { Duration, Validations } from 'aws-cdk-lib';
import { Construct } from 'constructs';
import { NodeFunction } from '#infra/constructs/node-function.ts';
import { DeadLetterQueue } from '#infra/constructs/safe-queue.ts';
import type { Worker } from '#infra/constructs/worker.ts';
import type { Foundation } from './foundation.ts';

/** Carries facts from the table's stream to the bus and to `admit`. It cannot touch the table, only hear it. */
export class Publish extends Construct {
  readonly fn: NodeFunction;
  readonly deadLetters: DeadLetterQueue;

  constructor(scope: Construct, id: string, { stage, table, facts, admit }: Foundation & { readonly admit: Worker }) {
    super(scope, id);
    this.deadLetters = new DeadLetterQueue(this, 'Dlq', { watchedAs: 'publish' });
    Validations.of(this.deadLetters).acknowledge({
      id: 'AwsSolutions-SQS3',
      reason: 'It is itself a dead-letter queue, of an event source mapping, where the rule does not look.',
    });
    this.fn = new NodeFunction(this, 'Function', {
      stage,
      folder: 'publish',
      timeout: Duration.seconds(30),
      environment: { ADMIT_QUEUE_URL: admit.queue.queueUrl, DLQ_URL: this.deadLetters.queueUrl },
    });
    table.tell(this.fn, this.deadLetters);
    facts.open(this.fn);
    this.fn.may(['sqs:SendMessage'], admit.queue.queueArn);
  }
}

import { Duration } from 'aws-cdk-lib';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { WatchedQueue } from '#shared/queue/names.ts';

const SAFE = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };

/** A queue that is encrypted at no cost and spoken to over TLS only. */
export class SafeQueue extends Queue {
  constructor(scope: Construct, id: string, props: QueueProps) {
    super(scope, id, { ...SAFE, ...props });
  }
}

export interface DeadLetterQueueProps {
  /** What its dead letters are called where somebody reads who is hurt by them. */
  readonly watchedAs: WatchedQueue;
  readonly fifo?: boolean;
}

/** Where messages end up that nobody could deal with. `sweep` sees the first one, and they wait two weeks for somebody. */
export class DeadLetterQueue extends SafeQueue {
  readonly watchedAs: WatchedQueue;

  constructor(scope: Construct, id: string, { watchedAs, fifo }: DeadLetterQueueProps) {
    super(scope, id, { retentionPeriod: Duration.days(14), ...(fifo && { fifo }) });
    this.watchedAs = watchedAs;
  }
}

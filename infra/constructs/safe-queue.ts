import { Duration } from 'aws-cdk-lib';
import type { Alarm } from 'aws-cdk-lib/aws-cloudwatch';
import { Queue, QueueEncryption, type QueueProps } from 'aws-cdk-lib/aws-sqs';
import type { Construct } from 'constructs';
import type { Page, Pager } from './pager.ts';

const SAFE = { encryption: QueueEncryption.SQS_MANAGED, enforceSSL: true };

/** A queue that is encrypted at no cost and spoken to over TLS only. */
export class SafeQueue extends Queue {
  constructor(scope: Construct, id: string, props: QueueProps) {
    super(scope, id, { ...SAFE, ...props });
  }
}

export interface DeadLetterQueueProps extends Pick<Page, 'section' | 'impact'> {
  readonly pager: Pager;
  readonly fifo?: boolean;
}

/** Where messages end up that nobody could deal with. The first one raises the alarm, and they wait two weeks for it. */
export class DeadLetterQueue extends SafeQueue {
  readonly alarm: Alarm;

  constructor(scope: Construct, id: string, { pager, section, impact, fifo }: DeadLetterQueueProps) {
    super(scope, id, { retentionPeriod: Duration.days(14), ...(fifo && { fifo }) });
    this.alarm = pager.page(scope, `${id}Alarm`, {
      section,
      impact,
      metric: this.metricApproximateNumberOfMessagesVisible({ period: Duration.minutes(1), statistic: 'Maximum' }),
      threshold: 1,
    });
  }
}

import type { WatchedQueue } from '#shared/queue/names.ts';
import { Failure } from '../local/failure.ts';

/** The queues of dead letters as alarms and runbook call them, and how the stack's outputs do. */
const OUTPUTS = {
  'lane-now': 'LaneNow',
  'lane-timed': 'LaneTimed',
  'lane-bulk': 'LaneBulk',
  admit: 'Admit',
  receipts: 'Receipts',
  campaigns: 'Campaigns',
  jobs: 'Jobs',
  publish: 'Publish',
} as const satisfies Record<WatchedQueue, string>;

export type QueueName = WatchedQueue;
export const QUEUES = Object.keys(OUTPUTS) as QueueName[];

/** Where a queue's dead letters lie, and where they came from: `publish` has no queue, it hears the table's stream. */
export interface DeadLetterQueues {
  readonly deadLetters: string;
  readonly source: string | undefined;
}

/** The URLs of a queue from the outputs of a deployed stack. */
export function queuesIn(outputs: Readonly<Record<string, string>>, name: QueueName): DeadLetterQueues {
  const deadLetters = outputs[`${OUTPUTS[name]}DlqUrl`];
  if (!deadLetters) throw new Failure(`The deployed stack has no output ${OUTPUTS[name]}DlqUrl: deploy it again.`);
  return { deadLetters, source: outputs[`${OUTPUTS[name]}QueueUrl`] };
}

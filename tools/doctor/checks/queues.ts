import type { Check } from '../check.ts';
import { judgeAlarms, judgePager } from '../judge/alarms.ts';
import { judgeDeadLetters, judgeQueues } from '../judge/queues.ts';
import { readAlarms, readTopics } from '../read/alarms.ts';
import { readQueues } from '../read/queues.ts';

const group = 'Queues and alarms';
const QUEUES = ['sqs:GetQueueAttributes', 'cloudwatch:GetMetricData'];

/** Whether anything got stuck, and whether anybody would hear of it. */
export const queues: readonly Check[] = [
  {
    id: 'dead-letters',
    group,
    what: 'the dead letters',
    rights: QUEUES,
    outputs: ['LaneNowDlqUrl'],
    look: async (patient) =>
      judgeDeadLetters(
        (await readQueues(patient)).filter(({ dead }) => dead),
        patient.stage,
      ),
  },
  {
    id: 'queues',
    group,
    what: 'the queues',
    rights: QUEUES,
    outputs: ['LaneNowQueueUrl'],
    look: async (patient) => judgeQueues((await readQueues(patient)).filter(({ dead }) => !dead)),
  },
  {
    id: 'alarms',
    group,
    what: 'the alarms',
    rights: ['cloudwatch:DescribeAlarms'],
    look: async (patient) => judgeAlarms(await readAlarms(patient), patient.local),
  },
  {
    id: 'pager',
    group,
    what: 'whom the alarms tell',
    rights: ['cloudwatch:DescribeAlarms', 'sns:ListSubscriptionsByTopic'],
    look: async (patient) =>
      judgePager({ alarms: await readAlarms(patient), topics: await readTopics(patient), local: patient.local }),
  },
];

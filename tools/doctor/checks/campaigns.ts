import { controlStore } from '#shared/store/control.ts';
import { runStore } from '#shared/store/runs.ts';
import type { Check } from '../check.ts';
import { judgeOverdue } from '../judge/overdue.ts';
import { judgeHeld, judgeRuns } from '../judge/runs.ts';
import { judgeSchedules } from '../judge/schedules.ts';
import { judgeSweep } from '../judge/sweep.ts';
import { readArmed, readDue } from '../read/due.ts';
import { readHeld } from '../read/events.ts';
import { readSchedules } from '../read/schedules.ts';
import { readSweep } from '../read/sweep.ts';

const group = 'Campaigns';
const outputs = ['TableName'];
const epoch = (now: number) => Math.floor(now / 1000);

/** Whether everything that is planned will happen, and has. */
export const campaigns: readonly Check[] = [
  {
    id: 'schedules',
    group,
    what: 'the schedules of campaigns',
    rights: ['dynamodb:Query', 'scheduler:ListSchedules', 'scheduler:GetSchedule'],
    outputs,
    look: async (patient) => judgeSchedules(await readSchedules(patient), epoch(patient.now)),
  },
  {
    id: 'overdue',
    group,
    what: 'what should have happened by now',
    rights: ['dynamodb:Query'],
    outputs,
    look: async (patient) => {
      const [campaigns, plans, notices, purges] = await Promise.all([
        readArmed(patient),
        readDue.plans(patient),
        readDue.notices(patient),
        readDue.purges(patient),
      ]);
      return judgeOverdue({ campaigns, plans, notices, purges }, epoch(patient.now));
    },
  },
  {
    id: 'runs',
    group,
    what: 'the runs under way',
    rights: ['dynamodb:Query', 'dynamodb:GetItem'],
    outputs,
    look: async ({ table, now }) => {
      const [unfinished, control] = await Promise.all([runStore(table).unfinished(), controlStore(table).get()]);
      return judgeRuns({ unfinished, paused: control?.paused ?? false }, epoch(now));
    },
  },
  {
    id: 'held',
    group,
    what: 'held mails',
    rights: ['dynamodb:Query'],
    outputs,
    look: async (patient) => judgeHeld(await readHeld(patient)),
  },
  {
    id: 'sweep',
    group,
    what: 'sweep',
    rights: [
      'lambda:GetFunctionConfiguration',
      'events:ListRuleNamesByTarget',
      'events:DescribeRule',
      'logs:FilterLogEvents',
    ],
    outputs: ['SweepFunctionName'],
    look: async (patient) => judgeSweep(await readSweep(patient), patient.now),
  },
];

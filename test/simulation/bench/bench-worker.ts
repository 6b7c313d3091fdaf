import { parentPort, workerData } from 'node:worker_threads';
import { type LaneSpec, laneRun } from './lanes.ts';
import { otherRun, type Policy } from './others.ts';
import { ourRun, type Spec } from './our-run.ts';
import { fanOutMillion, schedules, timedRun } from './scale.ts';

/** One scenario, in a thread of its own. */
export type Task =
  | { readonly do: 'ours'; readonly spec: Spec }
  | { readonly do: 'others'; readonly spec: Spec & { readonly policy: Policy } }
  | { readonly do: 'lanes'; readonly spec: LaneSpec }
  | { readonly do: 'timed'; readonly given: Parameters<typeof timedRun>[0] }
  | { readonly do: 'fan-out'; readonly given: Parameters<typeof fanOutMillion>[0] }
  | { readonly do: 'schedules'; readonly given: Parameters<typeof schedules> };

const perform = (task: Task): Promise<unknown> => {
  switch (task.do) {
    case 'ours':
      return ourRun(task.spec);
    case 'others':
      return otherRun(task.spec);
    case 'lanes':
      return laneRun(task.spec);
    case 'timed':
      return timedRun(task.given);
    case 'fan-out':
      return fanOutMillion(task.given);
    case 'schedules':
      return schedules(...task.given);
  }
};

parentPort?.postMessage(await perform(workerData as Task));

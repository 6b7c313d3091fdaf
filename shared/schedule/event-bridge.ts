import {
  ConflictException,
  CreateScheduleCommand,
  type CreateScheduleCommandInput,
  DeleteScheduleCommand,
  ResourceNotFoundException,
  type SchedulerClient,
  UpdateScheduleCommand,
} from '@aws-sdk/client-scheduler';
import { checkName, type OneTime, type Scheduler, written } from './scheduler.ts';

interface EventBridgeSettings {
  readonly client: SchedulerClient;
  /** Schedule group they all belong to. */
  readonly group: string;
  /** Role that EventBridge puts on to speak. */
  readonly roleArn: string;
  /** Queue that hears them, and the one for what it could not be told. */
  readonly queueArn: string;
  readonly deadLettersArn: string;
  /** Epoch milliseconds. */
  readonly now: () => number;
}

/** A schedule ends by itself, so it may come or go between two calls: then it is looked at anew, so often. */
const ROUNDS = 4;
/** For a day, as often as EventBridge allows; `sweep` has started the campaign long before. */
const RETRY = { MaximumEventAgeInSeconds: 24 * 3600, MaximumRetryAttempts: 185 };

/** One-time schedules of EventBridge Scheduler, in UTC, each gone once it has spoken. */
export function eventBridgeScheduler(settings: EventBridgeSettings): Scheduler {
  const { client, group: GroupName, now } = settings;

  return {
    async put(schedule) {
      const input = inputOf(schedule, settings, Math.floor(now() / 1000));
      for (let round = 0; round < ROUNDS; round++) {
        if (!(await refused(client.send(new CreateScheduleCommand(input)), ConflictException))) return;
        if (
          !(await refused(client.send(new UpdateScheduleCommand(input)), ResourceNotFoundException, ConflictException))
        )
          return;
      }
      throw new Error(`Somebody else keeps changing this schedule: ${schedule.name}`);
    },

    async remove(Name) {
      checkName(Name);
      for (let round = 0; round < ROUNDS; round++) {
        const removal = client.send(new DeleteScheduleCommand({ Name, GroupName })).catch(ifNotFound);
        if (!(await refused(removal, ConflictException))) return;
      }
      throw new Error(`Somebody else keeps changing this schedule: ${Name}`);
    },
  };
}

function inputOf(
  schedule: OneTime,
  { group, roleArn, queueArn, deadLettersArn }: EventBridgeSettings,
  now: number,
): CreateScheduleCommandInput {
  const { expression, input } = written(schedule, now);
  return {
    Name: schedule.name,
    GroupName: group,
    ScheduleExpression: expression,
    ScheduleExpressionTimezone: 'UTC',
    FlexibleTimeWindow: { Mode: 'OFF' },
    ActionAfterCompletion: 'DELETE',
    Target: {
      Arn: queueArn,
      RoleArn: roleArn,
      Input: input,
      DeadLetterConfig: { Arn: deadLettersArn },
      RetryPolicy: RETRY,
    },
  };
}

type Refusals = readonly (typeof ConflictException | typeof ResourceNotFoundException)[];

/** Whether a call was refused for one of these reasons; other failures are thrown. */
const refused = (call: Promise<unknown>, ...reasons: Refusals): Promise<boolean> =>
  call.then(
    () => false,
    (error: unknown) => {
      if (reasons.some((reason) => error instanceof reason)) return true;
      throw error;
    },
  );

function ifNotFound(error: unknown): void {
  if (!(error instanceof ResourceNotFoundException)) throw error;
}

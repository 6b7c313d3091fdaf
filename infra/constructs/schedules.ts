import { RemovalPolicy, Stack, Token, Validations } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { ScheduleGroup } from 'aws-cdk-lib/aws-scheduler';
import { Construct } from 'constructs';
import type { NodeFunction } from './node-function.ts';
import type { Worker } from './worker.ts';

export interface SchedulesProps {
  readonly name: string;
  /** Who hears every schedule; what it could not be told joins its dead letters. */
  readonly target: Worker;
}

/** One-time schedules that functions make: a group that goes with the stack, and the role they speak as. */
export class Schedules extends Construct {
  readonly groupName: string;
  readonly #target: Worker;
  readonly #role: Role;

  constructor(scope: Construct, id: string, { name, target }: SchedulesProps) {
    super(scope, id);
    this.groupName = name;
    this.#target = target;
    // Kept, it would go on speaking to queues that are gone. Whatever is in it can be planned anew from the table.
    const group = new ScheduleGroup(this, 'Group', { scheduleGroupName: name, removalPolicy: RemovalPolicy.DESTROY });
    this.#role = new Role(this, 'Role', {
      description: 'What EventBridge Scheduler may do when a campaign is due',
      assumedBy: new ServicePrincipal('scheduler.amazonaws.com', {
        conditions: {
          StringEquals: { 'aws:SourceAccount': Stack.of(this).account, 'aws:SourceArn': group.scheduleGroupArn },
        },
      }),
    });
    this.#role.addToPolicy(
      new PolicyStatement({
        actions: ['sqs:SendMessage'],
        resources: [target.queue.queueArn, target.deadLetters.queueArn],
      }),
    );
  }

  /** Lets a function set and take back schedules of this group, which speak to its target and to nobody else. */
  open(fn: NodeFunction): void {
    fn.addEnvironment('SCHEDULE_GROUP', this.groupName);
    fn.addEnvironment('SCHEDULE_ROLE_ARN', this.#role.roleArn);
    fn.addEnvironment('SCHEDULE_DLQ_ARN', this.#target.deadLetters.queueArn);
    const schedules = Stack.of(this).formatArn({
      service: 'scheduler',
      resource: 'schedule',
      resourceName: `${this.groupName}/*`,
    });
    fn.may(['scheduler:CreateSchedule', 'scheduler:UpdateSchedule', 'scheduler:DeleteSchedule'], schedules);
    fn.addToRolePolicy(
      new PolicyStatement({
        actions: ['iam:PassRole'],
        resources: [this.#role.roleArn],
        conditions: { StringEquals: { 'iam:PassedToService': 'scheduler.amazonaws.com' } },
      }),
    );
    if (!fn.role) throw new Error('A function without a role');
    Validations.of(fn.role).acknowledge({
      id: `AwsSolutions-IAM5[Resource::${asNagReads(this, schedules)}]`,
      reason: 'Schedules are named after events and campaigns, which nobody knows at deploy time; the group is ours.',
    });
  }
}

/** An ARN as findings of cdk-nag have it: what only the deploy knows stands in angle brackets. */
const asNagReads = (scope: Construct, arn: string): string => {
  const { partition, region, account } = Stack.of(scope);
  const known = { 'AWS::Partition': partition, 'AWS::Region': region, 'AWS::AccountId': account };
  return Object.entries(known).reduce(
    (text, [name, value]) => (Token.isUnresolved(value) ? text.replace(value, `<${name}>`) : text),
    arn,
  );
};

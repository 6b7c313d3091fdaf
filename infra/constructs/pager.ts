import { Stack } from 'aws-cdk-lib';
import { Alarm, type AlarmProps, TreatMissingData } from 'aws-cdk-lib/aws-cloudwatch';
import { SnsAction } from 'aws-cdk-lib/aws-cloudwatch-actions';
import { PolicyStatement, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { type ITopic, Topic } from 'aws-cdk-lib/aws-sns';
import { EmailSubscription } from 'aws-cdk-lib/aws-sns-subscriptions';
import { Construct } from 'constructs';
import type { Stage } from '#infra/stage.ts';

export interface Page
  extends Omit<AlarmProps, 'alarmName' | 'alarmDescription' | 'actionsEnabled' | 'evaluationPeriods'> {
  /** Heading of docs/runbook.md that says what to do; the alarm is named after it. */
  readonly section: string;
  /** Who is hurt, and how: the first thing read at night. */
  readonly impact: string;
  readonly evaluationPeriods?: number;
}

/** Whoever is told when an alarm goes off: one topic for all of them. */
export class Pager extends Construct {
  readonly #topic: ITopic | undefined;
  readonly #runbook: string;

  constructor(scope: Construct, id: string, { alarms }: Pick<Stage, 'alarms'>) {
    super(scope, id);
    this.#runbook = alarms.runbook;
    if (alarms.topicArn) this.#topic = Topic.fromTopicArn(this, 'Topic', alarms.topicArn);
    else if (alarms.email) this.#topic = this.#newTopic(alarms.email);
  }

  /** Adds an alarm that says who is hurt and where to read on. */
  page(scope: Construct, id: string, { section, impact, ...alarm }: Page): Alarm {
    const paged = new Alarm(scope, id, {
      evaluationPeriods: 1,
      treatMissingData: TreatMissingData.NOT_BREACHING,
      ...alarm,
      alarmName: `${Stack.of(this).stackName}-${section}`,
      alarmDescription: `${impact} What to do: ${this.#runbook}#${section}`,
    });
    if (this.#topic) {
      paged.addAlarmAction(new SnsAction(this.#topic));
      paged.addOkAction(new SnsAction(this.#topic));
    }
    return paged;
  }

  #newTopic(email: string): ITopic {
    const topic = new Topic(this, 'Topic', { enforceSSL: true });
    topic.addSubscription(new EmailSubscription(email));
    // Any policy of one's own replaces the default, which is what lets CloudWatch publish.
    topic.addToResourcePolicy(
      new PolicyStatement({
        sid: 'CloudWatch',
        principals: [new ServicePrincipal('cloudwatch.amazonaws.com')],
        actions: ['sns:Publish'],
        resources: [topic.topicArn],
        conditions: { StringEquals: { 'aws:SourceAccount': Stack.of(this).account } },
      }),
    );
    return topic;
  }
}

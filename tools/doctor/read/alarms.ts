import { paginateDescribeAlarms } from '@aws-sdk/client-cloudwatch';
import { paginateListSubscriptionsByTopic } from '@aws-sdk/client-sns';
import type { AlarmFacts, TopicFacts } from '../judge/alarms.ts';
import { once, type Patient } from '../patient.ts';

/** The stage's alarms: they are named after it, and their description ends with their own section of the runbook. */
export const readAlarms = once(async ({ aws, stack }: Patient): Promise<AlarmFacts[]> => {
  const AlarmNamePrefix = `${stack.name}-`;
  const found: AlarmFacts[] = [];
  for await (const { MetricAlarms = [] } of paginateDescribeAlarms({ client: aws.cloudWatch }, { AlarmNamePrefix })) {
    for (const {
      AlarmName = '',
      AlarmDescription = '',
      StateValue = '',
      ActionsEnabled = true,
      AlarmActions = [],
    } of MetricAlarms) {
      const section = AlarmName.slice(AlarmNamePrefix.length);
      // Another stage's name may begin like this one's: rollcall-dev-2.
      if (!AlarmDescription.endsWith(`#${section}`)) continue;
      const impact = AlarmDescription.split(' What to do:')[0] ?? AlarmDescription;
      found.push({ section, impact, state: StateValue, actionsEnabled: ActionsEnabled, tells: AlarmActions });
    }
  }
  return found;
});

/** Who is subscribed to whom the alarms tell. Addresses are not read on. */
export const readTopics = once(async (patient: Patient): Promise<TopicFacts[]> => {
  const arns = new Set(
    (await readAlarms(patient)).flatMap(({ tells }) => tells).filter((arn) => arn.includes(':sns:')),
  );
  return Promise.all(
    [...arns].map(async (TopicArn) => {
      let [confirmed, pending] = [0, 0];
      for await (const { Subscriptions = [] } of paginateListSubscriptionsByTopic(
        { client: patient.aws.sns },
        { TopicArn },
      ))
        for (const { SubscriptionArn = '' } of Subscriptions) {
          if (SubscriptionArn.startsWith('arn:')) confirmed += 1;
          else if (SubscriptionArn === 'PendingConfirmation') pending += 1;
        }
      return { name: TopicArn.slice(TopicArn.lastIndexOf(':') + 1), confirmed, pending };
    }),
  );
});

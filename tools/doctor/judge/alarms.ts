import { fine, hurts, note, runbook, soon, type Verdict } from '../finding.ts';
import { counted, some } from '../words.ts';

export interface AlarmFacts {
  /** The heading of the runbook it is named after. */
  readonly section: string;
  /** Who is hurt, as the alarm's description begins. */
  readonly impact: string;
  readonly state: string;
  readonly actionsEnabled: boolean;
  /** ARNs of whom it tells. */
  readonly tells: readonly string[];
}

/** Alarms that are on now, or are switched off. */
export function judgeAlarms(alarms: readonly AlarmFacts[], local: boolean): Verdict[] {
  if (alarms.length === 0)
    return [soon('The stage has no alarms: when something breaks, nobody hears of it.', 'Deploy again')];
  const on = alarms
    .filter(({ state }) => state === 'ALARM')
    .map(({ section, impact }) => hurts(`The alarm ${section} is on: ${impact}`, runbook(section)));
  const off = alarms.filter(({ actionsEnabled }) => !actionsEnabled).map(({ section }) => section);
  const deaf =
    off.length === 0
      ? []
      : [
          soon(
            `${counted(off.length, 'alarm')} may tell nobody, for their actions are switched off: ${some(off)}.`,
            'aws cloudwatch enable-alarm-actions --alarm-names <theirs>',
          ),
        ];
  const found = [...on, ...deaf];
  if (found.length > 0) return found;
  if (local) return [note(`${counted(alarms.length, 'alarm')}, never computed on the local AWS.`)];
  return [fine(`None of ${counted(alarms.length, 'alarm')} is on.`)];
}

/** Subscriptions of one topic: how many are confirmed, how many wait for a press of the link in their mail. */
export interface TopicFacts {
  readonly name: string;
  readonly confirmed: number;
  readonly pending: number;
}

export interface PagerFacts {
  readonly alarms: readonly AlarmFacts[];
  /** Those that the alarms tell. */
  readonly topics: readonly TopicFacts[];
  readonly local: boolean;
}

/** Whether anybody hears the alarms. */
export function judgePager({ alarms, topics, local }: PagerFacts): Verdict[] {
  if (alarms.length === 0) return [];
  const silent = alarms.filter(({ tells }) => tells.length === 0).map(({ section }) => section);
  const found: Verdict[] = [];
  if (silent.length > 0 && !local)
    found.push(
      soon(
        `${silent.length === alarms.length ? 'The alarms tell' : `${counted(silent.length, 'alarm')} tell`} nobody${silent.length === alarms.length ? '' : ` (${some(silent)})`}: when mail stops, only people who miss it notice.`,
        'Set alarms.email in infra/stages.ts and deploy; follow the link in the mail that comes',
      ),
    );
  for (const { name, confirmed, pending } of topics) {
    if (confirmed > 0) continue;
    found.push(
      hurts(
        pending > 0
          ? `Nobody is paged: the subscription to ${name} was never confirmed, and Amazon deletes it 48 hours after it was made.`
          : `Nobody is paged: ${name} has no subscriber. An unconfirmed one vanishes after 48 hours.`,
        pending > 0
          ? 'Follow the link in the mail “AWS Notification - Subscription Confirmation”'
          : 'aws sns subscribe --topic-arn <its ARN> --protocol email --notification-endpoint <address>, then follow the link in the mail',
      ),
    );
  }
  if (found.length > 0) return found;
  if (topics.length === 0) return [note('The alarms of the local stage tell nobody, as is meant.')];
  return [
    fine(
      `The alarms tell ${counted(
        topics.reduce((sum, { confirmed }) => sum + confirmed, 0),
        'confirmed subscriber',
      )}.`,
    ),
  ];
}

import { FilterLogEventsCommand } from '@aws-sdk/client-cloudwatch-logs';
import {
  DescribeRuleCommand,
  ListRuleNamesByTargetCommand,
  ResourceNotFoundException,
} from '@aws-sdk/client-eventbridge';
import { SWEEP_MINUTES, type SweepFacts } from '../judge/sweep.ts';
import type { Patient } from '../patient.ts';
import { readFunction } from './functions.ts';

/** The word with which `sweep` ends its round. */
const SWEPT = '"Swept"';
/** Pages of the log that are read at most. */
const PAGES = 10;

/** Whether sweep is woken every minute, and when its log last says that it was round. */
export async function readSweep(patient: Patient): Promise<SweepFacts> {
  const { arn, logGroup } = await readFunction(patient, 'Sweep');
  const [rules, lastSwept] = await Promise.all([rulesOf(patient, arn), lastIn(patient, logGroup)]);
  return { rules, lastSwept, deployedAt: patient.stack.changedAt, local: patient.local };
}

async function rulesOf({ aws }: Patient, TargetArn: string): Promise<SweepFacts['rules']> {
  const { RuleNames = [] } = await aws.events.send(new ListRuleNamesByTargetCommand({ TargetArn }));
  const rules = await Promise.all(
    RuleNames.map((Name) =>
      aws.events.send(new DescribeRuleCommand({ Name })).catch((error: unknown) => {
        // Of another bus: the one that wakes it when sending is resumed.
        if (error instanceof ResourceNotFoundException) return undefined;
        throw error;
      }),
    ),
  );
  return rules.flatMap((rule) =>
    rule?.ScheduleExpression ? [{ name: rule.Name ?? '', enabled: rule.State !== 'DISABLED' }] : [],
  );
}

async function lastIn({ aws, now }: Patient, logGroupName: string): Promise<number | undefined> {
  const input = { logGroupName, startTime: now - SWEEP_MINUTES * 60_000, filterPattern: SWEPT };
  let [last, nextToken]: [number | undefined, string | undefined] = [undefined, undefined];
  for (let page = 0; page < PAGES; page++) {
    const found: { events?: { timestamp?: number | undefined }[] | undefined; nextToken?: string | undefined } =
      await aws.logs.send(new FilterLogEventsCommand({ ...input, ...(nextToken && { nextToken }) }));
    for (const { timestamp = 0 } of found.events ?? []) last = Math.max(last ?? 0, timestamp);
    nextToken = found.nextToken;
    if (!nextToken) break;
  }
  return last;
}

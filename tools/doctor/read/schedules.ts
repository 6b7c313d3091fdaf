import { GetScheduleCommand, paginateListSchedules, ResourceNotFoundException } from '@aws-sdk/client-scheduler';
import { campaignStore } from '#shared/store/campaigns.ts';
import { type Armed, type Clock, nameOf, type ScheduleFacts } from '../judge/schedules.ts';
import type { Patient } from '../patient.ts';
import { readArmed, readDue } from './due.ts';

/** So many that look left over, and of those that are next, are asked one by one when they speak. */
const ASKED = 20;

/** The schedules of the stage's group beside the campaigns they are for. */
export async function readSchedules(patient: Patient): Promise<ScheduleFacts> {
  const group = patient.stack.name;
  const plans = await readDue.plans(patient);
  const [listed, armed] = await Promise.all([clocksOf(patient, group), readArmed(patient)]);
  const names = new Set(armed.map(nameOf));
  const known = new Set(listed.map(({ name }) => name));
  const next = [...armed].sort((a, b) => a.dueAt - b.dueAt).map(nameOf);
  const strays = [...known].filter((name) => !names.has(name)).slice(0, ASKED);
  // Those that speak next, those left over (AWS deletes one a while after it has spoken), and those that the list
  // may have missed because they were set while it was read.
  const asked = new Set([
    ...next.slice(0, ASKED),
    ...strays,
    ...next.filter((name) => !known.has(name)).slice(0, ASKED),
  ]);
  const [answers, armedSince] = await Promise.all([
    Promise.all([...asked].map((name) => clockOf(patient, { GroupName: group, Name: name }))),
    Promise.all(strays.map((name) => armedAs(patient, name))),
  ]);
  return {
    group,
    armed: [...armed, ...armedSince.flatMap((each) => each ?? [])],
    clocks: [...listed.filter(({ name }) => !asked.has(name)), ...answers.flatMap((clock) => clock ?? [])],
    planning: new Set(plans.map(({ eventId }) => eventId)),
  };
}

/** The campaign a clock is named after, if it is armed now: the list of armed ones lags a moment behind. */
async function armedAs({ table }: Patient, name: string): Promise<Armed | undefined> {
  const [eventId = '', campaignId = ''] = name.split('-');
  const dueAt = eventId && campaignId ? (await campaignStore(table).get(eventId, campaignId))?.dueAt : undefined;
  return dueAt === undefined ? undefined : { eventId, campaignId, dueAt };
}

async function clocksOf({ aws }: Patient, GroupName: string): Promise<Clock[]> {
  const found: Clock[] = [];
  for await (const { Schedules = [] } of paginateListSchedules(
    { client: aws.scheduler },
    { GroupName, MaxResults: 100 },
  ))
    for (const { Name = '', State } of Schedules) found.push({ name: Name, enabled: State !== 'DISABLED' });
  return found;
}

/** One schedule with the time it speaks; undefined if there is none, or it has spoken and is gone. */
async function clockOf(
  { aws }: Patient,
  named: { readonly GroupName: string; readonly Name: string },
): Promise<Clock | undefined> {
  const read = await aws.scheduler.send(new GetScheduleCommand(named)).catch((error: unknown) => {
    if (error instanceof ResourceNotFoundException) return undefined;
    throw error;
  });
  if (!read) return undefined;
  const wall = /^at\((.+)\)$/.exec(read.ScheduleExpression ?? '')?.[1];
  const at = Date.parse(`${wall}Z`) / 1000;
  return {
    name: named.Name,
    enabled: read.State !== 'DISABLED',
    at: Number.isNaN(at) ? undefined : at,
  };
}

import { campaignChanged } from './campaign-changed.ts';
import { eventChanged } from './event-changed.ts';
import { eventPublished } from './event-published.ts';
import { linkRequested } from './link-requested.ts';
import { mailRequested } from './mail-requested.ts';
import { registrationApplied } from './registration-applied.ts';
import { registrationCancelled } from './registration-cancelled.ts';
import { registrationConfirmed } from './registration-confirmed.ts';
import { registrationErased } from './registration-erased.ts';
import { registrationWaitlisted } from './registration-waitlisted.ts';
import { sendingPaused } from './sending-paused.ts';
import { sendingResumed } from './sending-resumed.ts';
import { surveyAnswered } from './survey-answered.ts';

/** Every fact Rollcall states. What is not here cannot be written. */
export const facts = [
  eventPublished,
  eventChanged,
  campaignChanged,
  registrationApplied,
  registrationConfirmed,
  registrationWaitlisted,
  registrationCancelled,
  registrationErased,
  mailRequested,
  linkRequested,
  sendingPaused,
  sendingResumed,
  surveyAnswered,
] as const;
export type Fact = (typeof facts)[number];
export type FactName = Fact['name'];

/** Facts that leave somebody owed a mail: the bus hands them to lane `now`. */
export const LANE_NOW_FACTS = [
  registrationConfirmed.name,
  registrationWaitlisted.name,
  registrationCancelled.name,
  mailRequested.name,
] as const satisfies FactName[];

/** Facts that have the links of an address looked up, where nobody waits for the answer. */
export const LINK_FACTS = [linkRequested.name] as const satisfies FactName[];

/** Facts that wake `sweep` before its minute is over: mail may flow again. */
export const SWEEP_FACTS = [sendingResumed.name, eventChanged.name, campaignChanged.name] as const satisfies FactName[];

/** Facts after which campaigns may fire at another time, or at all. */
export const PLAN_FACTS = [eventPublished.name, eventChanged.name, campaignChanged.name] as const satisfies FactName[];

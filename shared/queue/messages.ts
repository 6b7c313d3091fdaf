import * as z from 'zod';
import { Id } from '#shared/domain/ids.ts';
import { JobId } from '#shared/domain/job-id.ts';
import { NOTICE_KINDS } from '#shared/domain/mail-kinds.ts';

/** A nudge about one person, or about one event: look again, and do what is due. Never an order. */
export const Nudge = z.object({ v: z.literal(1), eventId: Id, registrationId: Id.optional() });
export type Nudge = z.infer<typeof Nudge>;

/** A nudge about one person. */
export const PersonNudge = Nudge.required();
export type PersonNudge = z.infer<typeof PersonNudge>;

/** What lane `now` takes: a nudge, or a fact from the bus about a person. */
export const GreetMessage = z.union([
  PersonNudge.extend({ tries: z.int().min(0).max(100).default(0) }),
  z
    .object({ 'detail-type': z.string(), detail: z.object({ data: PersonNudge.omit({ v: true }) }) })
    .transform(({ detail }) => ({ v: 1 as const, ...detail.data, tries: 0 })),
]);
export type GreetMessage = z.infer<typeof GreetMessage>;

/** Which run a message is about; ids only. */
const RunRef = z.object({
  v: z.literal(1),
  eventId: Id,
  /** A campaign's number, or the kind of a notice. */
  campaignId: z.union([z.string().regex(/^[1-9]\d{0,5}$/), z.enum(NOTICE_KINDS)]),
  occasion: z.string().regex(/^[\w-]{1,40}$/),
});

/** The clock says that a campaign is due; `run-campaigns` looks whether it is. */
export const StartRun = RunRef;
export type StartRun = z.infer<typeof StartRun>;

/** Absent in messages of earlier versions, and in the first of a chain. */
const Links = z.int().min(0).max(100).default(0);

/** Walk through one shard of a run's people from here on, as part of this pass. */
export const FanOut = RunRef.extend({
  pass: z.int().min(1),
  shard: z.int().min(0).max(7),
  after: z.record(z.string(), z.unknown()).optional(),
  /** How often this walk went on by message since its chain began. */
  links: Links,
  /** What the pages before this one held. */
  tally: z.object({ open: z.int(), sent: z.int(), skipped: z.int(), failed: z.int(), held: z.int() }).optional(),
});
export type FanOut = z.infer<typeof FanOut>;
/** One that begins a chain. */
export type FirstFanOut = Omit<FanOut, 'links'>;

/** Up to 50 people of a run, for a lane. A hint: the run and the rows are the truth. */
export const Chunk = RunRef.extend({
  people: z.array(Id).min(1).max(50),
  tries: z.int().min(0).max(100).default(0),
});
export type Chunk = z.infer<typeof Chunk>;

/** A write touched what decides when campaigns fire. */
export const PlanMessage = z.union([
  z.object({ v: z.literal(1), eventId: Id }),
  z
    .object({ 'detail-type': z.string(), detail: z.object({ data: z.object({ eventId: Id }) }) })
    .transform(({ detail }) => ({ v: 1 as const, eventId: detail.data.eventId })),
]);
export type PlanMessage = z.infer<typeof PlanMessage>;

export type CampaignMessage =
  | { readonly task: 'plan'; readonly body: PlanMessage }
  | { readonly task: 'start'; readonly body: StartRun }
  | { readonly task: 'walk'; readonly body: FanOut };

/**
 * What `run-campaigns` takes: three kinds of message, told apart by the field that only one has. A message is judged as the
 * kind it looks like and as no other, so that a broken walk is never taken for a start, and the reason names the field.
 */
export const CampaignMessage = z.unknown().transform((body, context): CampaignMessage => {
  const looksLike = (field: string) => typeof body === 'object' && body !== null && field in body;
  const parsed = looksLike('shard')
    ? FanOut.transform((walk) => ({ task: 'walk' as const, body: walk })).safeParse(body)
    : looksLike('campaignId')
      ? StartRun.transform((start) => ({ task: 'start' as const, body: start })).safeParse(body)
      : PlanMessage.transform((plan) => ({ task: 'plan' as const, body: plan })).safeParse(body);
  if (parsed.success) return parsed.data;
  for (const { path, message } of parsed.error.issues) context.addIssue({ code: 'custom', path, message });
  return z.NEVER;
});

/** Look at this job, and do what is to be done of it. */
export const JobNudge = z.object({ v: z.literal(1), jobId: JobId, links: Links });
export type JobNudge = z.infer<typeof JobNudge>;
/** One that begins a chain. */
export type FirstJobNudge = Omit<JobNudge, 'links'>;

/** What a lane takes: people of a run, or one person who is owed something. */
export const LaneMessage = z.union([Chunk, GreetMessage]);
export type LaneMessage = z.infer<typeof LaneMessage>;

import * as z from 'zod';
import { Id } from './ids.ts';
import { admissionOccasion, campaignOf, requestOccasion, writeMailKey } from './mail-key.ts';
import type { MailKind, RegistrationStatus } from './mail-kinds.ts';
import type { Epoch } from './time.ts';

export const Status = z.enum([
  'applied',
  'confirmed',
  'waitlisted',
  'cancelled',
]) satisfies z.ZodType<RegistrationStatus>;

/** One person's place at one event, as it is kept: what every mail decision reads, and nothing else. */
export const Registration = z.object({
  eventId: Id,
  registrationId: Id,
  name: z.string().min(1),
  email: z.string().min(3),
  status: Status,
  registeredAt: z.iso.datetime(),
  /** Rises when a cancelled person registers again and when an address moves. */
  admissions: z.int().min(1),
  /** Rises when the address is corrected; receipts of an older one say nothing about the present. */
  addressRevision: z.int().min(1),
  /** How often what they said of themselves was corrected: see `revisionOf`. */
  edits: z.int().min(0).optional(),
  /** Every link of this person is made from it; a new one kills them all. */
  linkSeed: z.string().min(8),
  /** The SEQUENCE (RFC 5545 §3.8.7.4) of the last calendar mail. */
  sequence: z.int().min(0),
  timeZone: z.string().optional(),
  privacyVersion: z.string().optional(),
  /** Who brought them in: themselves by the public form, or the organiser, who answers for the address. Absent on rows of earlier versions. */
  source: z.enum(['form', 'organiser']).optional(),
  /** `taken`, or `waiting:<ticket>`; absent where nobody decided yet, or the event is not capped. */
  seat: z
    .string()
    .regex(/^(taken|waiting:\d+)$/)
    .optional(),
  cancelledAt: z.iso.datetime().optional(),
  /** The organiser cancelled them among others, and they were not told. */
  cancelledQuietly: z.boolean().optional(),
  /** When they got their place, the last time; epoch seconds. */
  confirmedAt: z.number().optional(),
  deliveries: z.record(z.string(), z.string()),
  /** When mails that had failed or were held were released, the last time: see `release-note.ts`. */
  released: z.record(z.string(), z.string()).optional(),
  /** Keys of the mails of lane `now` that this person is owed. */
  greetDue: z.set(z.string()).optional(),
  /** Not before this; later than now where a budget delays the mail. */
  greetDueAt: z.number().optional(),
  /** Where a budget delays the first mail of somebody whose seat is not decided: the seat is due now, the mail then. */
  mailAfter: z.number().optional(),
  /** The admission whose greeting is dropped: too much mail went to this mailbox. */
  overBudget: z.string().optional(),
  /** It is one too many of its mailbox at this event: nothing that is sent to many goes to it. */
  beyondCap: z.boolean().optional(),
  /** When somebody last sent the form, or asked for the link, of an address that has a place already. */
  remindedAt: z.number().optional(),
  /** Whether they have answered the survey. */
  answeredSurvey: z.boolean().optional(),
  /** First pressed "Join now" while there was no joining address; epoch seconds. */
  openedAt: z.number().optional(),
  /** First let in; epoch seconds. */
  joinedAt: z.number().optional(),
  /** How long the provider's report says they were there. */
  minutes: z.number().optional(),
  /** Answers to the questions that segment an audience: ids of the options, with blanks between, by question. */
  chose: z.record(z.string(), z.string()).optional(),
  /** The same of a row of an earlier version, as places of the options: no place says today what it said. Nobody reads it. */
  segments: z.unknown().optional(),
  /** The hash under which the address is taken, or two: see `placeHash`. */
  addressHash: z.string().optional(),
  /** While the address waits to be confirmed: until when; epoch seconds. */
  confirmBy: z.number().optional(),
  /** When the address they have proved itself; epoch seconds, 0 where it has not since they moved to it: see `proof.ts`. */
  provedAt: z.number().optional(),
  /** The address the person wants to have instead, until they confirm it from there. */
  newEmail: z.string().optional(),
  /** Addresses this registration has moved away from, for as long as somebody there may object: see `left-address.ts`. */
  left: z.record(z.string(), z.string()).optional(),
  /** Since which admission, and when, it has been at the address it has: `<admissions>.<epoch>`; absent where it never moved. */
  hereSince: z
    .string()
    .regex(/^\d+\.\d+$/)
    .optional(),
  /** Somebody at an address it left has objected; epoch seconds. Until the organiser lifts it, the address stays. */
  objectedAt: z.number().optional(),
  /** The person is erased: what is left is there until every other trace of them is gone. */
  erased: z.boolean().optional(),
  muted: z.boolean().optional(),
  bounced: z.boolean().optional(),
});
export type Registration = z.infer<typeof Registration>;

/** What a newcomer brings; everything else a registration is follows from it. */
export interface Newcomer {
  readonly eventId: string;
  readonly registrationId: string;
  readonly name: string;
  readonly email: string;
  readonly linkSeed: string;
  readonly timeZone?: string | undefined;
  readonly privacyVersion?: string | undefined;
  readonly chose?: Registration['chose'];
  readonly source: NonNullable<Registration['source']>;
}

/** What the budgets say about this person's first mail. */
export interface Allowance {
  /** Seconds the mail waits. */
  readonly delay: number;
  /** Too much went to this mailbox already: the place is kept, the mail is not sent. */
  readonly dropped: boolean;
  /** The mailbox has more registrations at this event than get what is sent to many. */
  readonly beyondCap?: boolean;
}

/**
 * A new registration: confirmed at once where seats are unlimited, else `applied` until `admit` decides. Where the address
 * is to be confirmed it is neither until that is done: the caller has the mail owed that asks for it.
 */
export function apply(
  newcomer: Newcomer,
  capped: boolean,
  now: string,
  { delay, dropped, beyondCap }: Allowance,
): Registration {
  const { timeZone, privacyVersion, chose, ...person } = newcomer;
  const status = capped ? 'applied' : 'confirmed';
  const nowEpoch = Math.floor(Date.parse(now) / 1000);
  return {
    ...person,
    ...(timeZone !== undefined && { timeZone }),
    ...(privacyVersion !== undefined && { privacyVersion }),
    ...(chose !== undefined && { chose }),
    ...(dropped && { overBudget: admissionOccasion(1) }),
    ...(beyondCap && { beyondCap }),
    status,
    registeredAt: now,
    ...(!capped && { confirmedAt: nowEpoch }),
    admissions: 1,
    addressRevision: 1,
    sequence: 0,
    deliveries: {},
    greetDue: new Set([greetingOf({ status, admissions: 1 })]),
    ...dueTimes(capped, nowEpoch, delay),
  };
}

/** When a newcomer's first due is: a budget delays mail, never the decision about a seat. */
export const dueTimes = (capped: boolean, now: Epoch, delay: number): Pick<Registration, 'greetDueAt' | 'mailAfter'> =>
  capped ? { greetDueAt: now, ...(delay > 0 && { mailAfter: now + delay }) } : { greetDueAt: now + delay };

/** Listed in `greetDue` while a seat is to be decided: no mail, but something is owed. */
export const SEAT_DUE = 'seat';
/** Listed in `greetDue` of a tombstone, until nothing else is left of the person. */
export const ERASE_DUE = 'erase';

/** Whether what is listed is a mail. */
export const isMailDue = (key: string): boolean => key !== SEAT_DUE && key !== ERASE_DUE;

/** The key of the mail this status owes, of this admission. */
export function greetingOf({ status, admissions }: Pick<Registration, 'status' | 'admissions'>): string {
  const occasion = admissionOccasion(admissions);
  switch (status) {
    case 'applied':
      return SEAT_DUE;
    case 'confirmed':
      return keyOf('confirmation', occasion);
    case 'waitlisted':
      return keyOf('waitlist', occasion);
    case 'cancelled':
      return keyOf('own-cancellation', occasion);
  }
}

const keyOf = (kind: MailKind, occasion: string) => writeMailKey({ campaign: campaignOf(kind), occasion });

/** Mails that somebody asks for. */
export type RequestKind = Extract<MailKind, 'resend' | 'already-registered' | 'confirm-address' | 'new-address'>;

/** The key of a personal mail asked for now. */
export const requestKey = (kind: RequestKind, now: Epoch, chance: string): string =>
  keyOf(kind, requestOccasion(now, chance));

import * as z from 'zod';
import { answersNow, removedAmong } from '#shared/domain/answers-kept.ts';
import { ATTENDANCES, attendanceOf, EVIDENCES, evidenceOf } from '#shared/domain/attendance.ts';
import { readDelivery } from '#shared/domain/delivery.ts';
import type { Event } from '#shared/domain/event.ts';
import { leftAddressesOf, leftAt, OBJECT_WITHIN } from '#shared/domain/left-address.ts';
import { isMailDue, type Registration, SEAT_DUE, Status } from '#shared/domain/registration.ts';
import type { Details } from '#shared/domain/registration-details.ts';
import { type Epoch, instantAt } from '#shared/domain/time.ts';
import type { MailNames } from './mail-names.ts';

/** What became of one mail to one person. */
export const DeliveryView = z
  .object({
    mail: z.string(),
    campaignId: z.string().optional(),
    occasion: z.string(),
    state: z.string(),
    at: z.iso.datetime(),
    attempts: z.int().min(0),
    reason: z.string().optional(),
    scheduleRevision: z.int().min(1).optional(),
  })
  .meta({ id: 'Delivery' });
export type DeliveryView = z.infer<typeof DeliveryView>;

/** An address that a registration has left. */
export const EarlierAddress = z
  .object({
    email: z.string(),
    leftAt: z.iso.datetime(),
    keptUntil: z.iso.datetime(),
    objected: z.boolean(),
  })
  .meta({ id: 'EarlierAddress' });

/** A registration as the organiser sees it. */
export const RegistrationView = z
  .object({
    registrationId: z.string(),
    eventId: z.string(),
    status: Status,
    name: z.string(),
    email: z.string(),
    organisation: z.string().optional(),
    jobTitle: z.string().optional(),
    answers: z.record(z.string(), z.union([z.string(), z.array(z.string())])),
    removedQuestions: z.record(z.string(), z.string()).optional(),
    registeredAt: z.iso.datetime(),
    cancelledAt: z.iso.datetime().optional(),
    timeZone: z.string().optional(),
    privacyVersion: z.string().optional(),
    earlierAddresses: z.array(EarlierAddress).optional(),
    objectedAt: z.iso.datetime().optional(),
    muted: z.boolean(),
    bounced: z.boolean(),
    attendance: z.enum(ATTENDANCES),
    evidence: z.enum(EVIDENCES),
    joinedAt: z.iso.datetime().optional(),
    minutes: z.int().min(0).optional(),
    deliveries: z.array(DeliveryView),
    owed: z.object({ mails: z.array(z.string()), seat: z.boolean(), notBefore: z.iso.datetime() }).optional(),
  })
  .meta({ id: 'Registration' });
export type RegistrationView = z.infer<typeof RegistrationView>;

/** A registration as a key sees it that acts on people and may not see them: that it is there, and how things stand. */
export const RegistrationReceipt = z
  .strictObject({ registrationId: z.string(), eventId: z.string(), status: Status, revision: z.int().min(1) })
  .meta({ id: 'RegistrationReceipt' });
export type RegistrationReceipt = z.infer<typeof RegistrationReceipt>;

interface Around {
  readonly event: Event;
  readonly names: MailNames;
  readonly now: Epoch;
}

/** What is known of a person and of every mail to them; links, keys and counters stay inside. */
export function registrationView(row: Registration, details: Details, { event, names, now }: Around): RegistrationView {
  const { eventId, registrationId, status, name, email, registeredAt, cancelledAt, timeZone, privacyVersion } = row;
  const removed = removedAmong(event, details.answers);
  return {
    registrationId,
    eventId,
    status,
    name,
    email,
    ...(details.organisation !== undefined && { organisation: details.organisation }),
    ...(details.jobTitle !== undefined && { jobTitle: details.jobTitle }),
    answers: answersNow(event.questions, details.answers),
    ...(Object.keys(removed).length > 0 && { removedQuestions: removed }),
    registeredAt,
    ...(cancelledAt !== undefined && { cancelledAt }),
    ...(timeZone !== undefined && { timeZone }),
    ...(privacyVersion !== undefined && { privacyVersion }),
    ...movesOf(row),
    muted: row.muted ?? false,
    bounced: row.bounced ?? false,
    attendance: attendanceOf(event, row, now),
    evidence: evidenceOf(row),
    ...(row.joinedAt !== undefined && { joinedAt: instantAt(row.joinedAt) }),
    ...(row.minutes !== undefined && { minutes: row.minutes }),
    deliveries: deliveriesOf(row, names),
    ...owedTo(row, names),
  };
}

/** What the organiser needs to decide about a move: where the registration was, and whether somebody there objects. */
function movesOf(row: Registration): Pick<RegistrationView, 'earlierAddresses' | 'objectedAt'> {
  const earlier = leftAddressesOf(row).map((address) => ({
    email: address.email,
    leftAt: instantAt(leftAt(address)),
    keptUntil: instantAt(leftAt(address) + OBJECT_WITHIN),
    objected: address.objected,
  }));
  return {
    ...(earlier.length > 0 && { earlierAddresses: earlier }),
    ...(row.objectedAt !== undefined && { objectedAt: instantAt(row.objectedAt) }),
  };
}

/** The ledger, oldest first. */
const deliveriesOf = ({ deliveries }: Registration, names: MailNames): DeliveryView[] =>
  Object.entries(deliveries)
    .map(([key, entry]) => {
      const { state, epoch, attempt, reason, told } = readDelivery(entry);
      return {
        ...names.named(key),
        state,
        at: instantAt(epoch),
        attempts: attempt,
        ...(reason !== undefined && { reason }),
        ...(told !== undefined && { scheduleRevision: told }),
      };
    })
    .sort((a, b) => a.at.localeCompare(b.at));

/** Mails on their way, and whether a seat is still to be decided. */
function owedTo({ greetDue = new Set(), greetDueAt }: Registration, names: MailNames): Pick<RegistrationView, 'owed'> {
  if (greetDue.size === 0 || greetDueAt === undefined) return {};
  const mails = [...greetDue].filter(isMailDue).map((key) => names.named(key).mail);
  return { owed: { mails, seat: greetDue.has(SEAT_DUE), notBefore: instantAt(greetDueAt) } };
}

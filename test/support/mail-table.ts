import type { Lane, MailKind, RegistrationStatus } from '#shared/domain/mail-kinds.ts';
import type { EventState } from '#shared/domain/schedule.ts';
import type { Epoch } from '#shared/domain/time.ts';
import { NOW_EPOCH } from '#test/support/builders.ts';
import { DAY, END, HOUR, START } from '#test/support/decided.ts';

/** What the table of mail kinds says about one kind. */
export interface Row {
  readonly eventIs: readonly EventState[];
  /** Only once the clock says so. */
  readonly onceOver: boolean;
  readonly registrationIs: readonly RegistrationStatus[];
  readonly stoppedByMute: boolean;
  /** Another one of these is another mail: this one is superseded. */
  readonly oneFor: 'admission' | 'start' | 'end' | 'schedule' | undefined;
  /** For a mail owed since then. */
  readonly notAfter: readonly (readonly [since: Epoch, notAfter: Epoch])[];
  readonly inDoubt: 'resend-once' | 'hold';
  readonly lane: Lane;
  readonly tellsSchedule: boolean;
  readonly calendar: 'REQUEST' | 'CANCEL' | undefined;
}

/** The table of mail kinds, written down a second time and apart from the code: whoever changes a rule changes both. */
export const TABLE: Record<MailKind, Row> = {
  confirmation: {
    eventIs: ['published'],
    onceOver: false,
    registrationIs: ['confirmed'],
    stoppedByMute: false,
    oneFor: 'admission',
    notAfter: [
      [NOW_EPOCH, END],
      [START, END],
    ],
    inDoubt: 'resend-once',
    lane: 'now',
    tellsSchedule: true,
    calendar: 'REQUEST',
  },
  waitlist: {
    eventIs: ['published'],
    onceOver: false,
    registrationIs: ['waitlisted'],
    stoppedByMute: false,
    oneFor: 'admission',
    notAfter: [
      [NOW_EPOCH, START],
      [START - HOUR, START],
    ],
    inDoubt: 'resend-once',
    lane: 'now',
    tellsSchedule: true,
    calendar: undefined,
  },
  joining: {
    eventIs: ['published'],
    onceOver: false,
    registrationIs: ['confirmed'],
    stoppedByMute: false,
    oneFor: 'start',
    notAfter: [
      [START - DAY, START],
      [START - HOUR, START],
    ],
    inDoubt: 'resend-once',
    lane: 'timed',
    tellsSchedule: true,
    calendar: undefined,
  },
  reminder: {
    eventIs: ['published'],
    onceOver: false,
    registrationIs: ['confirmed'],
    stoppedByMute: true,
    oneFor: 'start',
    notAfter: [
      [START - DAY, START - DAY + 6 * HOUR],
      [START - HOUR, START],
    ],
    inDoubt: 'resend-once',
    lane: 'timed',
    tellsSchedule: true,
    calendar: undefined,
  },
  survey: {
    eventIs: ['published'],
    onceOver: true,
    registrationIs: ['confirmed'],
    stoppedByMute: true,
    oneFor: 'end',
    notAfter: [
      [END, END + 7 * DAY],
      [END + 2 * HOUR, END + 2 * HOUR + 7 * DAY],
    ],
    inDoubt: 'hold',
    lane: 'bulk',
    tellsSchedule: false,
    calendar: undefined,
  },
  nudge: {
    eventIs: ['published'],
    onceOver: true,
    registrationIs: ['confirmed'],
    stoppedByMute: true,
    oneFor: 'end',
    notAfter: [
      [END, END + 7 * DAY],
      [END + 3 * DAY, END + 10 * DAY],
    ],
    inDoubt: 'hold',
    lane: 'bulk',
    tellsSchedule: false,
    calendar: undefined,
  },
  announcement: {
    eventIs: ['published'],
    onceOver: false,
    registrationIs: ['confirmed', 'waitlisted', 'cancelled'],
    stoppedByMute: true,
    oneFor: undefined,
    notAfter: [
      [START - 7 * DAY, START - 6 * DAY],
      [START - HOUR, START + 23 * HOUR],
    ],
    inDoubt: 'hold',
    lane: 'bulk',
    tellsSchedule: false,
    calendar: undefined,
  },
  'own-cancellation': {
    eventIs: ['draft', 'published', 'postponed', 'cancelled'],
    onceOver: false,
    registrationIs: ['cancelled'],
    stoppedByMute: false,
    oneFor: 'admission',
    notAfter: [
      [NOW_EPOCH, NOW_EPOCH + HOUR],
      [END, END + HOUR],
    ],
    inDoubt: 'resend-once',
    lane: 'now',
    tellsSchedule: false,
    calendar: 'CANCEL',
  },
  resend: {
    eventIs: ['draft', 'published', 'postponed', 'cancelled'],
    onceOver: false,
    registrationIs: ['applied', 'confirmed', 'waitlisted', 'cancelled'],
    stoppedByMute: false,
    oneFor: undefined,
    notAfter: [
      [NOW_EPOCH, NOW_EPOCH + HOUR],
      [END, END + HOUR],
    ],
    inDoubt: 'resend-once',
    lane: 'now',
    tellsSchedule: true,
    calendar: undefined,
  },
  'already-registered': {
    eventIs: ['draft', 'published', 'postponed', 'cancelled'],
    onceOver: false,
    registrationIs: ['applied', 'confirmed', 'waitlisted', 'cancelled'],
    stoppedByMute: false,
    oneFor: undefined,
    notAfter: [
      [NOW_EPOCH, NOW_EPOCH + HOUR],
      [END, END + HOUR],
    ],
    inDoubt: 'resend-once',
    lane: 'now',
    tellsSchedule: true,
    calendar: undefined,
  },
  'confirm-address': {
    eventIs: ['draft', 'published', 'postponed', 'cancelled'],
    onceOver: false,
    registrationIs: ['applied'],
    stoppedByMute: false,
    oneFor: undefined,
    notAfter: [
      [NOW_EPOCH, NOW_EPOCH + HOUR],
      [END, END + HOUR],
    ],
    inDoubt: 'resend-once',
    lane: 'now',
    tellsSchedule: true,
    calendar: undefined,
  },
  'new-address': {
    eventIs: ['draft', 'published', 'postponed', 'cancelled'],
    onceOver: false,
    registrationIs: ['applied', 'confirmed', 'waitlisted', 'cancelled'],
    stoppedByMute: false,
    oneFor: undefined,
    notAfter: [
      [NOW_EPOCH, NOW_EPOCH + HOUR],
      [END, END + HOUR],
    ],
    inDoubt: 'resend-once',
    lane: 'now',
    tellsSchedule: false,
    calendar: undefined,
  },
  'address-moved': {
    eventIs: ['draft', 'published', 'postponed', 'cancelled'],
    onceOver: false,
    registrationIs: ['applied', 'confirmed', 'waitlisted', 'cancelled'],
    stoppedByMute: false,
    oneFor: undefined,
    notAfter: [
      [NOW_EPOCH, NOW_EPOCH + 7 * DAY],
      [END, END + 7 * DAY],
    ],
    inDoubt: 'resend-once',
    lane: 'now',
    tellsSchedule: false,
    calendar: undefined,
  },
  'move-objected': {
    eventIs: ['draft', 'published', 'postponed', 'cancelled'],
    onceOver: false,
    registrationIs: ['applied', 'confirmed', 'waitlisted', 'cancelled'],
    stoppedByMute: false,
    oneFor: undefined,
    notAfter: [
      [NOW_EPOCH, NOW_EPOCH + HOUR],
      [END, END + HOUR],
    ],
    inDoubt: 'resend-once',
    lane: 'now',
    tellsSchedule: false,
    calendar: undefined,
  },
  change: {
    eventIs: ['published'],
    onceOver: false,
    registrationIs: ['confirmed', 'waitlisted'],
    stoppedByMute: false,
    oneFor: 'schedule',
    notAfter: [
      [NOW_EPOCH, END],
      [START, END],
    ],
    inDoubt: 'resend-once',
    lane: 'timed',
    tellsSchedule: true,
    calendar: 'REQUEST',
  },
  postponed: {
    eventIs: ['postponed'],
    onceOver: false,
    registrationIs: ['confirmed', 'waitlisted'],
    stoppedByMute: false,
    oneFor: 'schedule',
    notAfter: [
      [NOW_EPOCH, NOW_EPOCH + 48 * HOUR],
      [START, START + 48 * HOUR],
    ],
    inDoubt: 'resend-once',
    lane: 'timed',
    tellsSchedule: true,
    calendar: 'CANCEL',
  },
  cancelled: {
    eventIs: ['cancelled'],
    onceOver: false,
    registrationIs: ['confirmed', 'waitlisted'],
    stoppedByMute: false,
    oneFor: 'schedule',
    notAfter: [
      [NOW_EPOCH, NOW_EPOCH + 48 * HOUR],
      [START, START + 48 * HOUR],
    ],
    inDoubt: 'resend-once',
    lane: 'timed',
    tellsSchedule: true,
    calendar: 'CANCEL',
  },
  alert: {
    eventIs: ['draft', 'published', 'postponed', 'cancelled'],
    onceOver: false,
    registrationIs: ['applied', 'confirmed', 'waitlisted', 'cancelled'],
    stoppedByMute: false,
    oneFor: undefined,
    notAfter: [
      [NOW_EPOCH, NOW_EPOCH + HOUR],
      [END, END + HOUR],
    ],
    inDoubt: 'resend-once',
    lane: 'now',
    tellsSchedule: false,
    calendar: undefined,
  },
  'test-send': {
    eventIs: ['draft', 'published', 'postponed', 'cancelled'],
    onceOver: false,
    registrationIs: ['applied', 'confirmed', 'waitlisted', 'cancelled'],
    stoppedByMute: false,
    oneFor: undefined,
    notAfter: [
      [NOW_EPOCH, NOW_EPOCH + HOUR],
      [END, END + HOUR],
    ],
    inDoubt: 'resend-once',
    lane: 'now',
    tellsSchedule: false,
    calendar: undefined,
  },
  'prove-organiser': {
    eventIs: ['draft', 'published', 'postponed', 'cancelled'],
    onceOver: false,
    registrationIs: ['applied', 'confirmed', 'waitlisted', 'cancelled'],
    stoppedByMute: false,
    oneFor: undefined,
    notAfter: [
      [NOW_EPOCH, NOW_EPOCH + HOUR],
      [END, END + HOUR],
    ],
    inDoubt: 'resend-once',
    lane: 'now',
    tellsSchedule: false,
    calendar: undefined,
  },
};

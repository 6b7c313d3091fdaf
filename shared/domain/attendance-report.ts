import * as z from 'zod';
import { Stay } from './stay.ts';

/** Whose report it is; `other` is any table of addresses or names and minutes. */
export const PROVIDERS = ['zoom', 'teams', 'goto', 'other'] as const;

/** Somebody a report tells of: under which address and name, and how long they were there. */
export const Attendee = z.object({
  /** The first row that tells of them, as a spreadsheet counts rows. */
  row: z.int().min(1),
  /** As it reads. */
  name: z.string().optional(),
  /** In its one spelling. */
  email: z.string().optional(),
  stays: z.array(Stay),
});
export type Attendee = z.infer<typeof Attendee>;

/** A row that tells of nobody, and why. */
export const RowFault = z.object({ row: z.int().min(1), reason: z.string() });
export type RowFault = z.infer<typeof RowFault>;

/** What a provider's attendance report says. */
export const AttendanceReport = z.object({
  provider: z.enum(PROVIDERS),
  /** Rows that are about people. */
  rows: z.int().min(0),
  /** Rows of people who did not come. */
  absent: z.int().min(0),
  attendees: z.array(Attendee),
  faults: z.array(RowFault),
});
export type AttendanceReport = z.infer<typeof AttendanceReport>;

import * as z from 'zod';
import { ATTENDANCES, attendanceFinalAt, attendanceOf } from './attendance.ts';
import { askedAs, choseWanted, optionNamed } from './chosen-audience.ts';
import type { Event } from './event.ts';
import { type CampaignKind, MAIL_RULES } from './mail-kinds.ts';
import { currentLabel, optionsOf } from './option.ts';
import { type Registration, Status } from './registration.ts';
import type { Epoch } from './time.ts';
import { fireTime, type Trigger } from './trigger.ts';

/** Whom a campaign is for, beyond what its kind asks: confirmed people unless `status` says otherwise. */
export const Audience = z.strictObject({
  status: z.array(Status).min(1).optional(),
  attendance: z.array(z.enum(ATTENDANCES)).min(1).optional(),
  answeredSurvey: z.boolean().optional(),
  registeredBefore: z.iso.datetime({ error: 'Enter an instant like 2026-02-18T09:00:00Z' }).optional(),
  registeredAfter: z.iso.datetime({ error: 'Enter an instant like 2026-02-18T09:00:00Z' }).optional(),
  /** Of each question named, one of these options. */
  answers: z.record(z.string(), z.array(z.string()).min(1)).optional(),
});
export type Audience = z.infer<typeof Audience>;

/** The same as it is kept: what people chose by ids. In those of earlier versions `answers` are still there, by name. */
export const KeptAudience = Audience.extend({ chose: z.record(z.string(), z.array(z.string())).optional() });
export type KeptAudience = z.infer<typeof KeptAudience>;

type Member = Pick<
  Registration,
  'status' | 'registeredAt' | 'answeredSurvey' | 'openedAt' | 'joinedAt' | 'minutes' | 'chose'
>;

/** Whether a person belongs to it at that moment. Of what they chose this says something only once it is known: see `isUnsorted`. */
export function belongs(row: Member, audience: KeptAudience, { event, now }: { event: Event; now: Epoch }): boolean {
  const { status = ['confirmed'], attendance, registeredBefore, registeredAfter, answeredSurvey } = audience;
  const registered = Date.parse(row.registeredAt);
  return (
    status.includes(row.status) &&
    (attendance === undefined || attendance.includes(attendanceOf(event, row, now))) &&
    (registeredBefore === undefined || registered < Date.parse(registeredBefore)) &&
    (registeredAfter === undefined || registered >= Date.parse(registeredAfter)) &&
    (answeredSurvey === undefined || answeredSurvey === (row.answeredSurvey ?? false)) &&
    choseWanted(row, audience, event)
  );
}

/** Why a campaign of this kind cannot have such an audience at this event, with the field at fault; undefined when it can. */
export function audienceFault(
  { kind, audience: { attendance, answers = {} } }: { readonly kind: CampaignKind; readonly audience: Audience },
  event: Event,
): { field: string; message: string } | undefined {
  if (attendance && !MAIL_RULES[kind].afterEnd && kind !== 'announcement')
    return { field: 'audience/attendance', message: `Nobody can have come yet when a ${kind} is sent` };
  for (const [questionId, wanted] of Object.entries(answers)) {
    const field = `audience/answers/${questionId}`;
    const question = askedAs(questionId, event);
    if (!question) return { field, message: `The event has no question “${questionId}”` };
    if (!question.segment)
      return {
        field,
        message: `“${question.label}” is not kept for choosing audiences: mark it "segment": true first`,
      };
    const unknown = wanted.find((name) => currentLabel(question, optionNamed(question, name) ?? '') === undefined);
    if (unknown !== undefined)
      return { field, message: `“${unknown}” is none of the answers: choose from ${optionsOf(question).join(', ')}` };
  }
  return undefined;
}

/** Whether nobody can be told from the others before it is final who came. */
const waitsForAttendance = ({ attendance }: Audience): boolean =>
  attendance !== undefined && !attendance.includes('unknown');

/**
 * When a campaign fires for an event, epoch seconds; undefined where no clock fires it. One for those who came, or for
 * those who did not, waits until that is final.
 */
export function firesAt(
  { trigger, audience }: { readonly trigger: Trigger; readonly audience: Audience },
  event: Event,
): Epoch | undefined {
  const at = fireTime(trigger, event);
  return at !== undefined && waitsForAttendance(audience) ? Math.max(at, attendanceFinalAt(event)) : at;
}

/** Until when a campaign that is triggered by hand has to wait; undefined once it may go. */
export function waitsUntil({ audience }: { readonly audience: Audience }, event: Event, now: Epoch): Epoch | undefined {
  const finalAt = attendanceFinalAt(event);
  return waitsForAttendance(audience) && now < finalAt ? finalAt : undefined;
}

import * as z from 'zod';
import { ATTENDANCES } from '#shared/domain/attendance.ts';
import { Status } from '#shared/domain/registration.ts';
import { Cursor, Limit } from './paging.ts';

/** What `GET …/registrations` can be asked for. */
export const RegistrationQuery = z.strictObject({
  status: z.enum(Status.options, { error: `Choose one of ${Status.options.join(', ')}` }).optional(),
  attendance: z.enum(ATTENDANCES, { error: `Choose one of ${ATTENDANCES.join(', ')}` }).optional(),
  cursor: Cursor.optional(),
  limit: Limit,
});

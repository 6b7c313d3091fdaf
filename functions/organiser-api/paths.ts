import * as z from 'zod';
import { Id } from '#shared/domain/ids.ts';

export const EventPath = z.object({ eventId: Id });
export const RegistrationPath = z.object({ eventId: Id, registrationId: Id });

import { wasInvited } from './invited.ts';
import { MAIL_RULES, type MailKind } from './mail-kinds.ts';
import type { Registration } from './registration.ts';

/**
 * The iTIP method of the calendar part that a mail of this kind brings to this person; undefined where it brings none.
 * Only who has a place is invited, and only who was invited is told to forget it. Who waits may have been sent notices,
 * but never a calendar part, and the sequence counts those.
 */
export function bringsCalendar(
  kind: MailKind,
  registration: Pick<Registration, 'status' | 'deliveries' | 'sequence'>,
): 'REQUEST' | 'CANCEL' | undefined {
  switch (MAIL_RULES[kind].calendar) {
    case 'REQUEST':
      return registration.status === 'confirmed' ? 'REQUEST' : undefined;
    case 'CANCEL':
      return registration.sequence > 0 && wasInvited(registration) ? 'CANCEL' : undefined;
    case undefined:
      return undefined;
  }
}

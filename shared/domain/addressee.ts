import type { MailKind } from './mail-kinds.ts';
import type { Registration } from './registration.ts';

/** Where a mail of this kind goes; undefined where it would ask for an address that is not wanted any more, or is confirmed. */
export function addresseeOf(
  kind: MailKind,
  { email, newEmail, confirmBy }: Pick<Registration, 'email' | 'newEmail' | 'confirmBy'>,
): string | undefined {
  if (kind === 'new-address') return newEmail;
  return kind === 'confirm-address' && confirmBy === undefined ? undefined : email;
}

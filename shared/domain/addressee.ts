import type { MailKind } from './mail-kinds.ts';
import type { Registration } from './registration.ts';

/** Where a mail of this kind goes; undefined where the person does not want that address any more. */
export const addresseeOf = (
  kind: MailKind,
  { email, newEmail }: Pick<Registration, 'email' | 'newEmail'>,
): string | undefined => (kind === 'new-address' ? newEmail : email);

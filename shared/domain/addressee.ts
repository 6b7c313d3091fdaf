import { leftAddressOf } from './left-address.ts';
import type { MailKind } from './mail-kinds.ts';
import type { Registration } from './registration.ts';

/** Where a mail goes; undefined where it would ask for an address that is not wanted any more, or is confirmed, or forgotten. */
export function addresseeOf(
  { kind, occasion }: { readonly kind: MailKind; readonly occasion: string },
  row: Pick<Registration, 'email' | 'newEmail' | 'confirmBy' | 'left'>,
): string | undefined {
  switch (kind) {
    case 'new-address':
      return row.newEmail;
    case 'address-moved':
      return leftAddressOf(row, occasion)?.email;
    case 'confirm-address':
      return row.confirmBy === undefined ? undefined : row.email;
    default:
      return row.email;
  }
}

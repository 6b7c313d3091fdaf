import { isOrganiserKind, type MailKind } from '#shared/domain/mail-kinds.ts';
import { isProved } from '#shared/domain/proof.ts';
import { fromItem } from '#shared/store/registration-items.ts';
import type { Item } from '#shared/store/table.ts';

/** Whether a mail of this kind names its person: only at an address that has proved itself, which a new one has not. */
export const showsName = (kind: MailKind, claimed: Item, event: Item): boolean =>
  isOrganiserKind(kind) ||
  (kind !== 'new-address' && isProved(fromItem(claimed), { confirmAddress: event.confirmAddress === true }));

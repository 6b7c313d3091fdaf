import * as z from 'zod';

/** How far a stage's mail goes: nowhere, to listed addresses and domains, or to everybody. */
export const MailMode = z.enum(['simulator', 'allow-list', 'live']);
export type MailMode = z.infer<typeof MailMode>;

/** SES's own mailbox simulator: it accepts, and nothing leaves. */
const SIMULATOR = 'success@simulator.amazonses.com';

export interface MailReach {
  readonly mode: MailMode;
  /** Addresses ("ada@example.org") and domains ("@example.org"). */
  readonly allowList: readonly string[];
}

/** Whether a stage with this mode mails the address at all. */
export const mayReach =
  ({ mode, allowList }: MailReach) =>
  (address: string): boolean =>
    mode !== 'allow-list' || allowList.includes(address) || allowList.includes(address.slice(address.lastIndexOf('@')));

/** Where mail to an address really goes. */
export const destinationOf = ({ mode }: MailReach, address: string): string =>
  mode === 'simulator' ? SIMULATOR : address;

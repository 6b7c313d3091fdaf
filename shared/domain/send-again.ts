import { type Changed, requestMail } from './change-registration.ts';
import type { Registration } from './registration.ts';
import { wantMail } from './send-after-all.ts';

/**
 * The organiser has somebody's registration mailed to them again, and so answers for the address: a first mail that was dropped
 * is what goes, and nothing more is kept from them. Throws `mail-under-way`.
 */
export function sendAgain(row: Registration, wish: Parameters<typeof requestMail>[1]): Changed | undefined {
  const wanted = wantMail(row, wish.now);
  return wanted?.fact ? wanted : (requestMail(wanted?.row ?? row, wish) ?? wanted);
}

import type { Item } from '#shared/store/table.ts';
import { isRow } from './history.ts';
import type { Setting } from './setting.ts';
import type { Call } from './sim-ses.ts';
import type { Commit } from './sim-table.ts';

/** What may become of a row: it bounced only if a mail to the address it has did, and lapses only once its time is over. */
export function rows({ time, faults, violated }: Setting) {
  const calls = new Map<string, Call[]>();

  /** Whether a mail to the very address this person has now came back for good, or was complained about. */
  const isBounced = ({ registrationId, addressRevision, email }: Item): boolean =>
    (calls.get(String(registrationId)) ?? []).some(
      ({ isFinal, mail: { to, tags } }) =>
        isFinal === true && to === email && tags.addressRevision === String(addressRevision),
    );

  function mayLapse(before: Item, after: Item): void {
    if (before.confirmBy === undefined || after.confirmBy !== undefined || after.status !== 'cancelled') return;
    const owes = after.greetDue instanceof Set && after.greetDue.has(`own-cancellation@a${after.admissions}`);
    if (owes) return;
    faults.note('lets it lapse');
    if (time.now() < Number(before.confirmBy) * 1000) violated('lapsed before its time', { before, after });
  }

  return {
    /** The first byte of a call is at SES. */
    called(call: Call): void {
      const { registration = '' } = call.mail.tags;
      const known = calls.get(registration);
      if (known) known.push(call);
      else calls.set(registration, [call]);
    },

    committed({ before, after }: Commit): void {
      if (!after || !isRow(after) || after.erased) return;
      if (after.bounced && !before?.bounced && !isBounced(after))
        violated('bounced, by what another address did', after);
      if (before) mayLapse(before, after);
    },
  };
}

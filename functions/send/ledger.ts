import type { Clock } from '#shared/clock.ts';
import { broughtBy, mayComeBack, wasForNothing } from '#shared/domain/bring-joining.ts';
import { alsoOwing, settledOwing } from '#shared/domain/change-registration.ts';
import type { Decision } from '#shared/domain/decision.ts';
import { becoming, type Delivery, readDelivery, writeDelivery } from '#shared/domain/delivery.ts';
import { putOff } from '#shared/domain/put-off.ts';
import type { Registration } from '#shared/domain/registration.ts';
import type { Epoch } from '#shared/domain/time.ts';
import { withEntry, withoutLoad } from '#shared/domain/without-load.ts';
import type { Logger } from '#shared/logger.ts';
import type { Count } from '#shared/metrics.ts';
import type { RegistrationStore } from '#shared/store/registrations.ts';

interface LedgerDeps {
  readonly registrations: Pick<RegistrationStore, 'revise'>;
  readonly clock: Clock;
  readonly logger: Logger;
  readonly count: Count;
}

/** One entry of the ledger as somebody read or wrote it: whoever changes it must find it so. */
export interface Entry {
  readonly row: Registration;
  readonly mailKey: string;
  /** Undefined where there is none. */
  readonly entry: string | undefined;
  /** What this claim brings along, and what stood there before. */
  readonly brought?: Readonly<Record<string, string | undefined>>;
}

type Outcome = Pick<Delivery, 'state'> & { readonly reason?: string };

const UNSEEN: Delivery = { state: 'claimed', epoch: 0, attempt: 0, owner: '' };

/** The row as if these had not been skipped, nor brought along for nothing: the reason they were is gone. */
const withoutSkipped = (row: Registration, mailKeys: readonly string[]): Registration =>
  mailKeys
    .filter((key) => {
      const entry = row.deliveries[key];
      return entry !== undefined && wasForNothing(row, readDelivery(entry));
    })
    .reduce((each, key) => withEntry(each, key, undefined), row);

/** The writes that end a claim. Each happens only while the entry is as it was. */
export function ledger({ registrations, clock, logger, count }: LedgerDeps) {
  const nowEpoch = () => Math.floor(clock.now() / 1000);
  const settledWith = (row: Registration, { mailKey, entry }: Entry, outcome: Outcome): Registration => {
    const known = entry === undefined ? UNSEEN : readDelivery(entry);
    const settled = writeDelivery(becoming(known, { ...outcome, epoch: nowEpoch() }));
    return settledOwing(withEntry(row, mailKey, settled), mailKey);
  };

  const tell = ({ row: { eventId, registrationId }, mailKey }: Entry, { state, reason }: Outcome) => {
    logger.info(`Mail ${state}`, { eventId, registrationId, mailKey, reason });
    if (state === 'skipped' && reason === 'expired') count('MailExpired');
    if (state === 'failed') count('MailFailed');
    if (state === 'held') count('MailHeld');
  };

  return {
    /** Writes down what became of the mail, and strikes it off what is owed. */
    async settle(at: Entry, outcome: Outcome): Promise<void> {
      await registrations.revise(at.row, (current) =>
        current.deliveries[at.mailKey] === at.entry ? { row: settledWith(current, at, outcome) } : undefined,
      );
      tell(at, outcome);
    },

    /**
     * Skips the mail for as long as the reason holds in the very write; resolves to whether it did. What the person is to
     * be told instead is owed from that write on.
     */
    async skip(
      at: Entry,
      reasonNow: (current: Registration) => Decision,
      instead: (skipped: Decision) => readonly string[],
    ): Promise<boolean> {
      let outcome: Outcome | undefined;
      await registrations.revise(at.row, (current) => {
        outcome = undefined;
        const decision = reasonNow(current);
        if (current.deliveries[at.mailKey] !== at.entry || decision.do !== 'skip') return undefined;
        outcome = { state: 'skipped', reason: decision.reason };
        const now = nowEpoch();
        const row = withoutLoad(settledWith(current, at, outcome), { mailKey: at.mailKey, now });
        return { row: alsoOwing(row, { mailKeys: instead(decision), now })?.row ?? row };
      });
      if (outcome) tell(at, outcome);
      return outcome !== undefined;
    },

    /**
     * Gives a claim back: the ledger is as it was before it, an earlier doubt included. What another mail brings by now
     * stays. What the person is owed by itself waits `until` then, where that is said.
     */
    async release(
      at: Entry,
      { doubt, until }: { doubt: string | undefined; until?: Epoch | undefined },
    ): Promise<void> {
      await registrations.revise(at.row, (current) => {
        if (current.deliveries[at.mailKey] !== at.entry) return undefined;
        const brings = broughtBy(at.mailKey, current.deliveries);
        const brought = Object.entries(at.brought ?? {}).filter(([key]) => brings.includes(key));
        const before = [...brought, [at.mailKey, doubt] as const];
        const row = before.reduce((each, [key, entry]) => withEntry(each, key, entry), current);
        return { row: until === undefined ? row : putOff(row, { mailKey: at.mailKey, until }) };
      });
    },

    /** Lists more mails as owed to the person, skipped or not; the row as it is then, or undefined once it is gone. */
    owe: (row: Registration, mailKeys: readonly string[]): Promise<Registration | undefined> =>
      registrations.revise(row, (current) =>
        alsoOwing(withoutSkipped(current, mailKeys), { mailKeys, now: nowEpoch() }),
      ),

    /** Strikes off what is settled already; not what was released since, and is owed again, nor what may yet be. */
    async strikeOff(row: Registration, mailKey: string): Promise<void> {
      await registrations.revise(row, (current) => {
        const entry = current.deliveries[mailKey];
        const isDone = entry !== undefined && !mayComeBack(current, readDelivery(entry));
        return isDone && current.greetDue?.has(mailKey)
          ? { row: settledOwing(current, mailKey), restsOn: [['deliveries', mailKey]] }
          : undefined;
      });
    },
  };
}
export type Ledger = ReturnType<typeof ledger>;

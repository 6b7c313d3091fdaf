import type { Clock } from '#shared/clock.ts';
import { tryAgainAt } from '#shared/domain/put-off.ts';
import type { Epoch } from '#shared/domain/time.ts';
import type { Timings } from '#shared/domain/timings.ts';
import type { Logger } from '#shared/logger.ts';
import type { Mail, Mailer } from '#shared/mail/mailer.ts';
import type { Count } from '#shared/metrics.ts';
import type { ControlStore } from '#shared/store/control.ts';
import type { Entry, Ledger } from './ledger.ts';
import { BACKOFF, type Standing } from './standing.ts';

interface CallDeps {
  readonly mailer: Mailer;
  /** SES throttled: everybody sends more slowly for a while. */
  readonly slowDown: () => Promise<void>;
  readonly control: Pick<ControlStore, 'refused'>;
  readonly timings: Pick<Timings, 'claimGrace' | 'askAgain' | 'askRecipientAgain' | 'sweepAfter'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Logger;
  readonly count: Count;
}

/** What is put on the wire for a claim. */
interface Attempt {
  readonly mail: Mail;
  /** What stood in the ledger before. */
  readonly doubt: string | undefined;
  readonly notAfter: Epoch;
}

const CALLED = { called: true } as const;

/** One attempt on the wire for a mail that is claimed, and what the ledger says of it then. */
export const callSes =
  ({ mailer, slowDown, control, timings, clock, logger, count }: CallDeps, book: Ledger) =>
  async (mine: Entry, { mail, doubt, notAfter }: Attempt): Promise<Standing> => {
    const outcome = await mailer.send(mail);
    const nowEpoch = () => clock.now() / 1000;
    const { eventId, registrationId } = mine.row;
    const fields = { eventId, registrationId, mailKey: mine.mailKey };
    switch (outcome.is) {
      case 'accepted':
        await book.settle(mine, { state: 'sent' });
        return { is: 'settled', ...CALLED };
      case 'impossible':
        logger.warn('SES will never take a mail', { ...fields, ...why(outcome) });
        await book.settle(mine, { state: 'failed', reason: outcome.reason });
        return { is: 'settled', ...CALLED };
      case 'barred': {
        // Who is not verified leaves the lane's slots to those who are.
        const until = outcome.whom === 'recipient' ? tryAgainAt({ now: nowEpoch(), notAfter }, timings) : undefined;
        await book.release(mine, { doubt, until });
        logger.warn('SES takes no mail from our sender, or none to this address; it stays owed', {
          ...fields,
          ...why(outcome),
          whom: outcome.whom,
        });
        count('MailNotVerified');
        if (outcome.whom === 'sender') await control.refused(Math.ceil(nowEpoch() + timings.askAgain));
        // No return: it takes a person to mend this, and until then every try would be one in vain.
        return { is: 'left', ...CALLED };
      }
      case 'refused':
        await book.release(mine, { doubt });
        logger.warn('SES did not take a mail; it is tried again', { ...fields, ...why(outcome) });
        count('MailRefused');
        if (isThrottling(outcome.reason)) await slowDown();
        return { is: 'again', after: BACKOFF, ...CALLED };
      case 'unknown':
        logger.warn('Nobody knows whether SES took a mail', { ...fields, reason: outcome.reason });
        count('MailInDoubt');
        return { is: 'again', after: Math.ceil(timings.claimGrace), ...CALLED };
    }
  };

const why = ({ reason, says }: { readonly reason: string; readonly says?: string }) => ({ reason, says });

const isThrottling = (reason: string): boolean => /TooManyRequests|Throttling|LimitExceeded/.test(reason);

import type { Clock } from '#shared/clock.ts';
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
  readonly timings: Pick<Timings, 'claimGrace' | 'askAgain'>;
  readonly clock: Pick<Clock, 'now'>;
  readonly logger: Logger;
  readonly count: Count;
}

const CALLED = { called: true } as const;

/** One attempt on the wire for a mail that is claimed, and what the ledger says of it then. `doubt` was there before. */
export const callSes =
  ({ mailer, slowDown, control, timings, clock, logger, count }: CallDeps, book: Ledger) =>
  async (mine: Entry, doubt: string | undefined, mail: Mail): Promise<Standing> => {
    const outcome = await mailer.send(mail);
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
      case 'barred':
        await book.release(mine, doubt);
        logger.warn('SES takes no mail from our sender, or none to this address; it stays owed', {
          ...fields,
          ...why(outcome),
          whom: outcome.whom,
        });
        count('MailNotVerified');
        if (outcome.whom === 'sender') await control.refused(Math.ceil(clock.now() / 1000 + timings.askAgain));
        // No return: it takes a person to mend this, and until then every try would be one in vain.
        return { is: 'left', ...CALLED };
      case 'refused':
        await book.release(mine, doubt);
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

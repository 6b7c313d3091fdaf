import type { Timings } from '#shared/domain/timings.ts';
import type { Logger } from '#shared/logger.ts';
import type { Mail, Mailer } from '#shared/mail/mailer.ts';
import type { Count } from '#shared/metrics.ts';
import type { Entry, Ledger } from './ledger.ts';
import { BACKOFF, type Standing } from './standing.ts';

interface CallDeps {
  readonly mailer: Mailer;
  /** SES throttled: everybody sends more slowly for a while. */
  readonly slowDown: () => Promise<void>;
  readonly timings: Pick<Timings, 'claimGrace'>;
  readonly logger: Logger;
  readonly count: Count;
}

const CALLED = { called: true } as const;

/** One attempt on the wire for a mail that is claimed, and what the ledger says of it then. `doubt` was there before. */
export const callSes =
  ({ mailer, slowDown, timings, logger, count }: CallDeps, book: Ledger) =>
  async (mine: Entry, doubt: string | undefined, mail: Mail): Promise<Standing> => {
    const outcome = await mailer.send(mail);
    const { eventId, registrationId } = mine.row;
    const fields = { eventId, registrationId, mailKey: mine.mailKey };
    switch (outcome.is) {
      case 'accepted':
        await book.settle(mine, { state: 'sent' });
        return { is: 'settled', ...CALLED };
      case 'impossible':
        await book.settle(mine, { state: 'failed', reason: outcome.reason });
        return { is: 'settled', ...CALLED };
      case 'refused':
        await book.release(mine, doubt);
        logger.warn('SES did not take a mail; it is tried again', { ...fields, reason: outcome.reason });
        count('MailRefused');
        if (isThrottling(outcome.reason)) await slowDown();
        return { is: 'again', after: BACKOFF, ...CALLED };
      case 'unknown':
        logger.warn('Nobody knows whether SES took a mail', { ...fields, reason: outcome.reason });
        count('MailInDoubt');
        return { is: 'again', after: Math.ceil(timings.claimGrace), ...CALLED };
    }
  };

const isThrottling = (reason: string): boolean => /TooManyRequests|Throttling|LimitExceeded/.test(reason);

import { SESv2ServiceException } from '@aws-sdk/client-sesv2';
import { readMailbox } from './mailbox.ts';
import type { Mail, SendOutcome } from './mailer.ts';

/** What an error says about the mail that it was thrown for. Anything not known to be a refusal is a doubt. */
export function outcomeOf(error: unknown, { from }: Pick<Mail, 'from'>): SendOutcome {
  if (!(error instanceof SESv2ServiceException)) {
    const reason = error instanceof Error ? error.name : 'Error';
    return { is: beforeFirstByte(error) ? 'refused' : 'unknown', reason };
  }
  const { name: reason, message } = error;
  const status = error.$metadata.httpStatusCode ?? 0;
  if (status >= 500 || status < 400) return { is: 'unknown', reason };
  const refused = { reason, says: withoutPeople(message) };
  if (NOBODY.includes(reason)) return { is: 'barred', whom: 'sender', ...refused };
  const failed = reason === 'MessageRejected' ? NOT_VERIFIED.exec(message)?.[1] : undefined;
  if (failed !== undefined) {
    return {
      is: 'barred',
      whom: identitiesIn(failed).includes(readMailbox(from).address) ? 'sender' : 'recipient',
      ...refused,
    };
  }
  return { is: IMPOSSIBLE.includes(reason) ? 'impossible' : 'refused', ...refused };
}

/**
 * The one MessageRejected that passes, told by its sentence, and the identities it names: the sender's, in the sandbox the
 * recipient's, too. Amazon SES Developer Guide, "Amazon SES email sending errors"; see docs/local-aws.md.
 */
const NOT_VERIFIED = /^Email address is not verified\.(.*)$/s;

/** The addresses of a sentence that ends in a list of them, or in an ellipsis where not all had room. */
const identitiesIn = (list: string): string[] => list.toLowerCase().split(/[\s,:<>"]+|\.{2,}/);

/** Nobody can be written to: the sending domain is not verified, or the account may not send any more. */
const NOBODY = ['MailFromDomainNotVerifiedException', 'AccountSuspendedException'];

/** Refusals of this one message. Throttling, quotas, a paused account or a missing permission pass. */
const IMPOSSIBLE = ['MessageRejected', 'BadRequestException'];

/** Whether the request never left: no name, no connection, no credentials. */
function beforeFirstByte(error: unknown): boolean {
  if (!(error instanceof Error)) return false;
  const { syscall } = error as NodeJS.ErrnoException;
  if (syscall === 'connect' || syscall === 'getaddrinfo') return true;
  return error.name === 'CredentialsProviderError' || /establish a connection/.test(error.message);
}

const LONGEST = 300;

/** SES's sentence for the log: the identities that failed, addresses and links are left out, for they are people's. */
const withoutPeople = (message: string): string =>
  message
    .replace(/(identities failed the check in region [\w-]+):.*$/s, '$1')
    .replace(/https?:\S+/gi, '<link>')
    .replace(/[^\s<>"'`/,:;()]+@[^\s<>"'`,:;()]+/g, '<address>')
    .slice(0, LONGEST);

import { fine, hurts, note, runbook, soon, type Verdict } from '../finding.ts';
import { counted } from '../words.ts';

export type MailMode = 'simulator' | 'allow-list' | 'live';

export interface SesAccount {
  readonly sandbox: boolean;
  readonly sendingEnabled: boolean;
  /** HEALTHY, PROBATION or SHUTDOWN. */
  readonly enforcement: string;
  readonly maxSendRate: number;
  /** Mails in 24 hours; undefined where SES sets no limit. */
  readonly quota: number | undefined;
  readonly sentLast24Hours: number;
}

/** Whether mail may leave to whom it is meant for: SES's sandbox, and what the stage's mode makes of it. */
export function judgeSandbox({ sandbox }: Pick<SesAccount, 'sandbox'>, mode: MailMode): Verdict[] {
  if (!sandbox) return [fine('The account is out of SES’s sandbox: it may write to everybody.')];
  switch (mode) {
    case 'live':
      return [
        hurts(
          'The account is in SES’s sandbox, and mail.mode is “live”: mail to everybody whose address is not verified with SES is refused.',
          'Ask for production access: SES console, Account dashboard; until then set mail.mode to “allow-list”',
        ),
      ];
    case 'allow-list':
      return [
        soon(
          'The account is in SES’s sandbox: of the allow-list, only addresses and domains verified with SES are written to.',
          'Verify them: aws sesv2 create-email-identity --email-identity <address>',
        ),
      ];
    case 'simulator':
      return [
        note(
          'The account is in SES’s sandbox. Ask for production access before mail.mode is “live”; it takes a day or so.',
          'SES console, Account dashboard',
        ),
      ];
  }
}

/** Whether SES sends at all for this account. */
export function judgeSending({
  sendingEnabled,
  enforcement,
}: Pick<SesAccount, 'sendingEnabled' | 'enforcement'>): Verdict[] {
  const found: Verdict[] = [];
  if (!sendingEnabled)
    found.push(
      hurts(
        'SES sends nothing for this account: sending is switched off, and nobody gets any mail.',
        'aws sesv2 put-account-sending-attributes --sending-enabled, once the reason is gone',
      ),
    );
  if (enforcement === 'SHUTDOWN')
    found.push(
      hurts('Amazon has stopped this account from sending: nobody gets any mail.', runbook('sender-reputation')),
    );
  else if (enforcement !== 'HEALTHY')
    found.push(
      soon(
        `Amazon has this account under review (${enforcement}): it may stop it from sending, and then nobody gets mail.`,
        runbook('sender-reputation'),
      ),
    );
  return found.length > 0 ? found : [fine('SES sends for this account, and has no complaint about it.')];
}

/** Whether the mode fits what is published. */
export function judgeMode(mode: MailMode, published: number): Verdict[] {
  const events = counted(published, 'published event');
  if (mode === 'simulator' && published > 0)
    return [
      hurts(
        `mail.mode is “simulator”, so nothing leaves, but there ${published === 1 ? 'is' : 'are'} ${events}: whoever registers gets no mail.`,
        'Set mail.mode in infra/stages.ts to “allow-list” or “live” and deploy',
      ),
    ];
  if (mode === 'simulator') return [note('mail.mode is “simulator”: nothing leaves yet, and nothing is published.')];
  if (mode === 'allow-list')
    return [note('mail.mode is “allow-list”: people who are not on it get no mail, as is meant.')];
  return [fine('mail.mode is “live”: mail goes to everybody it is meant for.')];
}

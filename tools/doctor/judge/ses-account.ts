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

export interface SandboxFacts {
  readonly sandbox: boolean;
  readonly mode: MailMode;
  /** What `mail.sandbox` of `infra/stages.ts` says; undefined where it has no such stage. */
  readonly said: boolean | undefined;
}

/** Whether mail may leave to whom it is meant for: SES's sandbox, and what the stage makes of it. */
export function judgeSandbox({ sandbox, mode, said }: SandboxFacts): Verdict[] {
  if (!sandbox && said === true)
    return [
      note(
        'The account is out of SES’s sandbox, and infra/stages.ts does not know it yet.',
        'Set mail.sandbox to false there, and deploy with your next change',
      ),
    ];
  if (!sandbox) return [fine('The account is out of SES’s sandbox: it may write to everybody.')];
  const lacking =
    said === false
      ? [
          hurts(
            'The account is in SES’s sandbox, and infra/stages.ts says it is not: send lacks the right that SES asks for there, and mails are refused.',
            'Set mail.sandbox to true in infra/stages.ts and deploy, or have the sandbox lifted',
          ),
        ]
      : [];
  return [...lacking, inSandbox(mode)];
}

/** How to be let out, as the README has it. */
const ASK =
  'aws sesv2 put-account-details --production-access-enabled --mail-type TRANSACTIONAL --contact-language EN --website-url <SiteUrl>';

function inSandbox(mode: MailMode): Verdict {
  switch (mode) {
    case 'live':
      return hurts(
        'The account is in SES’s sandbox, and mail.mode is “live”: mail to everybody whose address is not verified with SES is refused.',
        `${ASK}; until then set mail.mode to “allow-list”`,
      );
    case 'allow-list':
      return soon(
        'The account is in SES’s sandbox: of the allow-list, only addresses and domains verified with SES are written to.',
        'Verify them: aws sesv2 create-email-identity --email-identity <address>',
      );
    case 'simulator':
      return note(
        'The account is in SES’s sandbox. Ask for production access before mail.mode is “live”; it takes a day or so.',
        ASK,
      );
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
